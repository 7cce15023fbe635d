package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.passnumerique.clearing.access.Permit;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the API changes can be changed on a page, or it is said here why not. */
class EveryOperationHasItsPageTest {
  private static final String BY_ITSELF =
      "its page does the same without it, and is older than pages that act by operations";
  private static final String ONES_OWN_LOGIN =
      "one's own login, sessions and second factor have pages that hold the session themselves";
  private static final String SET_UP =
      "no page yet: set up by a program when a programme, a funder or a venue is taken in";

  /** By operation, and no more than these: who gives one a page takes it from here. */
  private static final Map<String, String> WITHOUT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("acceptRebuildDifferences", BY_ITSELF),
              Map.entry("approveAccount", BY_ITSELF),
              Map.entry("cancelRebuild", BY_ITSELF),
              Map.entry("checkPrintedCheque", BY_ITSELF),
              Map.entry("confirmFactAside", BY_ITSELF),
              Map.entry("confirmLiftFactAside", BY_ITSELF),
              Map.entry("confirmRebuildDifferences", BY_ITSELF),
              Map.entry("endSession", BY_ITSELF),
              Map.entry("endSessions", BY_ITSELF),
              Map.entry("liftFactAside", BY_ITSELF),
              Map.entry("resetSecondFactor", BY_ITSELF),
              Map.entry("setFactAside", BY_ITSELF),
              Map.entry("submitSlip", BY_ITSELF),
              Map.entry("beginSecondFactor", ONES_OWN_LOGIN),
              Map.entry(
                  "changePassword",
                  "one's own has a page; to set another's is for who knows what it takes to be it"),
              Map.entry("confirmSecondFactor", ONES_OWN_LOGIN),
              Map.entry("endMyOtherSessions", ONES_OWN_LOGIN),
              Map.entry("endMySession", ONES_OWN_LOGIN),
              Map.entry("renewRecoveryCodes", ONES_OWN_LOGIN),
              Map.entry("search", "sent by POST, and changes nothing"),
              Map.entry("assignPaymentReference", SET_UP),
              Map.entry("computeStateShare", SET_UP),
              Map.entry("defineProgramme", SET_UP),
              Map.entry("setSettlementCalendar", SET_UP),
              Map.entry("setVatRegime", SET_UP),
              Map.entry("setWaiver", SET_UP),
              Map.entry("createFirstKey", "for a program that has a login and no browser"),
              Map.entry(
                  "eraseBeneficiary",
                  "no page yet: it names a beneficiary by what no page shows")));

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("fr.passnumerique");

  @Test
  void whatTheApiChangesIsReachedByAPageOrItIsSaidWhyNot() {
    Set<String> reached =
        handlers(false)
            .flatMap(handler -> OperationsOfPages.of(handler).stream())
            .filter(operation -> operation.isAnnotatedWith(Operation.class))
            .map(operation -> operation.getAnnotationOfType(Operation.class).operationId())
            .collect(Collectors.toSet());
    Set<String> unreached =
        handlers(true)
            .filter(EveryOperationHasItsPageTest::changes)
            .map(handler -> handler.getAnnotationOfType(Operation.class).operationId())
            .filter(operation -> !reached.contains(operation))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unreached).isEqualTo(WITHOUT.keySet());
  }

  private static Stream<JavaMethod> handlers(boolean ofTheApi) {
    return HOUSE.stream()
        .filter(type -> type.isMetaAnnotatedWith(RestController.class) == ofTheApi)
        .filter(type -> ofTheApi || type.getPackageName().startsWith("fr.passnumerique.ui"))
        .flatMap(type -> type.getMethods().stream())
        .filter(handler -> handler.isAnnotatedWith(Permit.class))
        .filter(handler -> !ofTheApi || handler.isAnnotatedWith(Operation.class));
  }

  private static boolean changes(JavaMethod handler) {
    return handler.isAnnotatedWith(PostMapping.class)
        || handler.isAnnotatedWith(PutMapping.class)
        || handler.isAnnotatedWith(PatchMapping.class)
        || handler.isAnnotatedWith(DeleteMapping.class);
  }
}
