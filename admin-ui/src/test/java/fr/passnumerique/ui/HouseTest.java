package fr.passnumerique.ui;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.vault.Vault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who may lean on whom. A rule that fails here is changed by a decision record, not by a commit.
 */
class HouseTest {
  private static final String CLEARING = "fr.passnumerique.clearing..";
  private static final String PROJECTIONS = "fr.passnumerique.projections..";
  private static final String UI = "fr.passnumerique.ui..";

  /** What every module stands on, and the meaning of money: open to projections as a whole. */
  private static final String[] OPEN_TO_PROJECTIONS = {
    "fr.passnumerique.clearing.access..",
    "fr.passnumerique.clearing.bookkeeping..",
    "fr.passnumerique.clearing.database..",
    "fr.passnumerique.clearing.http..",
    "fr.passnumerique.clearing.money..",
    "fr.passnumerique.clearing.territory..",
  };

  private static final String FACT = "fr.passnumerique.clearing.ledger.Fact";

  /** The ledger's reader port. The rest of the ledger is closed to projections. */
  private static final Set<String> LEDGER_READER =
      Set.of(
          FACT,
          "fr.passnumerique.clearing.ledger.FactCatalogue",
          "fr.passnumerique.clearing.ledger.FactType",
          "fr.passnumerique.clearing.ledger.Identifier",
          "fr.passnumerique.clearing.ledger.LedgerReader",
          "fr.passnumerique.clearing.ledger.LedgerRow",
          "fr.passnumerique.clearing.ledger.LedgerUnavailableException",
          "fr.passnumerique.clearing.ledger.RecordedFact");

  private static final String[] FRAMEWORKS = {
    "org.axonframework..", "org.springframework..", "java.sql..", "javax.sql..",
  };

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("fr.passnumerique");

  @Test
  void theWholeHouseIsSeen() {
    assertThat(HOUSE.stream().map(c -> c.getPackageName()))
        .contains(
            "fr.passnumerique.clearing", "fr.passnumerique.projections", "fr.passnumerique.ui");
  }

  @Test
  void theClearingKnowsNeitherItsReadersNorItsPages() {
    holds(
        noClasses()
            .that()
            .resideInAPackage(CLEARING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROJECTIONS, UI)
            .because("the ledger must stay true when nobody reads it"));
  }

  @Test
  void projectionsKnowFactsAndNotHowTheyWereDecided() {
    holds(
        noClasses()
            .that()
            .resideInAPackage(PROJECTIONS)
            .should()
            .dependOnClassesThat(
                resideInAPackage(CLEARING)
                    .and(not(resideInAnyPackage(OPEN_TO_PROJECTIONS)))
                    .and(not(partOf(LEDGER_READER)))
                    .and(not(partOf(wordsOfFacts()))))
            .orShould()
            .dependOnClassesThat(resideInAPackage(UI))
            .because("a projection can be rebuilt from facts alone, elsewhere, years later"));
  }

  /** {@code Explained} takes moments and positions from them, and shows no sentence either. */
  @Test
  void noPageShowsTheEnglishSentenceOfARefusal() {
    holds(
        noClasses()
            .that()
            .resideInAPackage(UI)
            .and()
            .resideOutsideOfPackage("fr.passnumerique.ui.words")
            .and()
            .doNotHaveSimpleName("Explained")
            .should()
            .callMethod(Refusal.class, "message")
            .orShould()
            .callMethod(Refusal.class, "remedy")
            .orShould()
            .callMethod(Problem.class, "detail")
            .orShould()
            .callMethod(Problem.class, "getMessage")
            .orShould()
            .callMethod(Problem.Fault.class, "message")
            .orShould()
            .callMethod(Problem.Fault.class, "remedy")
            .because("pages are in French; RefusalWords has words for every code"));
  }

  /**
   * Of before pages acted by operations. A slip's counter tells each line of a draft that the
   * operation would refuse whole; of a rebuild's differences and of a fact set aside the pages come
   * to the same commands as their operations, which are in a module that pages do not wait for.
   */
  private static final Set<String> SEND_BY_THEMSELVES =
      Set.of(
          "SlipConfiguration",
          "SlipCounter",
          "RebuildPage",
          "FactAsidePage",
          "UpkeepPagesConfiguration");

  @Test
  void noPageSendsACommandPastTheOperation() {
    holds(
        noClasses()
            .that()
            .resideInAPackage(UI)
            .and()
            .resideOutsideOfPackages("fr.passnumerique.ui.command..", "fr.passnumerique.ui.demo..")
            .and(
                DescribedPredicate.describe(
                    "not excepted", c -> !SEND_BY_THEMSELVES.contains(c.getSimpleName())))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Commands.class)
            .because("who may do it, and what it answers, is said once: by the operation"));
  }

  /**
   * What the engine opens for itself: files to the bank, imports, whether somebody is known, and
   * what codes of a login are computed from.
   */
  private static final Set<String> OPEN_THE_VAULT =
      Set.of(
          "PersonalData",
          "SettlementRuns",
          "RefundDesk",
          "VenueImport",
          "Beneficiaries",
          "SecondFactors");

  @Test
  void nobodyReadsTheVaultWithoutALine() {
    holds(
        noClasses()
            .that(
                DescribedPredicate.describe(
                    "not excepted",
                    c ->
                        !OPEN_THE_VAULT.contains(c.getSimpleName())
                            && !c.isAssignableTo(Vault.class)))
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "entries are opened",
                    access ->
                        access.getTargetOwner().isEquivalentTo(Vault.class)
                            && Set.of("open", "openAll").contains(access.getName())))
            .because("every access to personal data is noted: by PersonalData"));
  }

  /**
   * Pages that name no subject: they ask and act for their reader. By the only class that may make
   * the identifier of one, from who is logged in.
   */
  private static final Map<String, String> OF_THEIR_READER =
      Map.of("fr.passnumerique.ui.prescriber", "OwnPrescriber");

  @Test
  void pagesOfTheirReaderTakeNobodyElsesIdentifier() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(OF_THEIR_READER.keySet().toArray(String[]::new))
            .and(
                DescribedPredicate.describe(
                    "not excepted",
                    c -> !OF_THEIR_READER.get(c.getPackageName()).equals(c.getSimpleName())))
            .should()
            .callConstructor(PrescriberId.class, String.class)
            .because("what an address or a field names is not compared with the reader"));
    for (JavaClass page : HOUSE.that(resideInAPackage("fr.passnumerique.ui.prescriber"))) {
      for (JavaMethod handler : page.getMethods()) {
        if (handler.isAnnotatedWith(Permit.class)) {
          assertThat(handler.getRawParameterTypes())
              .as(handler.getFullName())
              .noneMatch(type -> type.isEquivalentTo(PrescriberId.class));
        }
      }
    }
  }

  @Test
  void whoMayActOnAPageMayCallTheOperation() {
    List<String> wider = new ArrayList<>();
    int called = 0;
    for (JavaClass page : HOUSE.that(resideInAPackage(UI))) {
      for (JavaMethod handler : page.getMethods()) {
        if (handler.isAnnotatedWith(Permit.class)
            && !page.isMetaAnnotatedWith(RestController.class)) {
          for (JavaCodeUnit operation : OperationsOfPages.of(handler)) {
            called++;
            tooWide(
                    handler.getAnnotationOfType(Permit.class),
                    operation.getAnnotationOfType(Permit.class),
                    OF_THEIR_READER.containsKey(page.getPackageName()))
                .ifPresent(
                    how ->
                        wider.add(
                            "%s calls %s and %s"
                                .formatted(handler.getFullName(), operation.getFullName(), how)));
          }
        }
      }
    }

    assertThat(wider).isEmpty();
    assertThat(called).isPositive();
  }

  /** The interceptor looks at a page's rule alone: what its operation asks, it asks itself. */
  private static Optional<String> tooWide(Permit page, Permit operation, boolean ofItsReader) {
    if (operation.everyone()) {
      return Optional.empty();
    }
    if (page.everyone() || !Set.of(operation.value()).containsAll(Set.of(page.value()))) {
      return Optional.of("is for more roles");
    }
    if (operation.secondFactor() && !page.secondFactor()) {
      return Optional.of("asks for no second factor");
    }
    return Stream.of(operation.owner())
        .filter(owner -> Stream.of(page.value()).anyMatch(role -> owns(owner, role)))
        .filter(owner -> !ofItsReader && !Set.of(page.owner()).contains(owner))
        .findFirst()
        .map(owner -> "does not compare the " + owner);
  }

  private static boolean owns(String owner, Role role) {
    return role.hasSubject() && owner.replaceFirst("Id$", "").equals(role.subjectKind());
  }

  @Test
  void theVerifierImportsNothingOfOurs() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("fr.passnumerique.projections.verifier..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("fr.passnumerique..")
                    .and(not(resideInAPackage("fr.passnumerique.projections.verifier.."))))
            .because("it would repeat our mistakes"));
  }

  /** Who checks us needs a Java and this program, and can read all that it stands on. */
  @Test
  void theVerifierNeedsTheJdkAndAReaderOfJson() {
    holds(
        classes()
            .that()
            .resideInAPackage("fr.passnumerique.projections.verifier..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "fr.passnumerique.projections.verifier..",
                "java..",
                "tools.jackson..",
                "org.jspecify..")
            .because("it must run where nothing of ours does"));
  }

  /** Or no snapshot is kept at all, and each start folds everything. */
  @Test
  void aRegisterIsGivenSettingsThatASnapshotKnows() {
    assertThat(
            HOUSE.stream()
                .filter(type -> type.isAssignableTo(Register.class) && !type.isInterface())
                .filter(type -> type.isTopLevelClass())
                .filter(type -> !type.getPackageName().startsWith("fr.passnumerique.loadtest"))
                .flatMap(type -> type.getConstructors().stream())
                .filter(
                    made ->
                        made.getRawParameterTypes().stream()
                            .anyMatch(given -> !SETTINGS.contains(given.getName())))
                .map(JavaConstructor::getFullName))
        .isEmpty();
  }

  private static final Set<String> SETTINGS =
      Set.of("boolean", "int", "long", "java.lang.String", "java.time.Duration");

  @Test
  void decisionsUseNoFramework() {
    holds(
        noClasses()
            .that()
            .haveSimpleNameEndingWith("Decision")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS)
            .because("a decision is a function of the past and the command"));
  }

  @Test
  void moneyUsesNoFramework() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("fr.passnumerique.clearing.money..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS)
            .because("a cent is the same everywhere"));
  }

  @Test
  void packagesAreBusinessCapabilities() {
    holds(
        noClasses()
            .that(alwaysTrue())
            .should()
            .resideInAnyPackage("..service..", "..model..", "..util..", "..helper..")
            .because("a package is named for what the business does there"));
  }

  @Test
  void namesSayWhatAClassIsFor() {
    holds(
        classes()
            .should()
            .haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils)")
            .because("such a suffix tells nothing of what the class is for"));
  }

  /**
   * Facts lie in the package of their capability, beside what decided them. So the facts, and the
   * types that their components are made of, are open to projections; commands, states, decisions
   * and registers are not.
   */
  private static Set<String> wordsOfFacts() {
    var words = new HashSet<String>();
    var next = new ArrayDeque<JavaClass>();
    HOUSE.stream().filter(c -> c.isAssignableTo(FACT)).forEach(next::add);
    while (!next.isEmpty()) {
      JavaClass word = next.remove();
      if (word.getPackageName().startsWith("fr.passnumerique.clearing")
          && words.add(word.getName())) {
        word.getFields().forEach(f -> next.addAll(f.getAllInvolvedRawTypes()));
        if (!word.getName().equals(FACT)) {
          next.addAll(word.getSubclasses());
        }
      }
    }
    return words;
  }

  private static DescribedPredicate<JavaClass> partOf(Set<String> names) {
    return DescribedPredicate.describe(
        "part of the named types",
        c -> names.contains(c.getName()) || names.contains(c.getBaseComponentType().getName()));
  }

  /** A rule about classes that are not written yet holds. */
  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }
}
