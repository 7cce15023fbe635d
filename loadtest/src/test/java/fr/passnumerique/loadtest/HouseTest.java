package fr.passnumerique.loadtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HouseTest {
  private static final String SCENARIO = "fr.passnumerique.loadtest.scenario..";
  private static final String PAGES = "fr.passnumerique.loadtest.pages..";

  private final JavaClasses house =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("fr.passnumerique.loadtest");

  @Test
  void whatIsPlayedOnAStageKnowsItAndNotTheOtherWayRound() {
    noClasses()
        .that()
        .resideInAPackage("fr.passnumerique.loadtest.peak..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SCENARIO, PAGES)
        .check(house);
    noClasses()
        .that()
        .resideInAPackage(SCENARIO)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PAGES)
        .check(house);
  }
}
