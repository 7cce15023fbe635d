package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.BankExceptionClosed.Reason;
import fr.passnumerique.clearing.bank.BankExceptionClosed.TakenOut;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.RecordDebitNotePayment;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A debit note of two lines of ten euros, whose payments the bank tells no more. */
class NotePaymentToldNoMoreTest {
  private static final String DAY = "2026-04-02";

  private final BankWorld world = BankWorld.usual();

  {
    world.ledger.given(AskedOfAVenue.facts());
  }

  private static Camt day(long... payments) {
    Camt statement = Camt.statement("S-1", DAY, DAY, 0);
    for (int i = 0; i < payments.length; i++) {
      statement.entry("B-" + (i + 1), DAY, payments[i], "", "merci");
    }
    return statement;
  }

  private void matched(long... payments) {
    for (var entry : world.importing(day(payments).bytes()).entries()) {
      world.must(match(entry.entry(), "titre-1"));
    }
  }

  private static MatchBankEntry match(String entry, String debitNote) {
    return new MatchBankEntry(
        entry, List.of(), Optional.empty(), Optional.empty(), Optional.of(debitNote), "clerk-1");
  }

  private List<TakenOut> corrected() {
    String exception = world.register.contradicting().getLast().statement().statement();
    return world
        .must(
            new CloseBankException(
                exception, Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1"))
        .takenOut();
  }

  private static List<String> told(List<TakenOut> all) {
    return all.stream()
        .map(one -> one.cents() + " " + one.became() + " " + one.of().orElse(""))
        .toList();
  }

  private boolean proven() {
    return world.register.proof().verdict().map(BankProof.Closing::proven).orElse(false)
        && world.register.proof().disputed().isEmpty();
  }

  private void isOpen(long cents) {
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.balance(BANK)).isEqualTo(2_000 - cents);
    assertThat(world.balance(DUE_BACK)).isEqualTo(cents - 2_000);
    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(cents);
    assertThat(proven()).isTrue();
  }

  @Test
  void isAskedForAgainAndNothingIsLeftToExplain() {
    matched(300);
    world.importing(day().bytes());

    List<TakenOut> takenOut = corrected();

    assertThat(told(takenOut)).containsExactly("300 PAYMENT_TAKEN_BACK titre-1");
    isOpen(2_000);
    DebitNotePaymentTakenBack back = world.ledger.facts(DebitNotePaymentTakenBack.class).getFirst();
    assertThat(back.happenedOn()).contains(BankWorld.TODAY);
    // It can be paid again, to the last cent.
    world.importing(
        Camt.notification("N")
            .entry("B-9", DAY, 2_000, "", "titre " + AskedOfAVenue.REFERENCE)
            .bytes());
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
  }

  @Test
  void ofTwoThatAreToldNoMoreEachIsTakenBackOnce() {
    matched(700, 600, 700);
    world.importing(day(700).bytes());

    assertThat(told(corrected()))
        .containsExactly("600 PAYMENT_TAKEN_BACK titre-1", "700 PAYMENT_TAKEN_BACK titre-1");

    isOpen(1_300);
    assertThat(world.ledger.facts(DebitNotePaymentTakenBack.class))
        .extracting(back -> back.lines().stream().map(line -> line.cheque().ordinal()).toList())
        .containsExactly(List.of(2), List.of(2, 1));
  }

  @Test
  void whatAClerkHadRecordedAndTheBankShownIsTakenBackToo() {
    world.must(new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1"));
    matched(2_000);
    world.importing(day().bytes());

    assertThat(told(corrected())).containsExactly("2000 PAYMENT_TAKEN_BACK titre-1");

    isOpen(2_000);
  }

  private static RecordDebitNotePayment paid(LocalDate on) {
    return new RecordDebitNotePayment(new DebitNoteId("titre-1"), on, "clerk-1");
  }

  @Test
  void whoSendsItAgainLateRecordsItNotAnewAndAnotherPaymentIsRecorded() {
    world.must(paid(BankWorld.TODAY));
    matched(2_000);
    world.ledger.when(paid(BankWorld.TODAY)).thenAlreadyRecorded();
    world.importing(day().bytes());
    corrected();

    assertThat(world.ledger.send(paid(BankWorld.TODAY)).toString())
        .contains("PAYMENT_TAKEN_BACK", "titre-1", DAY, "import the statement");
    isOpen(2_000);

    LocalDate next = BankWorld.TODAY.plusDays(1);
    world.ledger.on(next);
    world.must(paid(next));
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    world.ledger.when(paid(next)).thenAlreadyRecorded();
  }

  @Test
  void toldAgainForThatDayItIsPaidAndSendingItAgainAddsNothing() {
    world.must(paid(BankWorld.TODAY));
    matched(2_000);
    world.importing(day().bytes());
    corrected();

    world.importing(
        Camt.notification("N")
            .entry("B-9", DAY, 2_000, "", "titre " + AskedOfAVenue.REFERENCE)
            .bytes());

    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    world.ledger.when(paid(BankWorld.TODAY)).thenAlreadyRecorded();
  }

  @Test
  void waitsUntilTheBankHasShownTheRestThatAClerkRecordedAndIsThenMatched() {
    matched(600);
    world.must(new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1"));
    world.importing(day().bytes());

    String left = corrected().getFirst().of().orElseThrow();

    assertThat(world.balance(UNMATCHED)).isEqualTo(600);
    world
        .ledger
        .when(match(left, "titre-1"))
        .thenRefuses(BankRefusal.DEBIT_NOTE_PAYMENT_STANDS)
        .saying("6.00 €", "titre-1");
    world.importing(
        Camt.notification("N")
            .entry("B-9", DAY, 1_400, "", "titre " + AskedOfAVenue.REFERENCE)
            .bytes());

    world.must(match(left, "titre-1"));

    world.ledger.when(match(left, "titre-1")).thenAlreadyRecorded();
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(600);
    assertThat(world.balance(BANK)).isEqualTo(1_400);
  }

  @Test
  void ofLinesOnACreditNoteItStandsAndIsToBeExplained() {
    matched(1_000, 1_000);
    credited(1, 2);
    world.importing(day(1_000).bytes());

    List<TakenOut> takenOut = corrected();

    assertThat(told(takenOut).getFirst()).startsWith("1000 TO_EXPLAIN E");
    assertThat(world.balance(UNMATCHED)).isEqualTo(1_000);
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    String left = takenOut.getFirst().of().orElseThrow();
    world
        .ledger
        .when(match(left, "titre-1"))
        .thenRefuses(BankRefusal.DEBIT_NOTE_PAYMENT_STANDS)
        .about("debitNote");
    world.ledger.when(match(left, "titre-9")).thenRefuses(BankRefusal.UNKNOWN_DEBIT_NOTE);
  }

  @Test
  void ofLinesThatAreOnNoCreditNoteItIsTakenBackWhicheverItHadPaid() {
    matched(1_000, 1_000);
    credited(1);
    world.importing(day().bytes());

    List<TakenOut> takenOut = corrected();

    assertThat(told(takenOut).getFirst()).isEqualTo("1000 PAYMENT_TAKEN_BACK titre-1");
    assertThat(told(takenOut).getLast()).startsWith("1000 TO_EXPLAIN E");
    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);
    assertThat(world.balance(UNMATCHED)).isEqualTo(1_000);
  }

  @Test
  void aDebitThatNoPaymentLeftTakesNoneBack() {
    String debit =
        world
            .importing(Camt.notification("N").entry("B-8", DAY, -300, "", "").bytes())
            .entries()
            .getFirst()
            .entry();

    world.ledger.when(match(debit, "titre-1")).thenRefuses(BankRefusal.NOT_A_CREDIT);
  }

  @Test
  void aRestRecordedByHandMeanwhileHasItDecidedAgain() {
    matched(1_000);
    world.importing(day().bytes());
    String exception = world.register.contradicting().getLast().statement().statement();

    var race =
        world.ledger.race(
            new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1"),
            new CloseBankException(
                exception, Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("TO_EXPLAIN");
  }

  private void credited(int... ordinals) {
    List<CreditNoteIssued.Recovered> lines = new ArrayList<>();
    for (int ordinal : ordinals) {
      lines.add(
          new CreditNoteIssued.Recovered(
              new ReversalId("indu-1"),
              new VenueId("21230096100018"),
              new Serial(Batch.of(7), ordinal)));
    }
    OrderId order = new OrderId("o-7");
    world.ledger.given(
        new CreditNoteIssued(
            CreditNoteId.supplementary(order, FundedWorld.STATE, 2),
            order,
            FundedWorld.STATE,
            571,
            BankWorld.TODAY,
            List.of(
                new FundedCents(
                    FundedWorld.PROGRAMME,
                    FundedWorld.AGREEMENT,
                    1,
                    FundedWorld.CREUSE,
                    FundedWorld.STATE,
                    571,
                    Optional.empty())),
            lines,
            Optional.empty()));
  }
}
