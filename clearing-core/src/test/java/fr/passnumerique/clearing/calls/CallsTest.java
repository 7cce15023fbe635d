package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.PaymentReferenceAssigned;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.calls.CalledFunds.Payment;
import fr.passnumerique.clearing.calls.CalledFunds.State;
import fr.passnumerique.clearing.calls.FundsCallCancelled.Reason;
import fr.passnumerique.clearing.calls.FundsCalled.Basis;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Asking funders for their money, and what becomes of it. */
class CallsTest {
  private static final LocalDate DUE = TODAY.plusDays(30);
  private static final long CEILING = 1_000_000;

  private static CallFunds call(String call, FunderId funder, long cents) {
    return new CallFunds(new CallId(call), AGREEMENT, funder, cents, DUE, "clerk-1");
  }

  private static CancelCall cancel(String call) {
    return new CancelCall(new CallId(call), Reason.NOT_NEEDED, "clerk-1");
  }

  /** Its two facts: the call, and the reference that is its share's. */
  private static void accepted(DecisionFixture ledger, CallFunds call) {
    assertThat(ledger.rehearse(call)).isInstanceOf(Outcome.Recorded.class);
  }

  /** A share that is paid in before. */
  @Nested
  class Prepaid {
    private final FundedWorld world = FundedWorld.usual();
    private final DecisionFixture ledger = world.ledger;

    @Test
    void aCallCarriesAReferenceOfItsOwnThatIsItsSharesAndMovesNoMoney() {
      FundsCalled called = world.must(call("C-1", STATE, 57_140));
      FundsCalled other = world.must(call("C-2", STATE, 1));

      assertThat(called.basis()).isEqualTo(Basis.CEILING);
      assertThat(called.programme()).isEqualTo(PROGRAMME);
      assertThat(called.calledOn()).isEqualTo(TODAY);
      assertThat(CreditorReference.isOne(called.reference())).isTrue();
      assertThat(other.reference()).isNotEqualTo(called.reference());
      assertThat(ledger.facts(PaymentReferenceAssigned.class))
          .contains(new PaymentReferenceAssigned(called.reference(), AGREEMENT, STATE));
      assertThat(Postings.of(called)).isEmpty();
    }

    @Test
    void upToTheCeilingAndNotACentMore() {
      ledger
          .when(call("C-1", STATE, CEILING + 1))
          .thenRefuses(CallRefusal.CALL_ABOVE_CEILING)
          .about("amountCents")
          .saying("10000.00 €", "10000.01 €", "ceilings less what is paid in", "call at most that");
      accepted(ledger, call("C-1", STATE, CEILING));
    }

    @Test
    void whatIsCalledAndWhatIsPaidInAreNotCalledAgain() {
      world.must(call("C-1", STATE, 400_000));
      world.must(receipt("R-1", STATE, 300_000));
      // 100 000 of the call are still open.
      ledger
          .when(call("C-2", STATE, 600_001))
          .thenRefuses(CallRefusal.CALL_ABOVE_CEILING)
          .saying("6000.00 €");
      world.must(call("C-2", STATE, 600_000));
      ledger
          .when(call("C-3", STATE, 1))
          .thenRefuses(CallRefusal.CALL_ABOVE_CEILING)
          .saying("an amendment with a higher ceiling");
    }

    @Test
    void whatIsTransferredToAnotherAgreementCanBeCalledAgain() {
      AgreementId other = new AgreementId("correze-2026");
      world.must(agreement(other, PROGRAMME, share(STATE, 5_000, 1), share(REGION, 5_000, 1)));
      world.must(receipt("R-1", STATE, CEILING));
      ledger.when(call("C-1", STATE, 1)).thenRefuses(CallRefusal.CALL_ABOVE_CEILING);

      world.must(new TransferFunds(new FundsTransferId("V-1"), STATE, AGREEMENT, other, 70));

      ledger.when(call("C-1", STATE, 71)).thenRefuses(CallRefusal.CALL_ABOVE_CEILING);
      accepted(ledger, call("C-1", STATE, 70));
      ledger
          .when(new CallFunds(new CallId("C-1"), other, STATE, 1, DUE, "clerk-1"))
          .thenRefuses(CallRefusal.CALL_ABOVE_CEILING);
    }

    @Test
    void ofWhomAndForWhatAndUntilWhenIsChecked() {
      ledger
          .when(new CallFunds(new CallId("C-1"), new AgreementId("x"), STATE, 1, DUE, "clerk-1"))
          .thenRefuses(CallRefusal.UNKNOWN_AGREEMENT)
          .about("agreement");
      ledger
          .when(call("C-1", new FunderId("none"), 1))
          .thenRefuses(CallRefusal.FUNDER_NOT_IN_AGREEMENT)
          .about("funder");
      ledger.when(call("C-1", STATE, 0)).thenRefuses(CallRefusal.AMOUNT_OUT_OF_RANGE);
      ledger.when(call("C-1", STATE, -1)).thenRefuses(CallRefusal.AMOUNT_OUT_OF_RANGE);
      ledger
          .when(due(TODAY.minusDays(1)))
          .thenRefuses(CallRefusal.DUE_DATE_OUT_OF_RANGE)
          .about("dueOn");
      accepted(ledger, due(TODAY));
      accepted(ledger, due(TODAY.plusDays(366)));
      ledger.when(due(TODAY.plusDays(367))).thenRefuses(CallRefusal.DUE_DATE_OUT_OF_RANGE);
    }

    private CallFunds due(LocalDate day) {
      return new CallFunds(new CallId("C-1"), AGREEMENT, STATE, 1, day, "clerk-1");
    }

    @Test
    void madeAgainItIsAnsweredAsTheFirstTimeAndWithOtherContentsRefused() {
      FundsCalled called = world.must(call("C-1", STATE, CEILING));
      ledger.on(TODAY.plusDays(40));

      ledger.when(call("C-1", STATE, CEILING)).thenAnswers(called);
      ledger
          .when(call("C-1", STATE, CEILING - 1))
          .thenRefuses(CallRefusal.CALL_ALREADY_MADE)
          .about("call");
      ledger.when(call("C-1", REGION, CEILING)).thenRefuses(CallRefusal.CALL_ALREADY_MADE);
    }

    @Test
    void theLastEuroBelowTheCeilingIsCalledOnce() {
      var race = ledger.race(call("C-1", STATE, CEILING), call("C-2", STATE, CEILING));

      assertThat(race.decidedAgain()).isTrue();
      assertThat(ledger.facts(FundsCalled.class)).hasSize(1);
    }

    @Test
    void aReceiptSettlesTheOldestOpenCallsOfItsShare() {
      world.must(call("C-1", STATE, 100));
      world.must(call("C-2", STATE, 100));
      world.must(call("C-3", REGION, 100));

      world.must(receipt("R-1", STATE, 40));
      assertThat(state("C-1")).isEqualTo(State.PART_PAID);
      world.must(receipt("R-2", STATE, 110));

      assertThat(state("C-1")).isEqualTo(State.PAID);
      assertThat(found("C-1").payments()).containsExactly(paid("R-1", 40), paid("R-2", 60));
      assertThat(state("C-2")).isEqualTo(State.PART_PAID);
      assertThat(found("C-2").openCents()).isEqualTo(50);
      assertThat(state("C-3")).isEqualTo(State.OPEN);
    }

    @Test
    void theCallWhoseReferenceItCarriesComesFirstAndWhatIsTooMuchIsTold() {
      world.must(call("C-1", STATE, 100));
      FundsCalled second = world.must(call("C-2", STATE, 100));

      ledger.given(received("R-1", second.reference(), 130));
      assertThat(state("C-2")).isEqualTo(State.PAID);
      assertThat(found("C-1").receivedCents()).isEqualTo(30);

      ledger.given(received("R-2", second.reference(), 75));
      assertThat(state("C-1")).isEqualTo(State.PAID);
      assertThat(found("C-2").beyondCents()).isEqualTo(5);
      // It is credit like any other, and pays no later call.
      world.must(call("C-3", STATE, 10));
      assertThat(state("C-3")).isEqualTo(State.OPEN);
    }

    private FundsReceived received(String receipt, String reference, long cents) {
      return new FundsReceived(
          new ReceiptId(receipt),
          AGREEMENT,
          PROGRAMME,
          STATE,
          cents,
          TODAY,
          Optional.empty(),
          Optional.empty(),
          Optional.of(reference));
    }

    @Test
    void lateIsTheDayAfterTheDueDateWhileSomethingIsOpen() {
      world.must(call("C-1", STATE, 100));
      assertThat(found("C-1").late(DUE)).isFalse();
      assertThat(found("C-1").late(DUE.plusDays(1))).isTrue();
      world.must(receipt("R-1", STATE, 99));
      assertThat(found("C-1").late(DUE.plusDays(1))).isTrue();
      world.must(receipt("R-2", STATE, 1));
      assertThat(found("C-1").late(DUE.plusDays(1))).isFalse();
    }

    @Test
    void whatIsLeftOfACallIsCancelledOnceAndCanBeCalledAgain() {
      world.must(call("C-1", STATE, CEILING));
      world.must(receipt("R-1", STATE, 40));

      FundsCallCancelled cancelled = world.must(cancel("C-1"));

      assertThat(cancelled.remainingCents()).isEqualTo(CEILING - 40);
      assertThat(state("C-1")).isEqualTo(State.CANCELLED);
      assertThat(found("C-1").receivedCents()).isEqualTo(40);
      ledger.when(cancel("C-1")).thenAlreadyRecorded();
      ledger
          .when(new CancelCall(new CallId("C-1"), Reason.OTHER, "clerk-2"))
          .thenRefuses(CallRefusal.CALL_ALREADY_CANCELLED);
      ledger.when(cancel("C-9")).thenRefuses(CallRefusal.UNKNOWN_CALL).about("callId");
      accepted(ledger, call("C-2", STATE, CEILING - 40));
      // Paid all the same, it settles another.
      world.must(call("C-2", STATE, 10));
      world.must(receipt("R-2", STATE, 10));
      assertThat(state("C-2")).isEqualTo(State.PAID);
      ledger.when(cancel("C-2")).thenRefuses(CallRefusal.CALL_ALREADY_PAID);
    }

    @Test
    void aCallIsPaidOrCancelledButNotBoth() {
      world.must(call("C-1", STATE, 100));

      var race = ledger.race(cancel("C-1"), receipt("R-1", STATE, 100));

      assertThat(race.decidedAgain()).isTrue();
    }

    @Test
    void coverTellsItApartAndNeverCountsItAsCash() {
      world.must(call("C-1", STATE, 100));
      world.must(receipt("R-1", STATE, 40));

      var total = world.cover.read(CoverQuery.Filter.ALL).total();
      assertThat(total.calledCents()).isEqualTo(60);
      assertThat(total.cashCents()).isEqualTo(40);
      assertThat(total.freeCreditCents()).isEqualTo(40);
    }

    private static Payment paid(String receipt, long cents) {
      return new Payment(Optional.of(receipt), Optional.of(TODAY), Optional.empty(), cents);
    }

    private State state(String call) {
      return found(call).state();
    }

    private CalledFunds.Call found(String call) {
      return java.util.Objects.requireNonNull(
          world.register(CallsRegister.class).called().call(new CallId(call)));
    }
  }

  /** A share that is paid on cheques used, and the cash that stands in for it. */
  @Nested
  class OnUse {
    private final FundedWorld world = FundedWorld.programmed();
    private final DecisionFixture ledger = world.ledger;

    OnUse() {
      world.must(
          agreement(
              new Share(STATE, 5_000, 3_000, PaymentTerms.ON_USE, Optional.of(REGION)),
              share(REGION, 5_000, 4_000)));
    }

    @Test
    void nothingIsCalledBeforeChequesAreUsed() {
      ledger
          .when(call("C-1", STATE, 1))
          .thenRefuses(CallRefusal.CALL_ABOVE_CLAIM)
          .saying("0.00 €", "wait until cheques are used");
    }

    @Test
    void whatItPaidEarlyIsNotCalledOfItWhenItsChequesAreUsed() {
      world.must(receipt("R-1", STATE, 499));
      ledger.given(slip("S-1", 500));

      ledger
          .when(call("C-1", STATE, 2))
          .thenRefuses(CallRefusal.CALL_ABOVE_CLAIM)
          .saying("0.01 €", "less what it paid");
      world.must(call("C-1", STATE, 1));

      // Its credit settled calls when it came, if there were any: not this one.
      world.must(new TransferFunds(new FundsTransferId("V-1"), STATE, AGREEMENT, AGREEMENT, 499));
      assertThat(world.register(CallsRegister.class).called().openCents(AGREEMENT, STATE))
          .isEqualTo(1);
      ledger.when(call("C-2", STATE, 1)).thenRefuses(CallRefusal.CALL_ABOVE_CLAIM);
    }

    @Test
    void whatLiesThereForUsedChequesIsNotCalledButPaysThem() {
      world.must(receipt("R-1", STATE, 700));
      ledger.given(slip("S-1", 500));

      ledger
          .when(call("C-1", STATE, 1))
          .thenRefuses(CallRefusal.CALL_ABOVE_CLAIM)
          .saying("0.00 €", "5.00 €", "transferFunds within the agreement");
    }

    @Test
    void itsHalfOfTheUsedChequesAndNotACentMore() {
      ledger.given(slip("S-1", 500));

      ledger
          .when(call("C-1", STATE, 501))
          .thenRefuses(CallRefusal.CALL_ABOVE_CLAIM)
          .saying("5.00 €", "5.01 €", "its share of cheques used", "call at most that");
      FundsCalled called = world.must(call("C-1", STATE, 500));
      assertThat(called.basis()).isEqualTo(Basis.USE);
      ledger.when(call("C-2", STATE, 1)).thenRefuses(CallRefusal.CALL_ABOVE_CLAIM);

      ledger.given(slip("S-2", 200));
      world.must(call("C-2", STATE, 200));
      FundsReceived paid = world.must(receipt("R-1", STATE, 700));
      assertThat(paid.repaid()).contains(new FundsReceived.Repaid(REGION, 700));
      assertThat(world.register(CallsRegister.class).called().calls())
          .extracting(c -> c.fact().call().value(), CalledFunds.Call::state)
          .containsExactly(tuple("C-1", State.PAID), tuple("C-2", State.PAID));
      ledger.when(call("C-3", STATE, 1)).thenRefuses(CallRefusal.CALL_ABOVE_CLAIM);
    }

    @Test
    void whatIsTransferredFromAnotherAgreementIsNotCalledAgain() {
      AgreementId other = new AgreementId("correze-2026");
      world.must(agreement(other, PROGRAMME, share(STATE, 5_000, 9_000), share(REGION, 5_000, 1)));
      world.must(new RecordReceipt(new ReceiptId("R-0"), other, STATE, 600, TODAY));
      ledger.given(slip("S-1", 500));
      world.must(call("C-1", STATE, 300));

      world.must(new TransferFunds(new FundsTransferId("V-1"), STATE, other, AGREEMENT, 400));

      CalledFunds.Call called =
          java.util.Objects.requireNonNull(
              world.register(CallsRegister.class).called().call(new CallId("C-1")));
      assertThat(called.state()).isEqualTo(State.PAID);
      assertThat(called.payments())
          .containsExactly(
              new Payment(Optional.empty(), Optional.empty(), Optional.of("V-1"), 300));
      ledger
          .when(call("C-2", STATE, 101))
          .thenRefuses(CallRefusal.CALL_ABOVE_CLAIM)
          .saying("1.00 €");
      accepted(ledger, call("C-2", STATE, 100));
      world.must(new TransferFunds(new FundsTransferId("V-2"), STATE, other, AGREEMENT, 200));
      ledger.when(call("C-2", STATE, 1)).thenRefuses(CallRefusal.CALL_ABOVE_CLAIM).saying("0.00 €");
    }

    @Test
    void thePreFinancierIsCalledForBothSharesAndNotAgainForWhatComesBackToIt() {
      ledger.when(call("C-1", REGION, 7_001)).thenRefuses(CallRefusal.CALL_ABOVE_CEILING);
      world.must(call("C-1", REGION, 6_500));
      world.must(receipt("R-1", REGION, 6_500));
      ledger.given(slip("S-1", 500));
      ledger.when(call("C-2", REGION, 501)).thenRefuses(CallRefusal.CALL_ABOVE_CEILING);

      world.must(receipt("R-2", STATE, 400));

      ledger.when(call("C-2", REGION, 101)).thenRefuses(CallRefusal.CALL_ABOVE_CEILING);
      accepted(ledger, call("C-2", REGION, 100));
    }

    /** Half of it the State's, half the region's. */
    private SlipJudged slip(String reference, long half) {
      return new SlipJudged(
          new VenueId("21230096100018"),
          new SlipReference(reference),
          "digest",
          Instant.parse("2026-04-01T10:00:00Z"),
          List.of(),
          List.of(),
          List.of(spent(STATE, half, Optional.of(REGION)), spent(REGION, half, Optional.empty())));
    }

    private SlipJudged.SpentCents spent(FunderId funder, long cents, Optional<FunderId> advanced) {
      return new SlipJudged.SpentCents(
          PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, funder, cents, advanced);
    }
  }
}
