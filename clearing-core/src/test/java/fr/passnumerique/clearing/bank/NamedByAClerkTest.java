package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.calls.CancelCall;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.NamedCallRefusal;
import fr.passnumerique.clearing.funding.NamedCalls;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.RecordDebitNotePayment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a clerk says that an entry pays, or that a receipt settles: a debit note, a call. */
class NamedByAClerkTest {
  private final BankWorld world = BankWorld.usual();

  private String entry(String booking, long cents) {
    return entry(booking, cents, "merci");
  }

  private String entry(String booking, long cents, String text) {
    return world
        .importing(
            Camt.notification("N-" + booking).entry(booking, "2026-04-02", cents, "", text).bytes())
        .entries()
        .getFirst()
        .entry();
  }

  /** A note of two lines of ten euros each. */
  @Nested
  class DebitNotes {
    {
      world.ledger.given(AskedOfAVenue.facts());
    }

    private static MatchBankEntry match(String entry, String debitNote) {
      return new MatchBankEntry(
          entry, List.of(), Optional.empty(), Optional.empty(), Optional.of(debitNote), "clerk-1");
    }

    @Test
    void isPaidInPartsUntilNothingRemainsAndNotACentMore() {
      String first = entry("B-1", 600);
      assertThat(world.balance(UNMATCHED)).isEqualTo(-600);

      world.must(match(first, "titre-1"));

      assertThat(world.balance(UNMATCHED)).isZero();
      assertThat(world.balance(BANK)).isEqualTo(600);
      assertThat(world.balance(DUE_BACK)).isEqualTo(-600);
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_400);
      world.ledger.when(match(first, "titre-1")).thenAlreadyRecorded();
      world.ledger.when(match(first, "titre-2")).thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);
      world
          .ledger
          .when(match(entry("B-2", 1_401), "titre-1"))
          .thenRefuses(BankRefusal.ABOVE_DEBIT_NOTE)
          .about("debitNote")
          .saying("titre-1 still asks for 14.00 €", "14.01 €");
      world.must(match(entry("B-3", 1_400), "titre-1"));

      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(DUE_BACK)).isEqualTo(-2_000);
      assertThat(world.ledger.facts(DebitNotePaid.class))
          .extracting(DebitNotePaid::cents)
          .containsExactly(600L, 1_400L);
      world
          .ledger
          .when(match(entry("B-4", 1), "titre-1"))
          .thenRefuses(BankRefusal.DEBIT_NOTE_ALREADY_PAID);
    }

    @Test
    void twoClerksWhoMatchTwoEntriesDoNotPayTogetherMoreThanItAsksFor() {
      String first = entry("B-1", 1_200);
      String second = entry("B-2", 1_200);

      var race = world.ledger.race(match(first, "titre-1"), match(second, "titre-1"));

      assertThat(race.decidedAgain()).isTrue();
      assertThat(world.ledger.facts(DebitNotePaid.class)).hasSize(1);
    }

    @Test
    void anEntryIsMatchedAgainIfTheNoteIsPaidByHandMeanwhile() {
      String entry = entry("B-1", 1_200);

      var race =
          world.ledger.race(
              new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1"),
              match(entry, "titre-1"));

      assertThat(race.decidedAgain()).isTrue();
      assertThat(race.second().toString()).contains("ABOVE_DEBIT_NOTE");
    }

    @Test
    void aPartUnderItsReferenceIsForAClerkAndItsRestIsKnownByTheReference() {
      var part =
          world.importing(
              Camt.notification("N")
                  .entry("B-1", "2026-04-02", 600, "", AskedOfAVenue.REFERENCE)
                  .bytes());
      assertThat(part.entries().getFirst().why()).contains(Why.AMOUNT_DIFFERS);
      world.must(match(part.entries().getFirst().entry(), "titre-1"));

      var rest =
          world.importing(
              Camt.notification("M")
                  .entry("B-2", "2026-04-02", 1_400, "", AskedOfAVenue.REFERENCE)
                  .bytes());

      assertThat(rest.entries().getFirst().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    }

    @Test
    void whatAClerkRecordedOfTheRestIsProvedOnceByAnEntryWithoutReference() {
      world.must(match(entry("B-1", 600), "titre-1"));
      world.must(
          new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1"));
      assertThat(world.balance(BANK)).isEqualTo(2_000);

      world
          .ledger
          .when(match(entry("B-2", 1_399), "titre-1"))
          .thenRefuses(BankRefusal.ABOVE_DEBIT_NOTE)
          .saying("a clerk recorded is of 14.00 €");
      world.must(match(entry("B-3", 1_400), "titre-1"));

      assertThat(world.balance(BANK)).isEqualTo(2_000 + 1_399);
      assertThat(world.ledger.facts(DebitNotePaid.class)).hasSize(2);
      world
          .ledger
          .when(match(entry("B-4", 1_400), "titre-1"))
          .thenRefuses(BankRefusal.DEBIT_NOTE_ALREADY_PAID);
    }

    @Test
    void theFileProvesTheRestThatAClerkRecordedAfterAPart() {
      world.must(match(entry("B-1", 600), "titre-1"));
      world.must(
          new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1"));

      var rest =
          world.importing(
              Camt.notification("M")
                  .entry("B-2", "2026-04-02", 1_400, "", AskedOfAVenue.REFERENCE)
                  .bytes());

      assertThat(rest.entries().getFirst().outcome()).isEqualTo(Outcome.PROVED);
      assertThat(world.balance(BANK)).isEqualTo(2_000);
    }

    @Test
    void aDebitOrANoteThatWasNeverIssuedIsRefused() {
      world.ledger.when(match(entry("B-1", -600), "titre-1")).thenRefuses(BankRefusal.NOT_A_CREDIT);
      String credit = entry("B-2", 600);
      world
          .ledger
          .when(match(credit, "titre-9"))
          .thenRefuses(BankRefusal.UNKNOWN_DEBIT_NOTE)
          .about("debitNote");
      world.ledger.when(match(credit, "t/1 ?")).thenRefuses(BankRefusal.UNKNOWN_DEBIT_NOTE);
      world
          .ledger
          .when(
              new MatchBankEntry(
                  credit,
                  List.of(new Part(AGREEMENT, STATE, 600)),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of("titre-1"),
                  "clerk-1"))
          .thenRefuses(BankRefusal.EXPLANATION_MISSING);
    }
  }

  /** Two calls to the State of 100 euros each, the first one older. */
  @Nested
  class OfCalls {
    {
      world.must(call("C-1", STATE));
      world.must(call("C-2", STATE));
    }

    private static CallFunds call(String call, FunderId funder) {
      return new CallFunds(
          new CallId(call), AGREEMENT, funder, 10_000, BankWorld.TODAY.plusDays(30), "clerk-1");
    }

    private static MatchBankEntry match(String entry, FunderId funder, long cents, String call) {
      return new MatchBankEntry(
          entry,
          List.of(new Part(AGREEMENT, funder, cents, Optional.of(call))),
          Optional.empty(),
          Optional.empty(),
          "clerk-1");
    }

    private static RecordReceipt receipt(String call) {
      return new RecordReceipt(
          new ReceiptId("R-1"), AGREEMENT, STATE, 4_000, BankWorld.TODAY, Optional.of(call));
    }

    private long open(String call) {
      CalledFunds called = new CalledFunds();
      long position = 0;
      for (var fact : world.ledger.facts()) {
        called.fold(fact, ++position);
      }
      return called.open().stream()
          .filter(each -> each.fact().call().value().equals(call))
          .mapToLong(CalledFunds.Call::openCents)
          .sum();
    }

    @Test
    void anEntrySettlesTheCallThatItsPartNamesFirst() {
      String entry = entry("B-1", 14_000);
      world.must(match(entry, STATE, 14_000, "C-2"));

      assertThat(open("C-2")).isZero();
      assertThat(open("C-1")).isEqualTo(6_000);
      world.ledger.when(match(entry, STATE, 14_000, "C-2")).thenAlreadyRecorded();
      world
          .ledger
          .when(match(entry, STATE, 14_000, "C-1"))
          .thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);
    }

    @Test
    void aReceiptByHandSettlesTheCallThatItNamesFirstAndIsTheSameOnlyWithIt() {
      world.must(receipt("C-2"));

      assertThat(open("C-1")).isEqualTo(10_000);
      assertThat(open("C-2")).isEqualTo(6_000);
      world.ledger.when(receipt("C-2")).thenAlreadyRecorded();
      for (RecordReceipt other :
          List.of(
              receipt("C-1"),
              receipt("C-9"),
              new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 4_000, BankWorld.TODAY))) {
        assertThat(world.ledger.send(other).toString()).contains("RECEIPT_ALREADY_RECORDED");
      }
      // The bank's proof of it settles nothing again.
      entry("B-1", 4_000, "creuse-2026 anct");
      assertThat(world.ledger.facts(FundsReceived.class)).hasSize(1);
      assertThat(open("C-2")).isEqualTo(6_000);
    }

    @Test
    void aClerkWhoRepeatsTheBanksReceiptNeedNotNameItsCall() {
      FundsReceived told;
      entry("B-1", 4_000, "appel " + reference("C-2"));
      told = world.ledger.facts(FundsReceived.class).getFirst();
      assertThat(told.reference()).contains(reference("C-2"));
      RecordReceipt repeated =
          new RecordReceipt(told.receipt(), AGREEMENT, STATE, 4_000, told.valueDate());
      world.ledger.when(repeated).thenAlreadyRecorded();
    }

    @Test
    void aCallThatIsCancelledMeanwhileHasTheMoneyDecidedAgain() {
      CancelCall cancel =
          new CancelCall(
              new CallId("C-1"), FundsCallCancelled.Reason.ENTERED_BY_MISTAKE, "clerk-1");
      assertThat(world.ledger.race(cancel, receipt("C-1")).second().toString())
          .contains("CALL_CANCELLED");
      String entry = entry("B-1", 4_000);
      CancelCall other =
          new CancelCall(
              new CallId("C-2"), FundsCallCancelled.Reason.ENTERED_BY_MISTAKE, "clerk-1");
      assertThat(world.ledger.race(other, match(entry, STATE, 4_000, "C-2")).second().toString())
          .contains("CALL_CANCELLED");
    }

    @Test
    void aCallForAnotherAgreementOfTheSameFunderIsRefused() {
      NamedCalls calls =
          _ -> Optional.of(new NamedCalls.Named(AGREEMENT, STATE, "RF18539007547034", 1, false));
      assertThat(calls.refusal("C-1", AGREEMENT, STATE)).isNull();
      assertThat(calls.refusal("C-1", new AgreementId("other"), STATE))
          .extracting(Refusal::code)
          .isEqualTo(NamedCallRefusal.CALL_OF_ANOTHER_SHARE);
    }

    private String reference(String call) {
      return world.ledger.facts(fr.passnumerique.clearing.calls.FundsCalled.class).stream()
          .filter(each -> each.call().value().equals(call))
          .findFirst()
          .orElseThrow()
          .reference();
    }

    @Test
    void aCallOfAnotherFunderCancelledPaidOrNeverMadeIsRefused() {
      world.must(call("C-3", REGION));
      world.must(
          new CancelCall(
              new CallId("C-1"), FundsCallCancelled.Reason.ENTERED_BY_MISTAKE, "clerk-1"));
      String entry = entry("B-1", 4_000);
      String other = entry("B-2", 10_000);
      world
          .ledger
          .when(match(entry, STATE, 4_000, "C-3"))
          .thenRefuses(NamedCallRefusal.CALL_OF_ANOTHER_SHARE)
          .saying("C-3", "nouvelle-aquitaine", "anct");
      world
          .ledger
          .when(match(entry, STATE, 4_000, "C-1"))
          .thenRefuses(NamedCallRefusal.CALL_CANCELLED);
      world
          .ledger
          .when(match(entry, STATE, 4_000, "C 9"))
          .thenRefuses(NamedCallRefusal.UNKNOWN_CALL);
      world.ledger.when(receipt("C-3")).thenRefuses(NamedCallRefusal.CALL_OF_ANOTHER_SHARE);
      world.ledger.when(receipt("C-1")).thenRefuses(NamedCallRefusal.CALL_CANCELLED);
      world.ledger.when(receipt("C-9")).thenRefuses(NamedCallRefusal.UNKNOWN_CALL).about("call");

      world.must(match(other, STATE, 10_000, "C-2"));

      world
          .ledger
          .when(match(entry, STATE, 4_000, "C-2"))
          .thenRefuses(NamedCallRefusal.CALL_SETTLED);
      world.ledger.when(receipt("C-2")).thenRefuses(NamedCallRefusal.CALL_SETTLED);
    }
  }
}
