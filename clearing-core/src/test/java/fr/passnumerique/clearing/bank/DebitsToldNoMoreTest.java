package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.bank.TransfersTest.open;
import static fr.passnumerique.clearing.bank.TransfersTest.reason;
import static fr.passnumerique.clearing.bank.TransfersTest.single;
import static fr.passnumerique.clearing.bank.TransfersTest.slip;
import static fr.passnumerique.clearing.bank.TransfersTest.status;
import static fr.passnumerique.clearing.bank.TransfersTest.transfer;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_EXECUTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.settlement.BankWord;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The debit of transfer R-1-1 of 50 €, or its return, which the bank tells no more. */
class DebitsToldNoMoreTest {
  private static final String DAY = "2026-04-02";
  private static final LocalDate TODAY = LocalDate.parse(DAY);
  private static final TransferId TRANSFER = new TransferId("R-1-1");

  private final BankWorld world = BankWorld.usual();
  private final BankExceptions exceptions =
      new BankExceptions(world.register, Supplier::get, Unnoted.readings(world.vault));
  private long position;

  @BeforeEach
  void aTransferIsSent() {
    world.ledger.on(TODAY.minusDays(1)).given(new DayOpened(TODAY.minusDays(1)));
    position = slip(world, "10000000000001", "v-1", 5_000);
    open(world, "R-1", transfer(TRANSFER, "v-1", "10000000000001", position, 5_000));
    world.ledger.on(TODAY);
  }

  private static Camt day() {
    return Camt.statement("S-1", DAY, DAY, 0);
  }

  private static Camt debited() {
    return day().entry("B-1", DAY, -5_000, "R-1-1", "");
  }

  private static Camt returned() {
    return debited().returned("B-2", DAY, 5_000, "R-1-1", "AC04");
  }

  private CloseBankException corrected(Camt instead) {
    world.importing(instead.bytes());
    String exception =
        exceptions.read(false, null, 100, BankWorld.AUDITOR).rows().stream()
            .filter(each -> each.why().equals("STATEMENT_DIFFERS"))
            .findFirst()
            .orElseThrow()
            .exception();
    return new CloseBankException(
        exception, BankExceptionClosed.Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1");
  }

  private List<String> toldNoMore(Camt instead) {
    return world.must(corrected(instead)).takenOut().stream()
        .map(each -> each.cents() + " " + each.became() + " " + each.of().orElse(""))
        .toList();
  }

  private BankWord.Standing standing() {
    return world.words.getFirst().find("R-1-1").orElseThrow().standing();
  }

  private boolean proven() {
    return world.register.proof().verdict().map(BankProof.Closing::proven).orElse(false)
        && world.register.proof().disputed().isEmpty();
  }

  private void stands(long payable, long inTransit, long executed, long paid, long bank) {
    assertThat(
            List.of(
                -world.balance(VENUE_PAYABLE),
                -world.balance(TRANSFER_IN_TRANSIT),
                -world.balance(TRANSFER_EXECUTED),
                world.balance(TITLES_PAID),
                world.balance(BANK)))
        .containsExactly(payable, inTransit, executed, paid, bank);
  }

  @Test
  void theTransferIsInTransitAgainAndPaidWhenTheBankDebitsIt() {
    world.importing(debited().bytes());
    stands(0, 0, 0, 5_000, -5_000);

    assertThat(toldNoMore(day())).containsExactly("-5000 DEBIT_TAKEN_BACK R-1-1");

    stands(0, 5_000, 0, 0, 0);
    assertThat(standing()).isEqualTo(BankWord.Standing.ORDERED);
    assertThat(proven()).isTrue();
    world.ledger.on(TODAY.plusDays(1));
    world.importing(
        Camt.statement("S-2", "2026-04-03", "2026-04-03", 0)
            .entry("B-1", "2026-04-03", -5_000, "R-1-1", "")
            .bytes());
    stands(0, 0, 0, 5_000, -5_000);
    assertThat(proven()).isTrue();
  }

  @Test
  void whatTheBankSaysToHaveExecutedStaysSo() {
    world.importing(BankWorld.utf8(status("R-1", "", single("R-1-1", "ACSC", ""))));
    world.importing(debited().bytes());

    assertThat(toldNoMore(day())).containsExactly("-5000 DEBIT_TAKEN_BACK R-1-1");

    stands(0, 0, 5_000, 5_000, 0);
    assertThat(standing()).isEqualTo(BankWord.Standing.EXECUTED);
    assertThat(proven()).isTrue();
  }

  @Test
  void whatAClerkHadConfirmedBeforeTheBankShowedItIsInTransitToo() {
    ConfirmTransfer confirm = new ConfirmTransfer(new SettlementRunId("R-1"), TRANSFER, TODAY);
    world.must(confirm);
    world.importing(debited().bytes());

    assertThat(toldNoMore(day())).containsExactly("-5000 DEBIT_TAKEN_BACK R-1-1");

    stands(0, 5_000, 0, 0, 0);
    assertThat(proven()).isTrue();
    // Sent again late it would have the money gone on a day that is proven without.
    assertThat(((Outcome.Refused<?>) world.ledger.send(confirm)).refusal().code().toString())
        .isEqualTo("DEBIT_TAKEN_BACK");
    world.ledger.on(TODAY.plusDays(1));
    world.must(new ConfirmTransfer(new SettlementRunId("R-1"), TRANSFER, TODAY.plusDays(1)));
  }

  /** Which of the two has paid it is not known by the transfer: the other one still has. */
  @Test
  void ofOneThatWasDebitedOnceMoreAfterItHadComeBackNoDebitIsUndone() {
    world.importing(returned().bytes());
    world.ledger.on(TODAY.plusDays(1));
    world.importing(
        Camt.statement("S-2", "2026-04-03", "2026-04-03", 0)
            .entry("B-3", "2026-04-03", -5_000, "R-1-1", "")
            .bytes());
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.of(TRANSFER),
            "clerk-1"));
    stands(0, 0, 0, 5_000, -5_000);
    assertThat(toldNoMore(day().returned("B-2", DAY, 5_000, "R-1-1", "AC04")))
        .singleElement()
        .satisfies(told -> assertThat(told).startsWith("-5000 TO_EXPLAIN"));

    stands(0, 0, 0, 5_000, 0);
    assertThat(standing()).isEqualTo(BankWord.Standing.CONFIRMED);
  }

  @Test
  void aRejectedTransferThatWasDebitedAllTheSameWaitsForItsEnd() {
    world.importing(BankWorld.utf8(status("R-1", "", single("R-1-1", "RJCT", reason("AC04")))));
    stands(5_000, 0, 0, 0, 0);
    world.importing(debited().bytes());

    assertThat(toldNoMore(day())).containsExactly("-5000 DEBIT_TAKEN_BACK R-1-1");

    stands(0, 5_000, 0, 0, 0);
  }

  @Test
  void aTransferThatDidNotComeBackIsPaidAgain() {
    world.importing(returned().bytes());
    stands(5_000, 0, 0, 0, 0);

    assertThat(toldNoMore(debited())).containsExactly("5000 RETURN_TAKEN_BACK R-1-1");

    stands(0, 0, 0, 5_000, -5_000);
    assertThat(standing()).isEqualTo(BankWord.Standing.CONFIRMED);
    assertThat(proven()).isTrue();
    world.ledger.on(TODAY.plusDays(1));
    assertThat(
            world
                .importing(
                    Camt.statement("S-2", "2026-04-03", "2026-04-03", -5_000)
                        .returned("B-9", "2026-04-03", 5_000, "R-1-1", "AC04")
                        .bytes())
                .entries()
                .getFirst()
                .outcome())
        .isEqualTo(BankFileImported.Outcome.RETURNED);
    assertThat(proven()).isTrue();
  }

  @Test
  void whoseLinesAreInAnotherTransferByNowLeavesItsReturnToBeExplained() {
    world.importing(returned().bytes());
    open(world, "R-2", transfer(new TransferId("R-2-1"), "v-1", "10000000000001", position, 5_000));

    assertThat(toldNoMore(debited())).singleElement().asString().startsWith("5000 TO_EXPLAIN E");

    stands(0, 5_000, 0, 0, -5_000);
    assertThat(world.balance(UNMATCHED)).isEqualTo(5_000);
    // The venue has the money: nothing of the same lines is released until a clerk has explained.
    assertThat(world.register.doubtful()).containsExactly(TRANSFER);
    assertThat(proven()).isTrue();
  }

  @Test
  void ofTwoTransfersOfTheSameLinesThatDidNotComeBackOneIsPaid() {
    Camt first =
        Camt.notification("N-1")
            .entry("B-1", DAY, -5_000, "R-1-1", "")
            .returned("B-2", DAY, 5_000, "R-1-1", "AC04");
    world.importing(first.bytes());
    open(world, "R-2", transfer(new TransferId("R-2-1"), "v-1", "10000000000001", position, 5_000));
    world.importing(
        returned()
            .entry("B-3", DAY, -5_000, "R-2-1", "")
            .returned("B-4", DAY, 5_000, "R-2-1", "AC04")
            .bytes());
    stands(5_000, 0, 0, 0, 0);

    assertThat(toldNoMore(debited().entry("B-3", DAY, -5_000, "R-2-1", "")))
        .satisfiesExactly(
            back -> assertThat(back).isEqualTo("5000 RETURN_TAKEN_BACK R-1-1"),
            left -> assertThat(left).startsWith("5000 TO_EXPLAIN E"));

    stands(0, 0, 0, 5_000, -10_000);
    assertThat(world.balance(UNMATCHED)).isEqualTo(5_000);
    assertThat(proven()).isTrue();
  }

  /** The second of two transfers, with which its run nets something of the venue's. */
  private void netting() {
    TransferId transfer = new TransferId("R-2-1");
    world.ledger.given(
        new SettlementRunOpened(
            new SettlementRunId("R-2"),
            PROGRAMME,
            Instant.parse("2026-03-31T22:00:00Z"),
            TODAY,
            List.of(transfer(transfer, "v-2", "10000000000002", position, 5_000)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(
                new Netting(
                    new VenueId("10000000000002"),
                    Optional.of(transfer),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()))));
  }

  @Test
  void ofATransferWithWhichSomethingWasNettedTheDebitIsNotUndone() {
    position = slip(world, "10000000000002", "v-2", 5_000);
    netting();
    Camt debited = day().entry("B-3", DAY, -5_000, "R-2-1", "");
    world.importing(debited.bytes());

    assertThat(toldNoMore(day())).singleElement().asString().startsWith("-5000 TO_EXPLAIN E");
    assertThat(world.words.getFirst().find("R-2-1").orElseThrow().standing())
        .isEqualTo(BankWord.Standing.CONFIRMED);
    assertThat(proven()).isTrue();
  }

  @Test
  void whatIsSaidOfItAtThatMomentHasItDecidedAgain() {
    world.importing(debited().bytes());
    CloseBankException command = corrected(day());
    VenueId venue = new VenueId("10000000000001");

    world
        .ledger
        .when(command)
        .thenIsDecidedAgainAfter(
            new LinesReversed(
                new ReversalId("indu-1"),
                venue,
                new SlipReference("S-1"),
                position,
                List.of(),
                Reason.FRAUD,
                Optional.empty(),
                "clerk-1",
                Optional.empty(),
                TODAY.plusDays(30)),
            new BankStatementImported(
                "S9", "S-9", Optional.empty(), TODAY, TODAY, 0, 0, 0, Optional.empty()));
  }

  @Test
  void debitAndReturnThatAreBothToldNoMoreMakeUpForEachOther() {
    world.importing(returned().bytes());

    assertThat(toldNoMore(day()))
        .satisfiesExactly(
            debit -> assertThat(debit).startsWith("-5000 TO_EXPLAIN E"),
            back -> assertThat(back).isEqualTo("5000 RETURN_TAKEN_BACK R-1-1"));
    assertThat(world.balance(BANK)).isZero();
    assertThat(proven()).isTrue();
  }
}
