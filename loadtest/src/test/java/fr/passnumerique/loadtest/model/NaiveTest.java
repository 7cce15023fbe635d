package fr.passnumerique.loadtest.model;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class NaiveTest {
  private static final String MODEL = "fr.passnumerique.loadtest.model..";

  @Test
  void theModelImportsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat(
            resideInAPackage("fr.passnumerique..").and(not(resideInAPackage(MODEL))))
        .because("it would repeat our mistakes")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("fr.passnumerique.loadtest"));
  }
}
