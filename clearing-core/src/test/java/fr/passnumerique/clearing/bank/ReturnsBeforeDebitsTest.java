package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bank.TransfersTest.open;
import static fr.passnumerique.clearing.bank.TransfersTest.single;
import static fr.passnumerique.clearing.bank.TransfersTest.slip;
import static fr.passnumerique.clearing.bank.TransfersTest.status;
import static fr.passnumerique.clearing.bank.TransfersTest.transfer;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfer R-1-1 of 50 € is debited on the 1st and comes back on the 2nd of April. */
class ReturnsBeforeDebitsTest {
  private static final String FIRST = "2026-04-01";
  private static final String SECOND = "2026-04-02";
  private static final LocalDate TODAY = LocalDate.parse(SECOND);
  private static final TransferId TRANSFER = new TransferId("R-1-1");

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void aTransferIsSent() {
    world.ledger.on(TODAY.minusDays(1)).given(new DayOpened(TODAY.minusDays(1)));
    long position = slip(world, "10000000000001", "v-1", 5_000);
    open(world, "R-1", transfer(TRANSFER, "v-1", "10000000000001", position, 5_000));
    world.ledger.on(TODAY);
  }

  private static Camt debit() {
    return Camt.statement("S-1", FIRST, FIRST, 0).entry("B-1", FIRST, -5_000, "R-1-1", "");
  }

  private static Camt comesBack() {
    return Camt.statement("S-2", SECOND, SECOND, -5_000)
        .returned("B-2", SECOND, 5_000, "R-1-1", "AC04");
  }

  private List<String> importing(Camt camt) {
    return world.importing(camt.bytes()).entries().stream().map(BankWorld::told).toList();
  }

  private Standing standing() {
    return world.words.getFirst().find("R-1-1").orElseThrow().standing();
  }

  private void isOwedAgain() {
    assertThat(standing()).isEqualTo(Standing.RETURNED);
    assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-5_000);
    assertThat(world.balance(BANK)).isZero();
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.register.unmatched()).isEmpty();
    TransferReturned returned = world.ledger.facts(TransferReturned.class).getFirst();
    assertThat(returned.happenedOn()).contains(LocalDate.parse(SECOND));
    assertThat(returned.reason()).isEqualTo("AC04");
    assertThat(world.register.proof().closings()).allMatch(BankProof.Closing::proven);
  }

  @Test
  void whatWaitsForItsDebitComesBackWhenThatIsToldAsItWouldHaveInOrder() {
    assertThat(importing(comesBack()))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 RETURNED_UNPAID");

    assertThat(importing(debit()))
        .containsExactly("2026-04-01 -5000 PAID R-1-1", "2026-04-02 5000 RETURNED R-1-1");

    isOwedAgain();
    assertThat(world.ledger.facts(TransferConfirmed.class).getFirst().happenedOn())
        .contains(LocalDate.parse(FIRST));
    int head = world.ledger.facts().size();
    assertThat(importing(debit())).containsExactly("2026-04-01 -5000 KNOWN");
    assertThat(importing(comesBack())).containsExactly("2026-04-02 5000 KNOWN");
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void inTheOrderOfTheBankItComesToTheSame() {
    importing(debit());
    assertThat(importing(comesBack())).containsExactly("2026-04-02 5000 RETURNED R-1-1");
    isOwedAgain();
  }

  @Test
  void aClerkWhoExplainsItBesideIsToldThatItIsExplained() {
    importing(comesBack());
    String entry = world.register.unmatched().iterator().next().fact().entry().id();
    importing(debit());

    int head = world.ledger.facts().size();
    BankEntryMatched matched =
        world.must(
            new MatchBankEntry(
                entry, List.of(), Optional.empty(), Optional.of(TRANSFER), "clerk-1"));
    assertThat(matched.by()).as("nobody, but the bank").isEmpty();
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void executedByTheBanksWordItWaitsForTheDebit() {
    importing(comesBack());
    world.importing(BankWorld.utf8(status("R-1", "", single("R-1-1", "ACSC", ""))));
    assertThat(standing()).isEqualTo(Standing.EXECUTED);

    importing(debit());
    isOwedAgain();
  }

  @Test
  void theBanksProofOfWhatAClerkConfirmedIsADebitToo() {
    importing(comesBack());
    world.must(new ConfirmTransfer(new SettlementRunId("R-1"), TRANSFER, TODAY));
    assertThat(standing()).isEqualTo(Standing.CONFIRMED);

    assertThat(importing(debit()))
        .containsExactly("2026-04-01 -5000 PROVED R-1-1", "2026-04-02 5000 RETURNED R-1-1");
    isOwedAgain();
  }

  @Test
  void ofTwoThatWaitTheFirstComesBackAndTheOtherIsAClerks() {
    importing(comesBack());
    importing(Camt.notification("N").returned("B-3", SECOND, 5_000, "R-1-1", "AC04"));

    importing(debit());

    assertThat(standing()).isEqualTo(Standing.RETURNED);
    assertThat(world.register.unmatched())
        .singleElement()
        .satisfies(one -> assertThat(one.fact().entry().reference()).contains("B-3"));
  }

  @Test
  void ofAnotherAmountItIsAClerksAsBefore() {
    importing(Camt.notification("N").returned("B-3", SECOND, 4_900, "R-1-1", "AC04"));
    importing(debit());
    assertThat(standing()).isEqualTo(Standing.CONFIRMED);
    assertThat(world.register.unmatched()).hasSize(1);
  }

  @Test
  void ofATransferThatAStatementDebitsTwiceItIsAClerksToSayWhatCameBack() {
    importing(comesBack());
    importing(debit().entry("B-9", FIRST, -5_000, "R-1-1", ""));
    assertThat(standing()).isEqualTo(Standing.CONFIRMED);
    assertThat(world.register.unmatched()).hasSize(2);
  }
}
