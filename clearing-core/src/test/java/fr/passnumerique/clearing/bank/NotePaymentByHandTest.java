package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack.Reason;
import fr.passnumerique.clearing.reversal.RecordDebitNotePayment;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.TakeDebitNotePaymentBack;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A debit note of twenty euros, whose payment a clerk recorded and takes back. */
class NotePaymentByHandTest {
  private static final DebitNoteId NOTE = new DebitNoteId("titre-1");
  private static final String DAY = "2026-04-02";

  private final BankWorld world = BankWorld.usual();

  {
    world.ledger.given(AskedOfAVenue.facts());
  }

  private static RecordDebitNotePayment paid(LocalDate on) {
    return new RecordDebitNotePayment(NOTE, on, "clerk-1");
  }

  private static TakeDebitNotePaymentBack takingBack(LocalDate paidOn, Reason reason) {
    return new TakeDebitNotePaymentBack(NOTE, paidOn, reason, "clerk-1");
  }

  private static TakeDebitNotePaymentBack takingBack() {
    return takingBack(BankWorld.TODAY, Reason.NEVER_CAME);
  }

  private static MatchBankEntry match(String entry) {
    return new MatchBankEntry(
        entry, List.of(), Optional.empty(), Optional.empty(), Optional.of("titre-1"), "clerk-1");
  }

  private String entry(String booking, long cents) {
    return told(Camt.notification("N-" + booking).entry(booking, DAY, cents, "", ""));
  }

  private String told(Camt file) {
    return world.importing(file.bytes()).entries().getFirst().entry();
  }

  private void refused(TakeDebitNotePaymentBack command, String... says) {
    Outcome<?> outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(outcome.toString()).contains(says);
  }

  private void asksFor(long cents) {
    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(cents);
    assertThat(world.balance(BANK)).isEqualTo(2_000 - cents);
    assertThat(world.balance(DUE_BACK)).isEqualTo(cents - 2_000);
  }

  @Test
  void isAskedForAgainAndSaidOnce() {
    world.must(paid(BankWorld.TODAY));
    asksFor(0);

    DebitNotePaymentTakenBack back = world.must(takingBack());

    assertThat(back.entry()).isEmpty();
    assertThat(back.happenedOn()).contains(BankWorld.TODAY);
    asksFor(2_000);
    world.ledger.when(takingBack()).thenAlreadyRecorded();
    refused(
        takingBack(BankWorld.TODAY, Reason.WRONG_NOTE),
        "PAYMENT_TAKEN_BACK",
        "for another reason, NEVER_CAME");
  }

  @Test
  void whoRecordedItAndSendsThatAgainLateRecordsItNotAnew() {
    world.must(paid(BankWorld.TODAY));
    world.must(takingBack());
    assertThat(world.ledger.send(paid(BankWorld.TODAY)).toString()).contains("PAYMENT_TAKEN_BACK");

    LocalDate next = BankWorld.TODAY.plusDays(1);
    world.ledger.on(next);
    world.must(paid(next));

    asksFor(0);
    world.ledger.when(takingBack()).thenAlreadyRecorded();
    world.must(takingBack(next, Reason.OTHER));
    asksFor(2_000);
  }

  @Test
  void whatTheBankShowsAfterwardsPaysIt() {
    world.must(paid(BankWorld.TODAY));
    world.must(takingBack(BankWorld.TODAY, Reason.LESS_CAME));

    world.must(match(entry("B-1", 1_999)));

    asksFor(1);
  }

  /** Its entry is booked on the day for which the whole was recorded. */
  @Test
  void sentAgainAfterThatItIsAnsweredAsTheFirstTime() {
    world.must(paid(BankWorld.TODAY));
    world.must(takingBack(BankWorld.TODAY, Reason.LESS_CAME));
    world.must(match(told(Camt.statement("S-1", DAY, DAY, 0).entry("B-1", DAY, 1_999, "", ""))));
    theFirstAnswerStands();

    world.importing(Camt.statement("S-1", DAY, DAY, 0).entry("B-2", DAY, 5, "", "").bytes());
    world.must(
        new CloseBankException(
            world.register.contradicting().getLast().statement().statement(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));

    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(2_000);
    theFirstAnswerStands();
  }

  private void theFirstAnswerStands() {
    world.ledger.when(takingBack(BankWorld.TODAY, Reason.LESS_CAME)).thenAlreadyRecorded();
    refused(takingBack(), "PAYMENT_TAKEN_BACK", "for another reason, LESS_CAME");
  }

  @Test
  void whatTheBankHasShownIsTheBanksToCorrect() {
    world.must(paid(BankWorld.TODAY));
    world.must(match(entry("B-1", 2_000)));
    refused(takingBack(), "PAYMENT_SHOWN", "closeBankException");
  }

  @Test
  void whatTheBankPaidOfItBeforeStays() {
    world.must(match(entry("B-1", 700)));
    refused(takingBack(), "PAYMENT_SHOWN");
    world.must(paid(BankWorld.TODAY));

    assertThat(world.must(takingBack()).cents()).isEqualTo(1_300);

    asksFor(1_300);
    assertThat(world.register.isProved("titre-1")).isTrue();
  }

  @Test
  void aDayForWhichNothingIsRecordedAndANoteThatIsNone() {
    refused(takingBack(), "UNKNOWN_PAYMENT", "readDebitNote");
    world.must(paid(BankWorld.TODAY));
    refused(takingBack(BankWorld.TODAY.minusDays(1), Reason.OTHER), "UNKNOWN_PAYMENT");
    refused(
        new TakeDebitNotePaymentBack(
            new DebitNoteId("titre-9"), BankWorld.TODAY, Reason.OTHER, "clerk-1"),
        "UNKNOWN_DEBIT_NOTE");
  }

  @Test
  void whatIsOnACreditNoteStaysAndIsProvedByItsPayment() {
    world.must(paid(BankWorld.TODAY));
    world.ledger.given(credited());
    refused(takingBack(), "PAYMENT_MOVED_ON", "20.00 €", "on a credit note", "matchBankEntry");

    world.must(match(entry("B-1", 2_000)));

    assertThat(world.ledger.facts(BankEntryProved.class)).hasSize(1);
  }

  @Test
  void whatCameOtherwiseThenIsPaidBackUntilItComesInOne() {
    world.must(paid(BankWorld.TODAY));
    world.ledger.given(credited());
    String less = entry("B-1", 1_999);
    assertThat(world.ledger.send(match(less)).toString())
        .contains("ABOVE_DEBIT_NOTE", "takeDebitNotePaymentBack", "if that is refused, pay the");
    refused(
        takingBack(),
        "PAYMENT_MOVED_ON",
        "have the venue pay 20.00 € in one payment",
        "pay back whole what came otherwise, and offset the two entries");

    world.must(new OffsetBankEntries(less, entry("B-2", -1_999), "clerk-1"));
    world.must(match(entry("B-3", 2_000)));

    assertThat(world.balance(UNMATCHED)).isZero();
    asksFor(0);
  }

  @Test
  void ofSeveralLinesWhatBecameOfEachIsSaid() {
    DebitNotePaid paid = world.must(paid(BankWorld.TODAY));
    world.ledger.given(credited(), lifted(paid.lines().subList(1, 2)));
    refused(
        takingBack(),
        "PAYMENT_MOVED_ON",
        "the reversal of lines of it was lifted",
        "on a credit note");
  }

  private static ReversalLifted lifted(List<VoidedLine> lines) {
    return new ReversalLifted(
        new ReversalId("indu-1"),
        AskedOfAVenue.VENUE,
        new SlipReference("S-1"),
        "clerk-2",
        lines,
        List.of(),
        List.of());
  }

  private static CreditNoteIssued credited() {
    OrderId order = new OrderId("o-7");
    return new CreditNoteIssued(
        CreditNoteId.supplementary(order, FundedWorld.STATE, 2),
        order,
        FundedWorld.STATE,
        0,
        BankWorld.TODAY,
        List.of(),
        List.of(
            new CreditNoteIssued.Recovered(
                new ReversalId("indu-1"), AskedOfAVenue.VENUE, new Serial(AskedOfAVenue.BATCH, 1))),
        Optional.empty());
  }

  /** A run pays the venue as if it had paid the note. */
  @Test
  void whatIsOwedAgainSinceItsReversalWasLiftedStaysAndIsProvedByItsPayment() {
    DebitNotePaid paid = world.must(paid(BankWorld.TODAY));
    world.ledger.given(
        new ReversalContested(
            new ReversalId("indu-1"), AskedOfAVenue.VENUE, "venue", Optional.empty()),
        lifted(paid.lines()));
    refused(
        takingBack(),
        "PAYMENT_MOVED_ON",
        "was lifted, so that a run pays them to the venue again",
        "have the venue pay 20.00 € in one payment, since it is paid for the lifted lines");

    world.must(match(entry("B-1", 2_000)));

    assertThat(world.ledger.facts(BankEntryProved.class)).hasSize(1);
  }

  @Test
  void theBanksProofMeanwhileHasItDecidedAgain() {
    world.must(paid(BankWorld.TODAY));

    var race = world.ledger.race(match(entry("B-1", 2_000)), takingBack());

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("PAYMENT_SHOWN");
  }

  @Test
  void theOtherWayAboutItsCreditPaysTheNoteAgain() {
    world.must(paid(BankWorld.TODAY));

    var race = world.ledger.race(takingBack(), match(entry("B-1", 2_000)));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(BankEntryProved.class)).isEmpty();
    asksFor(0);
  }

  @Test
  void coverIsProvenOnceItIsTakenBackForItsDay() {
    world.must(paid(BankWorld.TODAY));
    world.ledger.on(BankWorld.TODAY.plusDays(3));
    world.importing(
        Camt.statement("S-1", BankWorld.TODAY.toString(), BankWorld.TODAY.toString(), 0).bytes());
    isProven(false);

    world.must(takingBack());

    isProven(true);
  }

  private void isProven(boolean proven) {
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(proven);
  }
}
