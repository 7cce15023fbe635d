package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_ADVANCE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.CONTEST_TOO_LATE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_ALREADY_CONFIRMED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_CREDITED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_DROPPED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_ORDER;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_REVERSAL;
import static fr.passnumerique.clearing.reversal.ReversalWorld.ALPHA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.BETA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.CLERK;
import static fr.passnumerique.clearing.reversal.ReversalWorld.EIGHT;
import static fr.passnumerique.clearing.reversal.ReversalWorld.NINE;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SECOND;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SEVEN;
import static fr.passnumerique.clearing.reversal.ReversalWorld.START;
import static fr.passnumerique.clearing.reversal.ReversalWorld.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.reversal.CreditRecovered.Credited;
import fr.passnumerique.clearing.reversal.Reversal.State;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What reversals bring back goes to whoever paid it in; a proposed reversal can be given up. */
class RecoveredCreditsTest {
  private static final OrderId ORDER = new OrderId("o-" + SEVEN);
  private static final CreditRecovered CREDIT = new CreditRecovered(ORDER);

  private final ReversalWorld world = new ReversalWorld();

  private void sign(String... parties) {
    for (String party : parties) {
      world.ledger.given(
          new ExpirySigned(
              ORDER,
              ExpiryStep.STATEMENT,
              Optional.of(party).filter(p -> !p.equals("operator")).map(FunderId::new),
              party,
              START));
    }
  }

  /** Half of each cheque is the State's, who pays on use, and the région's cash covers it. */
  @Nested
  class OfAShareThatIsPaidOnUse {
    private final OrderId order = new OrderId("o-" + NINE);

    private void used(long repaidCents, int... reversed) {
      world.slip(ALPHA, "S-1", NINE, 1, 2);
      if (repaidCents > 0) {
        world.ledger.given(received(repaidCents));
      }
      world.reverse("indu-1", ALPHA, "S-1", reversed);
      for (String party : List.of("operator", "anct", "region")) {
        world.ledger.given(
            new ExpirySigned(
                order,
                ExpiryStep.STATEMENT,
                Optional.of(party).filter(p -> !p.equals("operator")).map(FunderId::new),
                party,
                START));
      }
      world.begin(START.plusDays(31));
    }

    private FundsReceived received(long cents) {
      return received(cents, Optional.of(new FundsReceived.Repaid(new FunderId("region"), cents)));
    }

    private FundsReceived received(long cents, Optional<FundsReceived.Repaid> repaid) {
      return new FundsReceived(
          new ReceiptId("r-" + cents),
          new AgreementId("a-9"),
          ReversalWorld.PASS,
          new FunderId("anct"),
          cents,
          START,
          repaid);
    }

    /** It owed nothing when it paid in, and owes again what counts again. */
    @Test
    void whatCountsAgainIsRepaidAtOnceByWhatHasComeMeanwhile() {
      world.slip(ALPHA, "S-1", NINE, 1, 2);
      world.ledger.given(received(500));
      world.reverse("indu-1", ALPHA, "S-1", 1, 2);
      world.contest("indu-1", ALPHA);
      FundsReceived more = received(300, Optional.empty());
      DecideContest lifting =
          new DecideContest(
              new ReversalId("indu-1"), DecideContest.Outcome.LIFTED, ReversalWorld.THIRD);
      world.ledger.when(lifting).thenIsDecidedAgainAfter(more);
      world.ledger.given(more);

      world.lift("indu-1");

      FundsTransferred repayment = (FundsTransferred) world.ledger.facts().getLast();
      assertThat(repayment.repaid())
          .contains(new FundsReceived.Repaid(new FunderId("region"), 300));
      assertThat(repayment.staysWithinAgreement()).isTrue();
      assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(200);
      world.ledger.when(lifting).thenAlreadyRecorded();
    }

    private List<Tuple> credited() {
      return world.send(new CreditRecovered(order)).creditNotes().stream()
          .map(
              note ->
                  tuple(
                      note.creditNote().value(),
                      note.amountCents(),
                      note.preFinancier().map(FunderId::value).orElse(""),
                      note.parts().stream()
                          .map(part -> part.cashOwner().value())
                          .distinct()
                          .toList()))
          .toList();
    }

    @Test
    void whatTheFunderHadRepaidGoesBackToItOutOfThePreFinanciersCash() {
      used(1_000, 1);
      assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(-500);

      assertThat(credited())
          .containsExactlyInAnyOrder(
              tuple("o-" + NINE + "~anct~2", 500L, "region", List.of("anct")),
              tuple("o-" + NINE + "~region~2", 500L, "", List.of("region")));

      assertThat(world.balance(ON_USE_CLAIM)).isZero();
      assertThat(world.balance(ON_USE_ADVANCE)).isZero();
      assertThat(world.balance(DUE_BACK, "a-9", "anct")).isEqualTo(-500);
      assertThat(world.balance(DUE_BACK, "a-9", "region")).isEqualTo(-500);
      // What is due back to it is there, and was the pre-financier's.
      assertThat(world.balance(BANK, "a-9", "anct")).isEqualTo(500);
      assertThat(world.balance(BANK, "a-9", "region")).isEqualTo(500);
      assertThat(world.send(new CreditRecovered(order)).creditNotes()).isEmpty();
    }

    @Test
    void untilItHasRepaidItIsThePreFinanciers() {
      used(0, 1);
      assertThat(credited())
          .containsExactly(tuple("o-" + NINE + "~region~2", 1_000L, "", List.of("region")));
      assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(500);
    }

    @Test
    void whatIsRepaidForUsesThatStillCountStaysThePreFinanciers() {
      used(500, 1);
      assertThat(world.balance(ON_USE_CLAIM)).isZero();
      assertThat(credited())
          .containsExactly(tuple("o-" + NINE + "~region~2", 1_000L, "", List.of("region")));
    }

    @Test
    void repaidInPartItIsGivenBackToTheCentAndOnce() {
      used(501, 1, 2);
      assertThat(credited())
          .containsExactlyInAnyOrder(
              tuple("o-" + NINE + "~anct~2", 501L, "region", List.of("anct")),
              tuple("o-" + NINE + "~region~2", 1_499L, "", List.of("region")));
      assertThat(world.balance(ON_USE_CLAIM)).isZero();
      assertThat(world.balance(DUE_BACK, "a-9", "anct")).isEqualTo(-501);
      assertThat(world.send(new CreditRecovered(order)).creditNotes()).isEmpty();
    }

    @Test
    void wholeThePreFinancierIsNotCreditedForItAgain() {
      used(1_000, 1, 2);
      assertThat(credited())
          .containsExactlyInAnyOrder(
              tuple("o-" + NINE + "~anct~2", 1_000L, "region", List.of("anct")),
              tuple("o-" + NINE + "~region~2", 1_000L, "", List.of("region")));
      assertThat(world.send(new CreditRecovered(order)).creditNotes()).isEmpty();
    }

    @Test
    void aPaymentAtThatMomentHasItDecidedAgain() {
      used(500, 1);
      world.ledger.when(new CreditRecovered(order)).thenIsDecidedAgainAfter(received(500));
    }
  }

  @Nested
  class OfAnUnpaidLine {
    @Test
    void isCreditedToEachFunderOnceItCannotBeContestedAnyMoreAndNotADayEarlier() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.slip(ALPHA, "S-2", EIGHT, 1);
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.reverse("indu-2", ALPHA, "S-2", 1);
      sign("operator", "anct", "region");

      world.begin(START.plusDays(30));
      Credited early = world.send(CREDIT);
      assertThat(early.creditNotes()).isEmpty();
      assertThat(early.waitingCents()).isEqualTo(1_000);

      world.begin(START.plusDays(31));
      Credited credited = world.send(CREDIT);
      assertThat(credited.waitingCents()).isZero();
      assertThat(credited.creditNotes())
          .extracting(n -> n.creditNote().value(), n -> n.recovered().size())
          .containsExactly(
              tuple("o-" + SEVEN + "~anct~2", 1), tuple("o-" + SEVEN + "~region~2", 1));
      assertThat(credited.creditNotes().stream().mapToLong(CreditNoteIssued::amountCents).sum())
          .isEqualTo(1_000);
      assertThat(world.send(CREDIT).creditNotes()).isEmpty();
    }

    @Test
    void onlyToWhoHasAgreedTheStatementAndToTheOtherWhenItHas() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.begin(START.plusDays(31));
      sign("anct", "region");
      assertThat(world.send(CREDIT).waitingCents()).isEqualTo(1_000);
      ReversalWorld other = new ReversalWorld();
      other.slip(ALPHA, "S-1", SEVEN, 1);
      other.reverse("indu-1", ALPHA, "S-1", 1);
      other.begin(START.plusDays(31));
      other.ledger.given(
          new ExpirySigned(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK, START),
          new ExpirySigned(
              ORDER, ExpiryStep.STATEMENT, Optional.of(new FunderId("anct")), "anct", START));
      Credited first = other.send(CREDIT);
      assertThat(first.creditNotes()).hasSize(1);
      assertThat(first.waitingCents()).isPositive();
      other.ledger.given(
          new ExpirySigned(
              ORDER, ExpiryStep.STATEMENT, Optional.of(new FunderId("region")), "region", START));
      Credited second = other.send(CREDIT);
      assertThat(second.creditNotes().getFirst().funder()).isEqualTo(new FunderId("region"));
      assertThat(second.waitingCents()).isZero();
    }

    @Test
    void aContestedOneWaitsForItsDecisionAndALiftedOneIsNeverCredited() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.reverse("indu-2", ALPHA, "S-1", 2);
      world.contest("indu-1", ALPHA);
      world.contest("indu-2", ALPHA);
      sign("operator", "anct", "region");
      world.begin(START.plusDays(40));
      assertThat(world.send(CREDIT).creditNotes()).isEmpty();

      world.send(new DecideContest(new ReversalId("indu-1"), DecideContest.Outcome.UPHELD, THIRD));
      world.lift("indu-2");

      Credited credited = world.send(CREDIT);
      assertThat(credited.creditNotes().stream().mapToLong(CreditNoteIssued::amountCents).sum())
          .isEqualTo(1_000);
      assertThat(credited.waitingCents()).isZero();
    }

    @Test
    void aContestOfTheLastSecondIsRecordedBeforeTheNoteOrNotAtAll() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.reverse("indu-1", ALPHA, "S-1", 1);
      sign("operator", "anct", "region");
      world.begin(START.plusDays(31));
      world.send(CREDIT);
      world.ledger.on(START.plusDays(30));

      world
          .ledger
          .when(new ContestReversal(new ReversalId("indu-1"), ALPHA, Optional.empty(), "venue"))
          .thenRefuses(REVERSAL_CREDITED);
      world.ledger.on(START.plusDays(31));
      world
          .ledger
          .when(new ContestReversal(new ReversalId("indu-1"), ALPHA, Optional.empty(), "venue"))
          .thenRefuses(CONTEST_TOO_LATE);
    }

    @Test
    void twoClerksAtTheSameMomentCreditItOnce() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.reverse("indu-1", ALPHA, "S-1", 1);
      sign("operator", "anct", "region");
      world.begin(START.plusDays(31));

      var race = world.ledger.race(CREDIT, CREDIT);

      assertThat(race.decidedAgain()).isTrue();
      assertThat(world.ledger.facts(CreditNoteIssued.class)).hasSize(2);
    }

    @Test
    void ofAnOrderThatIsIssued() {
      world
          .ledger
          .when(new CreditRecovered(new OrderId("none")))
          .thenRefuses(UNKNOWN_ORDER)
          .about("orderId");
    }
  }

  @Nested
  class OfAPaidLine {
    @Test
    void isCreditedWhenTheTransferThatNetsItIsPaidAndNotWhileItCanBeRejected() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      sign("operator", "anct", "region");
      world.begin(world.today().plusDays(40));
      assertThat(world.send(CREDIT).waitingCents()).isZero();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.nextDay();
      var run = world.open("R-2").orElseThrow();
      world.release("R-2");
      assertThat(world.send(CREDIT).creditNotes()).isEmpty();
      assertThat(world.send(CREDIT).waitingCents()).isEqualTo(1_000);

      world.confirm("R-2", run.transfers().getFirst().transfer());

      assertThat(world.send(CREDIT).creditNotes()).hasSize(2);
    }

    @Test
    void ofTwoVenuesThatShareAnIbanBothWaitForTheTransferThatNetsThem() {
      world.ledger.given(new VenueAccountOpened(BETA, new VaultReference("v-3"), "iban-alpha"));
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.slip(BETA, "S-1", SEVEN, 2);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.reverse("indu-2", BETA, "S-1", 1);
      sign("operator", "anct", "region");
      world.begin(world.today().plusDays(40));
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.slip(BETA, "S-2", EIGHT, 3, 4);
      world.nextDay();
      var run = world.open("R-2").orElseThrow();
      assertThat(run.transfers()).hasSize(1);
      assertThat(run.nettings()).hasSize(2);
      world.release("R-2");

      assertThat(world.send(CREDIT).creditNotes()).isEmpty();
      assertThat(world.send(CREDIT).waitingCents()).isEqualTo(2_000);

      world.confirm("R-2", run.transfers().getFirst().transfer());
      Credited credited = world.send(CREDIT);
      assertThat(credited.creditNotes().stream().mapToLong(CreditNoteIssued::amountCents).sum())
          .isEqualTo(2_000);
      assertThat(credited.waitingCents()).isZero();
    }

    @Test
    void isCreditedWhenItsDebitNoteIsPaidUnderAReferenceOfItsOwn() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      sign("operator", "anct", "region");
      world.begin(world.today().plusDays(90));
      DebitNoteIssued note =
          world.send(
              new IssueDebitNote(new DebitNoteId("titre-1"), ALPHA, ReversalWorld.PASS, CLERK));
      assertThat(CreditorReference.isOne(note.reference().orElseThrow())).isTrue();
      assertThat(world.send(CREDIT).creditNotes()).isEmpty();

      LocalDate paidOn = world.today();
      world.send(new RecordDebitNotePayment(note.debitNote(), paidOn, CLERK));

      assertThat(world.send(CREDIT).creditNotes()).hasSize(2);
    }
  }

  @Nested
  class GivenUp {
    private final int[] fiftyOne = IntStream.rangeClosed(1, 51).toArray();
    private final ReversalId proposed = new ReversalId("indu-2");

    private void propose() {
      world.slip(BETA, "S-1", EIGHT, fiftyOne);
      assertThat(world.reverse("indu-2", BETA, "S-1", fiftyOne).state()).isEqualTo(State.PROPOSED);
    }

    @Test
    void byItsProposerOrAnotherOnceAndNeverConfirmedAfterwards() {
      propose();
      ReversalDropped dropped = world.send(new DropReversal(proposed, CLERK));
      assertThat(dropped.droppedBy()).isEqualTo(CLERK);
      assertThat(world.read("indu-2").state()).isEqualTo(State.DROPPED);
      world.ledger.when(new DropReversal(proposed, SECOND)).thenAlreadyRecorded();
      world.ledger.when(new ConfirmReversal(proposed, SECOND)).thenRefuses(REVERSAL_DROPPED);
      world
          .ledger
          .when(new ContestReversal(proposed, BETA, Optional.empty(), "venue"))
          .thenRefuses(REVERSAL_DROPPED);
      assertThat(world.reverse("indu-3", BETA, "S-1", fiftyOne).state()).isEqualTo(State.PROPOSED);
      world.send(new ConfirmReversal(new ReversalId("indu-3"), SECOND));
    }

    @Test
    void butNotOnceItCounts() {
      propose();
      world.send(new ConfirmReversal(proposed, SECOND));
      world.ledger.when(new DropReversal(proposed, CLERK)).thenRefuses(REVERSAL_ALREADY_CONFIRMED);
      world
          .ledger
          .when(new DropReversal(new ReversalId("none"), CLERK))
          .thenRefuses(UNKNOWN_REVERSAL);
    }

    @Test
    void confirmedOrGivenUpButNotBoth() {
      propose();
      var race =
          world.ledger.race(
              new ConfirmReversal(proposed, SECOND), new DropReversal(proposed, CLERK));
      assertThat(race.decidedAgain()).isTrue();
    }
  }
}
