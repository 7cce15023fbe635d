package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bank.TransfersTest.single;
import static fr.passnumerique.clearing.bank.TransfersTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankExceptions.BankException;
import fr.passnumerique.clearing.bank.BankExceptions.Called;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Run R-1 has sent transfer R-1-1 of 50 €; whatever else the bank names, nobody here knows. */
class CalledByTheBankTest {
  private static final String UNKNOWN = status("R-9", "", single("JEANNE-MARTIN", "RJCT", ""));

  private final BankWorld world = BankWorld.usual();
  private final BankExceptions exceptions =
      new BankExceptions(world.register, Supplier::get, Unnoted.readings(world.vault));

  @BeforeEach
  void aTransferIsSent() {
    long slip = TransfersTest.slip(world, "10000000000001", "v-1", 5_000);
    TransfersTest.open(
        world,
        "R-1",
        TransfersTest.transfer(new TransferId("R-1-1"), "v-1", "10000000000001", slip, 5_000));
  }

  private BankFileImported importing(String xml) {
    return world.importing(BankWorld.utf8(xml));
  }

  private List<Optional<Called>> called(boolean clerk) {
    return exceptions
        .read(true, null, 1_000, clerk ? BankWorld.CLERK : BankWorld.AUDITOR)
        .rows()
        .stream()
        .map(BankException::called)
        .toList();
  }

  private static Optional<Called> called(String message, String information, String endToEnd) {
    return Optional.of(
        new Called(
            Optional.of(message),
            Optional.of(information).filter(text -> !text.isEmpty()),
            Optional.of(endToEnd).filter(text -> !text.isEmpty())));
  }

  @Test
  void aClerkReadsWhatTheBankCalledATransferThatWeNeverSentAndNoFactAndNoAuditorDoes() {
    BankFileImported told = importing(UNKNOWN);

    BankStatusDisputed fact = world.ledger.facts(BankStatusDisputed.class).getFirst();
    assertThat(told.transfers().getFirst().exception()).contains(fact.dispute());
    assertThat(told.transfers().getFirst().transfer()).as("none of ours").isEmpty();
    assertThat(called(true)).containsExactly(called("R-9", "R-1", "JEANNE-MARTIN"));
    assertThat(called(false)).containsExactly(Optional.empty());
    assertThat(fact.toString()).doesNotContain("JEANNE", "R-9");
  }

  @Test
  void theSameFileAgainAddsNeitherAFactNorAnEntryToTheVault() {
    importing(UNKNOWN);
    int head = world.ledger.facts().size();

    BankFileImported again = importing(UNKNOWN);

    assertThat(again.known()).isEqualTo(1);
    assertThat(again.transfers().getFirst().exception()).isEmpty();
    assertThat(world.ledger.facts()).hasSize(head);
    assertThat(world.vault.entries()).isEqualTo(1);
  }

  @Test
  void onceErasedTheExceptionIsListedWithoutIt() {
    importing(UNKNOWN);
    world.vault.erase(
        exceptions.read(false, null, 1_000, BankWorld.CLERK).rows().getFirst().exception());

    assertThat(called(true)).containsExactly(Optional.empty());
    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows().getFirst().why())
        .isEqualTo("NEVER_SENT");
  }

  @Test
  void ofAWholeMessageThatWeNeverSentItsNamesAreKept() {
    importing(status("R-9", "<GrpSts>ACSC</GrpSts>", ""));
    importing(
        status("R-8", "", single("X-1", "RJCT", ""))
            .replace("</OrgnlPmtInfId>", "</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>"));

    assertThat(called(true))
        .containsExactlyInAnyOrder(
            called("R-9", "", ""), called("R-8", "R-1", "X-1"), called("R-8", "R-1", ""));
  }

  @Test
  void theFileThatTheBankNamesForATransferOfOursIsKeptWhereAnotherOrderedIt() {
    importing(status("R-9", "", single("R-1-1", "RJCT", "")));

    assertThat(called(true)).containsExactly(called("R-9", "R-1", "R-1-1"));
  }

  @Test
  void nothingIsKeptInARehearsalNorOfANameThatIsOurs() {
    world.desk.rehearse(BankWorld.utf8(UNKNOWN));
    importing(status("R-1", "<OrgnlCtrlSum>1.00</OrgnlCtrlSum><GrpSts>RJCT</GrpSts>", ""));
    importing(status("R-1", "", single("R-1-1", "ACSC", "")));
    importing(status("R-1", "", single("R-1-1", "RJCT", "")));

    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows())
        .extracting(BankException::why)
        .containsExactly("AMOUNT_DIFFERS", "REJECTED_AFTER_PAYMENT");
    assertThat(world.vault.entries()).isZero();
  }
}
