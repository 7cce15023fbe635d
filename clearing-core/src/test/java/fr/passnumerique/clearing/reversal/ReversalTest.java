package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.CHEQUES_OUTSTANDING;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.RECEIVABLE_IF_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REDEEMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_VOID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TO_RECOVER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.CONTEST_ALREADY_DECIDED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.CONTEST_TOO_LATE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.LINE_ALREADY_REVERSED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.LINE_BEING_NETTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.LINE_WAIVED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NOTHING_TO_CLAIM;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NOT_CONTESTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_BEING_NETTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_ID_TAKEN;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_NOT_CONFIRMED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.SECOND_PERSON_REQUIRED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.SLIP_WITHDRAWN;
import static fr.passnumerique.clearing.reversal.ReversalWorld.ALPHA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.BETA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.CLERK;
import static fr.passnumerique.clearing.reversal.ReversalWorld.EIGHT;
import static fr.passnumerique.clearing.reversal.ReversalWorld.PASS;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SECOND;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SEVEN;
import static fr.passnumerique.clearing.reversal.ReversalWorld.START;
import static fr.passnumerique.clearing.reversal.ReversalWorld.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.Reversal.Recovery;
import fr.passnumerique.clearing.reversal.Reversal.State;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SlipPart;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReversalTest {
  private final ReversalWorld world = new ReversalWorld();

  /**
   * Decided at the same moment, the second sees what the first recorded.
   *
   * @return what the second comes to
   */
  private static <B> Outcome<B> isDecidedAgain(
      ReversalWorld world, Command<?> first, Command<B> second) {
    var race = world.ledger.race(first, second);
    assertThat(race.decidedAgain()).isTrue();
    return race.second();
  }

  @Nested
  class OfAnUnpaidLine {
    @Test
    void itsValueIsDueBackToItsFundersAtOnceAndTheRestIsPaid() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2, 3);
      Reversal reversal = world.reverse("indu-1", ALPHA, "S-1", 2);

      assertThat(reversal.dueBackCents()).isEqualTo(1_000);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
      assertThat(world.balance(DUE_BACK, "a-7", "anct") + world.balance(DUE_BACK, "a-7", "region"))
          .isEqualTo(-1_000);
      assertThat(world.balance(TITLES_VOID)).isEqualTo(1_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      world.nextDay();
      assertThat(world.open("R-1").orElseThrow().transfers().getFirst().amountCents())
          .isEqualTo(2_000);
    }

    @Test
    void ofAWholeSlipLeavesNothingToPay() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.reverse("indu-1", ALPHA, "S-1", 1, 2);
      world.nextDay();
      assertThat(world.open("R-1")).isEmpty();
    }

    @Test
    void againIsAnsweredAsTheFirstTimeAndOtherLinesAreRefused() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      Reversal first = world.reverse("indu-1", ALPHA, "S-1", 1);
      world
          .ledger
          .when(world.reversing("indu-1", ALPHA, "S-1", 1))
          .thenAlreadyRecorded()
          .thenAnswers(first);
      world
          .ledger
          .when(world.reversing("indu-1", ALPHA, "S-1", 2))
          .thenRefuses(REVERSAL_ID_TAKEN)
          .saying("other lines, another reason or with another note");
      world
          .ledger
          .when(world.reversing("indu-2", ALPHA, "S-1", 1, 2))
          .thenRefuses(LINE_ALREADY_REVERSED)
          .saying("indu-1");
    }

    @Test
    void theRefusalOfAWithdrawnSlipNamesItAndNoPositionOfTheLedger() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      var reversing = world.reversing("indu-1", ALPHA, "S-1", 1);
      SlipJudged slip = (SlipJudged) world.ledger.facts().getLast();
      world.ledger.given(
          new SlipWithdrawn(
              ALPHA,
              slip.reference(),
              world.ledger.facts().size(),
              slip.presentedAt(),
              slip.acceptedCheques(),
              slip.owed(),
              List.of(),
              List.of()));

      world.ledger.when(reversing).thenRefuses(SLIP_WITHDRAWN).about("slip").saying("S-1");
      assertThat(world.ledger.send(reversing))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.refusal().value()).isEqualTo("S-1"));
    }

    @Test
    void aWaivedLineIsNeitherOwedNorPaidSoThereIsNothingToReverse() {
      world.slip(ALPHA, "S-1", SEVEN, List.of(2), 1, 2);
      world
          .ledger
          .when(world.reversing("indu-1", ALPHA, "S-1", 1, 2))
          .thenRefuses(LINE_WAIVED)
          .saying("line 2", "S-1")
          .saying("leave the line out", "a slip that is waived whole");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    }

    @Test
    void aRunAtTheSameMomentPaysTheLineOrItIsReversedUnpaid() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      isDecidedAgain(
          world,
          new OpenSettlementRun(new SettlementRunId("R-1"), PASS, world.today(), CLERK),
          world.reversing("indu-1", ALPHA, "S-1", 1));
      assertThat(world.read("indu-1").claimedCents()).isEqualTo(1_000);
    }

    @Test
    void twoReversalsOfALineAtTheSameMomentReverseItOnce() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      var race =
          world.ledger.race(
              world.reversing("indu-1", ALPHA, "S-1", 1),
              world.reversing("indu-2", ALPHA, "S-1", 1));
      assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    }
  }

  @Nested
  class OfALineInTransit {
    private SettlementRunOpened run;

    private DecideContest lifting() {
      return new DecideContest(new ReversalId("indu-1"), DecideContest.Outcome.LIFTED, THIRD);
    }

    private ConfirmTransfer confirming() {
      return new ConfirmTransfer(run.run(), run.transfers().getFirst().transfer(), world.today());
    }

    private void inTransit() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      run = world.open("R-1").orElseThrow();
      world.release("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
    }

    @Test
    void isClaimedAndItsTitleStaysVoidWhenTheTransferIsPaid() {
      inTransit();
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isEqualTo(1_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(TO_RECOVER)).isEqualTo(-1_000);
      assertThat(world.balance(TITLES_REDEEMED)).isEqualTo(1_000);

      world.confirm("R-1", run.transfers().getFirst().transfer());
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);
      assertThat(world.balance(TITLES_PAID)).isEqualTo(1_000);
      assertThat(world.balance(TITLES_REDEEMED)).isZero();
      assertThat(world.balance(TITLES_VOID)).isEqualTo(1_000);
      assertThat(world.read("indu-1").claimedCents()).isEqualTo(1_000);
    }

    @Test
    void isAsIfReversedUnpaidWhenTheTransferIsRejected() {
      inTransit();
      world.reject("R-1", run.transfers().getFirst().transfer());
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(DUE_BACK)).isEqualTo(-1_000);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-1_000);
      assertThat(world.read("indu-1").dueBackCents()).isEqualTo(1_000);
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(1_000);
    }

    @Test
    void debitedAfterItsRejectionTheTransferPaidTheReversedLineTooAndItIsClaimed() {
      inTransit();
      TransferId transfer = run.transfers().getFirst().transfer();
      world.reject("R-1", transfer);
      assertThat(world.balance(DUE_BACK)).isEqualTo(-1_000);

      assertThat(world.payAfterRejection(transfer)).isTrue();

      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);
      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.balance(BANK)).isEqualTo(-2_000);
      assertThat(world.balance(TITLES_PAID)).isEqualTo(1_000);
      assertThat(world.balance(TITLES_VOID)).isEqualTo(1_000);
      assertThat(world.read("indu-1").claimedCents()).isEqualTo(1_000);
      world.slip(ALPHA, "S-2", SEVEN, 3);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).hasSize(1);
    }

    @Test
    void debitedAfterItsRejectionTheTransferPaidWhatAnotherHadPaidSinceAndHadBack() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      TransferId rejected = world.open("R-1").orElseThrow().transfers().getFirst().transfer();
      world.release("R-1");
      world.reject("R-1", rejected);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-2"), "iban-2"));
      world.nextDay();
      TransferId returned = world.open("R-2").orElseThrow().transfers().getFirst().transfer();
      world.release("R-2");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.confirm("R-2", returned);
      assertThat(world.payAfterRejection(rejected)).isFalse();
      world.comeBack(returned);
      // Both lines are owed, the first without its title: it is claimed since it was paid.
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(2_000);

      assertThat(world.payAfterRejection(rejected)).isTrue();

      assertThat(world.settlement.unpaidCents(PASS)).isZero();
      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.balance(BANK)).isEqualTo(-2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);
      assertThat(world.balance(TITLES_PAID)).isEqualTo(1_000);
      assertThat(world.balance(TITLES_VOID)).isEqualTo(1_000);
      assertThat(world.read("indu-1").claimedCents()).isEqualTo(1_000);
      world.comeBack(rejected);
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_PAID)).isZero();
    }

    @Test
    void isNotNettedBeforeItIsPaid() {
      inTransit();
      world.slip(ALPHA, "S-2", SEVEN, 3);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).isEmpty();
    }

    @Test
    void paidAtTheMomentThatAnotherRunIsOpenedItIsNettedInThatRun() {
      inTransit();
      world.slip(ALPHA, "S-2", SEVEN, 3);
      world.nextDay();
      Outcome<SettlementRunOpened> opened =
          isDecidedAgain(world, confirming(), world.opening("R-2"));
      assertThat(opened)
          .isInstanceOfSatisfying(
              Outcome.Recorded.class,
              recorded ->
                  assertThat(((SettlementRunOpened) recorded.answer()).nettings()).hasSize(1));
    }

    @Test
    void liftedOnItsWayTheLineIsPaidWithItsTransfer() {
      inTransit();
      world.contest("indu-1", ALPHA);
      assertThat(world.lift("indu-1").forgivenCents()).isEqualTo(1_000);
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
      assertThat(world.balance(TO_RECOVER)).isZero();
      assertThat(world.balance(TITLES_REDEEMED)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_PAID)).isZero();

      TransferId transfer = run.transfers().getFirst().transfer();
      world.confirm("R-1", transfer);
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();

      world.comeBack(transfer);
      assertThat(world.balance(TITLES_REDEEMED)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_PAID)).isZero();
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
    }

    @Test
    void comeBackItIsClaimedOnlyOnceItIsPaidAgain() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.nextDay();
      run = world.open("R-1").orElseThrow();
      world.release("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      TransferId transfer = run.transfers().getFirst().transfer();
      world.confirm("R-1", transfer);
      world.comeBack(transfer);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isEqualTo(1_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      world.begin(world.today().plusDays(90));
      IssueDebitNote note = new IssueDebitNote(new DebitNoteId("titre-1"), ALPHA, PASS, CLERK);
      world.ledger.when(note).thenRefuses(NOTHING_TO_CLAIM);

      world.pay("R-2");
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);
      assertThat(world.send(note).cents()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void liftedSinceItsTransferCameBackItIsPaidWithItsTitle(boolean onItsWayAgain) {
      inTransit();
      world.contest("indu-1", ALPHA);
      TransferId transfer = run.transfers().getFirst().transfer();
      world.confirm("R-1", transfer);
      world.comeBack(transfer);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      world.nextDay();
      Optional<SettlementRunOpened> again = onItsWayAgain ? world.open("R-2") : Optional.empty();

      world.lift("indu-1");

      assertThat(world.balance(TITLES_REDEEMED)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_PAID)).isZero();
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
      SettlementRunOpened last = again.orElseGet(() -> world.open("R-2").orElseThrow());
      world.release("R-2");
      world.confirm("R-2", last.transfers().getFirst().transfer());
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(BANK)).isEqualTo(-2_000);
    }

    @Test
    void liftedSinceItCameBackWhatTheVenueHadPaidOfItIsOwedBesides() {
      inTransit();
      TransferId transfer = run.transfers().getFirst().transfer();
      world.confirm("R-1", transfer);
      world.contest("indu-1", ALPHA);
      world.begin(world.today().plusDays(90));
      // A note that was issued before the venue contested, as an earlier release took it.
      world.ledger.given(
          new DebitNoteIssued(
              new DebitNoteId("titre-1"),
              ALPHA,
              PASS,
              world.today(),
              CLERK,
              List.of(
                  new DebitNoteIssued.Line(
                      new ReversalId("indu-1"), new Serial(SEVEN, 1), START, 1_000)),
              1_000,
              Optional.empty()));
      world.payPart(new DebitNoteId("titre-1"), 300);
      world.comeBack(transfer);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(-300);
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isEqualTo(1_000);

      assertThat(world.lift("indu-1").owedAgainCents()).isEqualTo(300);

      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_300);
      assertThat(world.balance(TITLES_REDEEMED)).isEqualTo(2_000);
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isEqualTo(300);
      world.nextDay();
      world.pay("R-2");
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_REDEEMED)).isZero();
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
      assertThat(world.balance(BANK)).isEqualTo(-2_000);
    }

    @Test
    void liftedAtTheMomentOfItsTransfersEndThatIsDecidedAgain() {
      inTransit();
      world.contest("indu-1", ALPHA);
      isDecidedAgain(world, lifting(), confirming());
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    }

    @Test
    void itsTransferConfirmedAtTheMomentThatItIsLiftedThatIsDecidedAgain() {
      inTransit();
      world.contest("indu-1", ALPHA);
      isDecidedAgain(world, confirming(), lifting());
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_REDEEMED)).isZero();
      assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
    }

    @Test
    void liftedAtTheMomentOfItsTransfersRejectionThatIsDecidedAgain() {
      inTransit();
      world.contest("indu-1", ALPHA);
      isDecidedAgain(
          world,
          lifting(),
          new RejectTransfer(
              run.run(), run.transfers().getFirst().transfer(), world.today(), "AC04"));
      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
    }

    @Test
    void theEndOfItsRunAtTheSameMomentIsDecidedAgain() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      assertThat(world.open("R-1")).isPresent();
      isDecidedAgain(
          world,
          world.reversing("indu-1", ALPHA, "S-1", 1),
          new CancelSettlementRun(new SettlementRunId("R-1"), CLERK));
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-1_000);
      assertThat(world.balance(DUE_BACK)).isEqualTo(-1_000);
    }

    @Test
    void theEndOfTheTransferAtTheSameMomentIsDecidedAgain() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      run = world.open("R-1").orElseThrow();
      world.release("R-1");
      isDecidedAgain(world, world.reversing("indu-1", ALPHA, "S-1", 1), confirming());
      assertThat(world.balance(TITLES_VOID)).isEqualTo(1_000);
      assertThat(world.balance(TITLES_PAID)).isEqualTo(1_000);
    }

    @Test
    void liftedBeforeItsRunTheLineIsOwedOnceWhenTheTransferComesBack() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.contest("indu-1", ALPHA);
      world.lift("indu-1");
      world.nextDay();
      SettlementRunOpened paid = world.pay("R-1");
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      world.comeBack(paid.transfers().getFirst().transfer());
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
      assertThat(world.balance(TITLES_REDEEMED)).isEqualTo(2_000);

      world.pay("R-2");

      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_VOID)).isZero();
      assertThat(world.balance(TITLES_REDEEMED)).isZero();
    }

    @Test
    void reversedOnItsWayAndPaidAndComeBackTheLineIsOwedAgainAndItsClaimNetted() {
      inTransit();
      TransferId transfer = run.transfers().getFirst().transfer();
      world.confirm("R-1", transfer);
      world.comeBack(transfer);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).hasSize(1);
    }

    @Test
    void liftedBeforeTheRejectionTheLineIsOwedAndItsTitlePaidOnce() {
      inTransit();
      world.contest("indu-1", ALPHA);
      assertThat(world.lift("indu-1").forgivenCents()).isEqualTo(1_000);
      world.reject("R-1", run.transfers().getFirst().transfer());
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      world.pay("R-2");
      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.balance(TITLES_VOID)).isZero();
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_REDEEMED)).isZero();
    }
  }

  @Nested
  class NettedAgainstLaterLines {
    /** Three cheques of batch 7 paid to the venue, of which the first two are reversed. */
    private void twoReversed() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2, 3);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1, 2);
    }

    @Test
    void theOldestWholeLinesAreNettedAndTheRestIsTransferred() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();

      assertThat(run.transfers().getFirst().amountCents()).isEqualTo(1_000);
      Netting netting = run.nettings().getFirst();
      assertThat(netting.cents()).isEqualTo(2_000);
      assertThat(netting.lines())
          .extracting(Object::toString)
          .containsExactly("00008-0001", "00008-0002");
      assertThat(netting.claims())
          .extracting(Object::toString)
          .containsExactly("00007-0001", "00007-0002");
      assertThat(netting.transfer()).contains(run.transfers().getFirst().transfer());
      // Nothing is netted before the release.
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(2_000);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
    }

    @Test
    void aSlipThatIsNettedWholeIsNoPartOfTheTransferThatPaysTheNext() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.slip(ALPHA, "S-3", EIGHT, 3);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();

      assertThat(run.transfers().getFirst().slips())
          .extracting(slip -> slip.reference().value())
          .containsExactly("S-3");
    }

    @Test
    void onReleaseTheLinesArePaidAndTheCashGoesToWhoseLinesWereReversed() {
      twoReversed();
      long before = world.balance(BANK);
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      world.open("R-2");
      world.release("R-2");

      assertThat(world.balance(BANK)).isEqualTo(before);
      assertThat(world.balance(BANK, "a-8", "anct") + world.balance(BANK, "a-8", "departement"))
          .isEqualTo(-2_000);
      assertThat(world.balance(DUE_BACK, "a-7", "anct") + world.balance(DUE_BACK, "a-7", "region"))
          .isEqualTo(-2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(TO_RECOVER)).isZero();
      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.read("indu-1").dueBackCents()).isEqualTo(2_000);
    }

    @Test
    void neverBeyondTheLinesTakenTheRestCarriesOver() {
      twoReversed();
      world.slip(ALPHA, "S-2", SEVEN, 4);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();
      assertThat(run.transfers()).isEmpty();
      assertThat(run.nettings()).hasSize(1);
      assertThat(run.nettings().getFirst().transfer()).isEmpty();
      world.release("R-2");
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);

      world.slip(ALPHA, "S-3", SEVEN, 5, 6);
      world.nextDay();
      SettlementRunOpened next = world.open("R-3").orElseThrow();
      assertThat(next.nettings().getFirst().claims())
          .extracting(Object::toString)
          .containsExactly("00007-0002");
      assertThat(next.transfers().getFirst().amountCents()).isEqualTo(1_000);
    }

    @Test
    void anotherVenuesLinesAreNotTaken() {
      twoReversed();
      world.slip(BETA, "S-2", SEVEN, 4);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).isEmpty();
    }

    @Test
    void aCancelledRunUndoesItsNettings() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      SettlementRunOpened first = world.open("R-2").orElseThrow();
      world.cancel("R-2");
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(3_000);
      assertThat(world.toldAgain()).isEqualTo(3_000);
      assertThat(world.read("indu-1").lines())
          .allMatch(line -> line.recovery() == Recovery.CLAIMED);
      SettlementRunOpened again = world.open("R-3").orElseThrow();
      assertThat(again.nettings().getFirst().cents())
          .isEqualTo(first.nettings().getFirst().cents());
    }

    @Test
    void whatIsToldToBeOwedAgainOfAReleasedRunCountsItsUndoneNettings() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      assertThat(world.open("R-2")).isPresent();
      world.releaseAlone("R-2");
      world.cancel("R-2");

      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(3_000);
      assertThat(world.toldAgain()).isEqualTo(3_000);
    }

    @Test
    void debitedAfterItsRejectionTheTransferPaysItsLinesAndTheNettingStaysUndone() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();
      TransferId transfer = run.transfers().getFirst().transfer();
      world.release("R-2");
      long before = world.balance(BANK);
      world.reject("R-2", transfer);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-3_000);

      assertThat(world.payAfterRejection(transfer)).isTrue();

      // 10 € left the bank for the third line; the first two are owed, and as much is claimed.
      assertThat(world.balance(BANK)).isEqualTo(before - 1_000);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(2_000);
      assertThat(world.balance(TRANSFER_IN_TRANSIT)).isZero();
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(2_000);

      // Of one slip, a line that is paid is claimed and a line that is owed is not.
      assertThat(world.reverse("indu-2", ALPHA, "S-2", 3).claimedCents()).isEqualTo(1_000);
      assertThat(world.reverse("indu-3", ALPHA, "S-2", 1).dueBackCents()).isEqualTo(1_000);

      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-9"), "iban-9"));
      world.nextDay();
      SettlementRunOpened next = world.open("R-3").orElseThrow();
      assertThat(next.transfers()).isEmpty();
      assertThat(next.nettings().getFirst().cents()).isEqualTo(1_000);
    }

    @Test
    void aRunWhoseLinesAreAllNettedHasNoFileAndItsLinesArePaidOnRelease() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().transfers()).isEmpty();
      world.release("R-2");

      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.balance(TITLES_PAID)).isEqualTo(3_000);
      assertThat(world.settlement.fileRefusal("R-2", world.ledger))
          .isEqualTo("NOTHING_TO_TRANSFER");
      world
          .ledger
          .when(SettlementParts.download("R-2"))
          .thenRefuses(SettlementParts.NOTHING_TO_TRANSFER)
          .saying("netted");
    }

    @Test
    void aRunTellsWhatItNetsByWhichReversalAndHowFarThatHasCome() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();
      SettlementRun.Net planned = netting();
      assertThat(planned.state()).isEqualTo(SettlementRun.NetState.PLANNED);
      assertThat(planned.cents()).isEqualTo(2_000);
      assertThat(planned.lines()).isEqualTo(2);
      assertThat(planned.transfer()).contains(run.transfers().getFirst().transfer().value());
      assertThat(planned.claims())
          .containsExactly(
              new SettlementRun.Claimed("indu-1", Reason.SERVICE_NOT_GIVEN, "00007-0001", 1_000),
              new SettlementRun.Claimed("indu-1", Reason.SERVICE_NOT_GIVEN, "00007-0002", 1_000));
      world.release("R-2");
      assertThat(netting().state()).isEqualTo(SettlementRun.NetState.NETTED);
      world.reject("R-2", run.transfers().getFirst().transfer());
      assertThat(netting().state()).isEqualTo(SettlementRun.NetState.UNDONE);
    }

    private SettlementRun.Net netting() {
      return world.settlement.read("R-2", world.ledger).nettings().getFirst();
    }

    @Test
    void aRejectedTransferUndoesItsNettings() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();
      world.release("R-2");
      world.reject("R-2", run.transfers().getFirst().transfer());
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(2_000);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-3_000);
      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(BANK, "a-8", "anct")).isZero();
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(3_000);
    }

    @Test
    void aReleasedRunThatIsCancelledUndoesTheNettingsThatGoWithItsTransfers() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      world.open("R-2");
      world.releaseAlone("R-2");
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();

      world.cancel("R-2");

      assertThat(netting().state()).isEqualTo(SettlementRun.NetState.UNDONE);
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(2_000);
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-3_000);
      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(BANK, "a-8", "anct")).isZero();
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(3_000);
      assertThat(world.open("R-3").orElseThrow().nettings().getFirst().cents()).isEqualTo(2_000);
    }

    @Test
    void whatAReleasedRunNetsWithoutATransferStaysPaidWhenItIsCancelled() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.slip(BETA, "S-3", EIGHT, 3);
      world.nextDay();
      world.open("R-2");
      world.releaseAlone("R-2");

      world.cancel("R-2");

      assertThat(netting().state()).isEqualTo(SettlementRun.NetState.NETTED);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.settlement.unpaidCents(PASS)).isEqualTo(1_000);
    }

    @Test
    void whatARejectionBringsBackIsNettedInTheSlipsOrderTheNextTime() {
      twoReversed();
      world.slip(ALPHA, "S-2", SEVEN, 11, 12, 13);
      world.nextDay();
      TransferId transfer = world.open("R-2").orElseThrow().transfers().getFirst().transfer();
      world.release("R-2");
      world.reject("R-2", transfer);
      world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-2"), "iban-2"));
      world.nextDay();

      Netting netting = world.open("R-3").orElseThrow().nettings().getFirst();
      assertThat(netting.lines()).containsExactly(new Serial(SEVEN, 11), new Serial(SEVEN, 12));
    }

    @Test
    void aLineIsNotReversedWhileItsNettingCanBeUndone() {
      twoReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2, 3);
      world.nextDay();
      SettlementRunOpened run = world.open("R-2").orElseThrow();
      world
          .ledger
          .when(world.reversing("indu-2", ALPHA, "S-2", 1))
          .thenRefuses(LINE_BEING_NETTED)
          .saying("R-2");
      world.release("R-2");
      world.ledger.when(world.reversing("indu-2", ALPHA, "S-2", 1)).thenRefuses(LINE_BEING_NETTED);
      world.confirm("R-2", run.transfers().getFirst().transfer());
      assertThat(world.reverse("indu-2", ALPHA, "S-2", 1).claimedCents()).isEqualTo(1_000);
    }
  }

  @Nested
  class AboveWhatOnePersonMayReverse {
    private final int[] fiftyOne = IntStream.rangeClosed(1, 51).toArray();
    private final int[] fifty = IntStream.rangeClosed(1, 50).toArray();

    @Test
    void fiveHundredEurosCountAtOnceAndOneChequeMoreWaitsForASecondPerson() {
      world.slip(ALPHA, "S-1", SEVEN, fiftyOne);
      world.slip(BETA, "S-1", EIGHT, fiftyOne);
      assertThat(world.reverse("indu-1", ALPHA, "S-1", fifty).state()).isEqualTo(State.REVERSED);
      assertThat(world.reverse("indu-2", BETA, "S-1", fiftyOne).state()).isEqualTo(State.PROPOSED);
      assertThat(world.balance(DUE_BACK)).isEqualTo(-50_000);

      ReversalId proposed = new ReversalId("indu-2");
      world
          .ledger
          .when(new ContestReversal(proposed, BETA, Optional.empty(), "venue"))
          .thenRefuses(REVERSAL_NOT_CONFIRMED);
      world
          .ledger
          .when(new ConfirmReversal(proposed, CLERK))
          .thenRefuses(SECOND_PERSON_REQUIRED)
          .saying("was proposed by you", "another clerk");
      ConfirmReversal second = new ConfirmReversal(proposed, SECOND);
      world.ledger.when(second).thenNeedsAnotherPersonThan(CLERK);
      Reversal confirmed = world.send(second);
      assertThat(confirmed.dueBackCents()).isEqualTo(51_000);
      assertThat(confirmed.confirmedBy()).contains(SECOND);
      world.ledger.when(new ConfirmReversal(proposed, THIRD)).thenAlreadyRecorded();
    }

    private State reversed(String id, VenueId venue, int... lines) {
      return world.reverse(id, venue, "S-1", lines).state();
    }

    @Test
    void inPartsItWaitsFromTheChequeThatGoesBeyondItOnThatDayForThatVenueAndThatClerk() {
      world.slip(ALPHA, "S-1", SEVEN, fiftyOne);
      world.slip(BETA, "S-1", EIGHT, fiftyOne);
      assertThat(reversed("indu-1", ALPHA, IntStream.rangeClosed(1, 25).toArray()))
          .isEqualTo(State.REVERSED);
      assertThat(reversed("indu-2", ALPHA, IntStream.rangeClosed(26, 49).toArray()))
          .isEqualTo(State.REVERSED);
      assertThat(reversed("indu-3", ALPHA, 50, 51)).as("510 €").isEqualTo(State.PROPOSED);
      world.send(new DropReversal(new ReversalId("indu-3"), CLERK));
      assertThat(reversed("indu-4", ALPHA, 50)).as("500 €").isEqualTo(State.REVERSED);
      assertThat(reversed("indu-5", BETA, 1)).as("another venue").isEqualTo(State.REVERSED);
      assertThat(reversed("indu-6", ALPHA, 51)).as("510 €").isEqualTo(State.PROPOSED);
      world.send(new DropReversal(new ReversalId("indu-6"), CLERK));
      assertThat(
              world
                  .send(
                      ReversalWorld.by(
                          SECOND, world.reversing("indu-7", BETA, "S-1", fiftyLater())))
                  .state())
          .as("another clerk")
          .isEqualTo(State.REVERSED);

      world.nextDay();
      assertThat(reversed("indu-8", ALPHA, 51)).as("another day").isEqualTo(State.REVERSED);
    }

    private static int[] fiftyLater() {
      return IntStream.rangeClosed(2, 51).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51})
    void ofTwoAtTheSameMomentTheSecondCountsTheFirstWhetherItWaitsOrNot(int cheques) {
      world.slip(ALPHA, "S-1", SEVEN, fiftyOne);
      world.slip(ALPHA, "S-2", EIGHT, fiftyOne);
      isDecidedAgain(
          world,
          world.reversing("indu-1", ALPHA, "S-1", Arrays.copyOf(fiftyOne, cheques)),
          world.reversing("indu-2", ALPHA, "S-2", 1));
      assertThat(world.read("indu-2").state()).isEqualTo(State.PROPOSED);
    }

    @Test
    void whatWaitsForASecondPersonCountsUntilItIsConfirmedOrGivenUp() {
      world.slip(ALPHA, "S-1", SEVEN, fiftyOne);
      world.slip(ALPHA, "S-2", EIGHT, fiftyOne);
      assertThat(reversed("indu-1", ALPHA, fiftyOne)).isEqualTo(State.PROPOSED);
      world.nextDay();
      assertThat(world.reverse("indu-2", ALPHA, "S-2", 1).state()).isEqualTo(State.PROPOSED);
      world.send(new ConfirmReversal(new ReversalId("indu-1"), SECOND));
      world.send(new DropReversal(new ReversalId("indu-2"), CLERK));
      assertThat(world.reverse("indu-3", ALPHA, "S-2", 1).state()).isEqualTo(State.REVERSED);
    }

    @Test
    void twoPartsAtTheSameMomentAreTakenTogether() {
      world.slip(ALPHA, "S-1", SEVEN, fifty);
      world.slip(ALPHA, "S-2", EIGHT, fifty);
      var race =
          world.ledger.race(
              world.reversing("indu-1", ALPHA, "S-1", fifty),
              world.reversing("indu-2", ALPHA, "S-2", fifty));
      assertThat(race.decidedAgain()).isTrue();
      assertThat(world.read("indu-1").state()).isEqualTo(State.REVERSED);
      assertThat(world.read("indu-2").state()).isEqualTo(State.PROPOSED);
    }

    @Test
    void whatWasPaidMeanwhileIsClaimed() {
      world.slip(ALPHA, "S-1", SEVEN, fiftyOne);
      world.reverse("indu-1", ALPHA, "S-1", fiftyOne);
      world.nextDay();
      world.pay("R-1");
      assertThat(world.send(new ConfirmReversal(new ReversalId("indu-1"), SECOND)).claimedCents())
          .isEqualTo(51_000);
    }
  }

  @Nested
  class WhenContested {
    private final ReversalId id = new ReversalId("indu-1");

    private void paidAndReversed() {
      world.slip(ALPHA, "S-1", SEVEN, 1);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
    }

    @Test
    void untilTheThirtiethDayAndNotTheDayAfter() {
      paidAndReversed();
      LocalDate reversedOn = world.today();
      world.begin(reversedOn.plusDays(31));
      world
          .ledger
          .when(new ContestReversal(id, ALPHA, Optional.empty(), "venue"))
          .thenRefuses(CONTEST_TOO_LATE)
          .saying(reversedOn.plusDays(30).toString());
      ReversalWorld other = new ReversalWorld();
      other.slip(ALPHA, "S-1", SEVEN, 1);
      other.reverse("indu-1", ALPHA, "S-1", 1);
      other.begin(START.plusDays(30));
      other.contest("indu-1", ALPHA);
      assertThat(other.read("indu-1").state()).isEqualTo(State.CONTESTED);
      other
          .ledger
          .when(new ContestReversal(id, ALPHA, Optional.empty(), "venue"))
          .thenAlreadyRecorded();
    }

    @Test
    void isDecidedByWhoHadNoPartInIt() {
      paidAndReversed();
      DecideContest lifting = new DecideContest(id, DecideContest.Outcome.LIFTED, THIRD);
      world.ledger.when(lifting).thenRefuses(NOT_CONTESTED);
      world.contest("indu-1", ALPHA);
      world
          .ledger
          .when(new DecideContest(id, DecideContest.Outcome.LIFTED, CLERK))
          .thenRefuses(SECOND_PERSON_REQUIRED)
          .saying("you had a part", "another clerk");
      world.ledger.when(lifting).thenNeedsAnotherPersonThan(CLERK);
      world.send(lifting);
      world.ledger.when(lifting).thenAlreadyRecorded();
      world
          .ledger
          .when(new DecideContest(id, DecideContest.Outcome.UPHELD, THIRD))
          .thenRefuses(CONTEST_ALREADY_DECIDED);
    }

    @Test
    void liftedWhileClaimedTheVenueKeepsItsMoney() {
      paidAndReversed();
      world.contest("indu-1", ALPHA);
      assertThat(world.lift("indu-1").forgivenCents()).isEqualTo(1_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(TO_RECOVER)).isZero();
      assertThat(world.balance(TITLES_VOID)).isZero();
      assertThat(world.balance(TITLES_PAID)).isEqualTo(1_000);
      world.slip(ALPHA, "S-2", SEVEN, 2);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).isEmpty();
    }

    @Test
    void whatAVenueContestsIsNettedOnceItIsUpheldAndNotBefore() {
      paidAndReversed();
      world.contest("indu-1", ALPHA);
      world.slip(ALPHA, "S-2", EIGHT, 1);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).isEmpty();
      world.cancel("R-2");

      world.send(new DecideContest(id, DecideContest.Outcome.UPHELD, THIRD));
      assertThat(world.open("R-3").orElseThrow().nettings()).hasSize(1);
    }

    @Test
    void contestedAfterTheRunWasOpenedItIsNotReleasedUntilTheContestIsDecided() {
      paidAndReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1);
      world.nextDay();
      world.open("R-2");
      world.contest("indu-1", ALPHA);

      world
          .ledger
          .when(new ReleaseSettlementRun(new SettlementRunId("R-2"), SECOND))
          .thenRefuses(SettlementParts.NETTING_CONTESTED)
          .saying("indu-1", "cancel the run");
      world
          .ledger
          .when(new DecideContest(id, DecideContest.Outcome.LIFTED, THIRD))
          .thenRefuses(REVERSAL_BEING_NETTED);
      world.send(new DecideContest(id, DecideContest.Outcome.UPHELD, THIRD));
      world.release("R-2");
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    }

    @Test
    void aContestAtTheMomentOfARunOrItsReleaseHasItDecidedAgain() {
      paidAndReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1);
      world.nextDay();
      ContestReversal contest = new ContestReversal(id, ALPHA, Optional.empty(), "venue");
      isDecidedAgain(
          world,
          contest,
          new OpenSettlementRun(new SettlementRunId("R-2"), PASS, world.today(), CLERK));

      ReversalWorld other = new ReversalWorld();
      other.slip(ALPHA, "S-1", SEVEN, 1);
      other.nextDay();
      other.pay("R-1");
      other.reverse("indu-1", ALPHA, "S-1", 1);
      other.slip(ALPHA, "S-2", EIGHT, 1);
      other.nextDay();
      other.open("R-2");
      assertThat(
              isDecidedAgain(
                  other, contest, new ReleaseSettlementRun(new SettlementRunId("R-2"), SECOND)))
          .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void liftedAfterItWasNettedTheVenueIsOwedAgainAndPaidByTheNextRun() {
      paidAndReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1);
      world.nextDay();
      world.open("R-2");
      world.release("R-2");
      world.contest("indu-1", ALPHA);
      assertThat(world.lift("indu-1").owedAgainCents()).isEqualTo(1_000);
      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-1_000);

      world.nextDay();
      SettlementRunOpened run = world.pay("R-3");
      assertThat(run.transfers().getFirst().amountCents()).isEqualTo(1_000);
      assertThat(run.transfers().getFirst().slips().getFirst().reference().value())
          .isEqualTo("S-1");
      assertThat(world.balance(VENUE_PAYABLE)).isZero();
      assertThat(world.balance(TITLES_VOID)).isZero();
      assertThat(world.balance(TITLES_PAID)).isEqualTo(2_000);
      assertThat(world.balance(TITLES_REDEEMED)).isZero();
    }

    @Test
    void isNotLiftedWhileTheTransferThatItIsNettedWithMayStillBeRejected() {
      paidAndReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.nextDay();
      TransferId transfer = world.open("R-2").orElseThrow().transfers().getFirst().transfer();
      world.release("R-2");
      world.contest("indu-1", ALPHA);
      DecideContest lifting = new DecideContest(id, DecideContest.Outcome.LIFTED, THIRD);
      world
          .ledger
          .when(lifting)
          .thenRefuses(REVERSAL_BEING_NETTED)
          .saying("line 1 of reversal indu-1", "end of the transfer");

      world.reject("R-2", transfer);
      assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_000);
      assertThat(world.lift("indu-1").forgivenCents()).isEqualTo(1_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(TO_RECOVER)).isZero();
      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-2_000);
    }

    @Test
    void isLiftedOnceTheTransferThatItWasNettedWithIsPaid() {
      paidAndReversed();
      world.slip(ALPHA, "S-2", EIGHT, 1, 2);
      world.nextDay();
      TransferId transfer = world.open("R-2").orElseThrow().transfers().getFirst().transfer();
      world.release("R-2");
      world.contest("indu-1", ALPHA);
      world.confirm("R-2", transfer);
      assertThat(world.lift("indu-1").owedAgainCents()).isEqualTo(1_000);
      assertThat(world.balance(DUE_BACK)).isZero();
      assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-1_000);
    }
  }

  @Nested
  class ByDebitNote {
    private final IssueDebitNote note =
        new IssueDebitNote(new DebitNoteId("titre-1"), ALPHA, PASS, CLERK);

    @Test
    void isNotAskedForWhatTheVenueContestsUntilThatIsDecided() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.contest("indu-1", ALPHA);
      world.begin(world.today().plusDays(90));
      world.ledger.when(note).thenRefuses(NOTHING_TO_CLAIM).saying("indu-1", "contest");
      ReversalId contested = new ReversalId("indu-1");
      world.send(new DecideContest(contested, DecideContest.Outcome.UPHELD, THIRD));
      assertThat(world.send(note).cents()).isEqualTo(1_000);
    }

    @Test
    void leavesWhatIsContestedOutAndAsksForTheRest() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.reverse("indu-2", ALPHA, "S-1", 2);
      world.contest("indu-1", ALPHA);
      world.begin(world.today().plusDays(90));
      assertThat(world.send(note).lines())
          .extracting(DebitNoteIssued.Line::reversal)
          .containsExactly(new ReversalId("indu-2"));
      assertThat(world.lift("indu-1").forgivenCents()).isEqualTo(1_000);
    }

    @Test
    void ofWhatIsContestedOrDecidedAtThatMomentItIsDecidedAgain() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1);
      world.reverse("indu-2", ALPHA, "S-1", 2);
      world.contest("indu-2", ALPHA);
      world.begin(world.today().plusDays(90));
      ReversalId one = new ReversalId("indu-1");
      ReversalId two = new ReversalId("indu-2");
      // Recorded late: taken in the last second of the deadline.
      world
          .ledger
          .when(note)
          .thenIsDecidedAgainAfter(new ReversalContested(one, ALPHA, "venue", Optional.empty()));
      world.ledger.when(note).thenIsDecidedAgainAfter(new ReversalUpheld(two, ALPHA, THIRD));
    }

    @Test
    void isAskedForFromTheNinetiethDayAndNotTheDayBefore() {
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.nextDay();
      world.pay("R-1");
      world.reverse("indu-1", ALPHA, "S-1", 1, 2);
      LocalDate reversedOn = world.today();
      world.begin(reversedOn.plusDays(89));
      world.ledger.when(note).thenRefuses(NOTHING_TO_CLAIM);
      world.begin(reversedOn.plusDays(90));
      assertThat(world.send(note).cents()).isEqualTo(2_000);
      world.ledger.when(note).thenAlreadyRecorded();

      world.slip(ALPHA, "S-2", SEVEN, 3);
      world.nextDay();
      assertThat(world.open("R-2").orElseThrow().nettings()).isEmpty();
      world.release("R-2");

      DebitNotePaid paid =
          world.send(new RecordDebitNotePayment(new DebitNoteId("titre-1"), world.today(), CLERK));
      assertThat(paid.cents()).isEqualTo(2_000);
      assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
      assertThat(world.balance(DUE_BACK)).isEqualTo(-2_000);
      world
          .ledger
          .when(new RecordDebitNotePayment(new DebitNoteId("titre-1"), world.today(), SECOND))
          .thenAlreadyRecorded();
    }
  }

  /**
   * Any order of slips, runs, releases, cancellations, ends of transfers, reversals, contests and
   * debit notes: no cent is lost and nobody is paid twice.
   */
  @Test
  void whateverHappensEveryCentIsSomewhere() {
    for (int round = 0; round < 25; round++) {
      long seed = Long.getLong("seed", System.nanoTime());
      play(seed);
    }
  }

  private static void play(long seed) {
    Random random = new Random(seed);
    ReversalWorld world = new ReversalWorld();
    List<String> slips = new ArrayList<>();
    Map<String, Integer> sizes = new HashMap<>();
    List<String> open = new ArrayList<>();
    List<String> released = new ArrayList<>();
    Map<TransferId, String> inTransit = new HashMap<>();
    List<TransferId> rejected = new ArrayList<>();
    List<TransferId> paid = new ArrayList<>();
    List<String> reversals = new ArrayList<>();
    Map<LocalDate, Long> shownLate = new HashMap<>();
    int cheque = 0;
    for (int step = 0; step < 150; step++) {
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          int lines = 1 + random.nextInt(4);
          int[] ordinals = new int[lines];
          for (int i = 0; i < lines; i++) {
            ordinals[i] = ++cheque;
          }
          var venue = random.nextBoolean() ? ALPHA : BETA;
          world.slip(venue, "S-" + step, random.nextBoolean() ? SEVEN : EIGHT, ordinals);
          slips.add(venue + " S-" + step);
          sizes.put(venue + " S-" + step, lines);
        }
        case 2 -> world.nextDay();
        case 3 -> {
          String id = "R-" + step;
          world
              .open(id)
              .ifPresent(
                  run -> {
                    open.add(id);
                    run.transfers().forEach(t -> inTransit.put(t.transfer(), id));
                  });
        }
        case 4 -> {
          if (!open.isEmpty()) {
            String id = open.removeFirst();
            if (random.nextInt(3) == 0 || !world.canBeReleased(id)) {
              world.cancel(id);
              inTransit.values().removeIf(id::equals);
            } else if (random.nextInt(3) == 0 && inTransit.containsValue(id)) {
              world.releaseAlone(id);
              released.add(id);
            } else {
              world.release(id);
            }
          } else if (!released.isEmpty()) {
            // Of which nobody had the file.
            String id = released.removeFirst();
            if (random.nextBoolean()) {
              world.cancel(id);
              inTransit.values().removeIf(id::equals);
            } else {
              world.handOut(id);
            }
          }
        }
        case 5 -> {
          for (var transfer : List.copyOf(inTransit.entrySet())) {
            if (open.contains(transfer.getValue())
                || released.contains(transfer.getValue())
                || random.nextBoolean()) {
              continue;
            }
            inTransit.remove(transfer.getKey());
            if (random.nextInt(3) == 0) {
              world.reject(transfer.getValue(), transfer.getKey());
              rejected.add(transfer.getKey());
              world.ledger.given(
                  new VenueAccountOpened(ALPHA, new VaultReference("a-" + step), "iban-a" + step),
                  new VenueAccountOpened(BETA, new VaultReference("b-" + step), "iban-b" + step));
            } else {
              world.confirm(transfer.getValue(), transfer.getKey());
              paid.add(transfer.getKey());
            }
          }
          if (!paid.isEmpty() && random.nextInt(3) == 0) {
            world.comeBack(paid.remove(random.nextInt(paid.size())));
            world.ledger.given(
                new VenueAccountOpened(ALPHA, new VaultReference("c-" + step), "iban-c" + step),
                new VenueAccountOpened(BETA, new VaultReference("d-" + step), "iban-d" + step));
          }
          rejected.removeIf(id -> random.nextInt(3) == 0 && world.payAfterRejection(id));
        }
        case 6, 7 -> {
          if (!slips.isEmpty()) {
            String slip = slips.get(random.nextInt(slips.size()));
            String[] named = slip.split(" ");
            int line = 1 + random.nextInt(sizes.get(slip));
            String id = "indu-" + step;
            var venue = named[0].equals(ALPHA.value()) ? ALPHA : BETA;
            if (world.ledger.send(world.reversing(id, venue, named[1], line))
                instanceof Outcome.Recorded<Reversal>) {
              reversals.add(id + " " + named[0]);
            }
          }
        }
        case 8 -> {
          if (!reversals.isEmpty()) {
            String[] named = reversals.get(random.nextInt(reversals.size())).split(" ");
            var venue = named[1].equals(ALPHA.value()) ? ALPHA : BETA;
            ReversalId id = new ReversalId(named[0]);
            world.ledger.send(new ContestReversal(id, venue, Optional.empty(), "venue"));
            world.ledger.send(
                new DecideContest(
                    id,
                    random.nextInt(3) == 0
                        ? DecideContest.Outcome.UPHELD
                        : DecideContest.Outcome.LIFTED,
                    THIRD));
          }
        }
        default -> {
          if (random.nextInt(8) == 0) {
            world.begin(world.today().plusDays(91));
            DebitNoteId note = new DebitNoteId("titre-" + step);
            world.ledger.send(
                new IssueDebitNote(note, random.nextBoolean() ? ALPHA : BETA, PASS, CLERK));
            ReversalRegister.Note issued = world.register.note(note);
            if (issued != null && random.nextBoolean()) {
              long asked = world.register.openCents(issued);
              world.payPart(note, 1 + random.nextInt((int) asked));
            }
            if (random.nextBoolean()) {
              world.ledger.send(new RecordDebitNotePayment(note, world.today(), CLERK));
            }
          }
        }
      }
      holds(world, "seed %d, step %d".formatted(seed, step), cheque);
      LocalDate today = world.today();
      shownLate.put(today, world.settlement.unpaidLateCents(today));
      assertThat(world.settlement.openLateCents(today, today))
          .as("seed %d, step %d: unpaid after its last day", seed, step)
          .isEqualTo(shownLate.get(today));
    }
    shownLate.forEach(
        (day, cents) ->
            assertThat(world.settlement.openLateCents(day, world.today()))
                .as("seed %d: what was shown as unpaid after its last day on %s", seed, day)
                .isEqualTo(cents));
  }

  /** Of a slip it sums to what was accepted, and of a venue to what the books say. */
  private static void eachSlipTellsWhereItsMoneyIs(
      ReversalWorld world, String when, Map<Account, Long> accounts) {
    Map<String, Long> told = new TreeMap<>();
    for (int position = 1; position <= world.ledger.facts().size(); position++) {
      if (world.ledger.facts().get(position - 1) instanceof SlipJudged slip) {
        List<SlipPart> parts = world.settlement.slip(position);
        assertThat(parts.stream().mapToLong(SlipPart::cents).sum())
            .as("%s: slip %s: %s", when, slip.reference(), parts)
            .isEqualTo(slip.acceptedCents());
        for (SlipPart part : parts) {
          assertThat(part.reversedCents()).as(when).isBetween(0L, Math.max(0, part.cents()));
          AccountKind kind = accountOf(part);
          if (kind != null) {
            told.merge(slip.venue() + " " + kind, -part.cents(), Long::sum);
          }
        }
      }
    }
    Map<String, Long> booked = new TreeMap<>();
    accounts.forEach(
        (account, cents) -> {
          if (account.kind() == VENUE_PAYABLE || account.kind() == TRANSFER_IN_TRANSIT) {
            booked.merge(account.venue() + " " + account.kind(), cents, Long::sum);
          }
        });
    booked.values().removeIf(cents -> cents == 0);
    assertThat(told).as(when).isEqualTo(booked);
  }

  private static @Nullable AccountKind accountOf(SlipPart part) {
    return switch (part.state()) {
      case OWED, SENT_BACK -> VENUE_PAYABLE;
      case IN_RUN -> part.transferId().isPresent() ? TRANSFER_IN_TRANSIT : VENUE_PAYABLE;
      case RELEASED, SENT -> TRANSFER_IN_TRANSIT;
      case PAID, NETTED, REVERSED, GIVEN_BACK, WITHDRAWN, REFUSED, WAIVED -> null;
    };
  }

  private static void holds(ReversalWorld world, String when, int cheques) {
    for (Fact fact : world.ledger.facts()) {
      assertThat(Postings.of(fact).stream().mapToLong(Entry::cents).sum()).as(when).isZero();
    }
    Map<Account, Long> accounts = world.accounts();
    Map<String, Long> chains = new HashMap<>();
    Map<AccountKind, Long> kinds = new HashMap<>();
    accounts.forEach(
        (account, cents) -> {
          kinds.merge(account.kind(), cents, Long::sum);
          switch (account.kind()) {
            case BANK,
                CHEQUES_OUTSTANDING,
                FUNDER_CREDIT,
                VENUE_PAYABLE,
                TRANSFER_IN_TRANSIT,
                DUE_BACK ->
                chains.merge(account.agreement() + "/" + account.funder(), cents, Long::sum);
            case TITLES_REDEEMED, TITLES_PAID, TITLES_VOID, RECEIVABLE_IF_PAID ->
                assertThat(cents).as("%s: %s", when, account).isNotNegative();
            default -> {}
          }
          switch (account.kind()) {
            case VENUE_PAYABLE, TRANSFER_IN_TRANSIT, TO_RECOVER ->
                assertThat(cents).as("%s: %s", when, account).isNotPositive();
            default -> {}
          }
        });
    chains.forEach((chain, cents) -> assertThat(cents).as("%s: %s", when, chain).isZero());
    assertThat(
            kinds.getOrDefault(TITLES_REDEEMED, 0L)
                + kinds.getOrDefault(TITLES_PAID, 0L)
                + kinds.getOrDefault(TITLES_VOID, 0L))
        .as(when)
        .isEqualTo(cheques * 1_000L);
    assertThat(
            kinds.getOrDefault(VENUE_RECEIVABLE, 0L) + kinds.getOrDefault(RECEIVABLE_IF_PAID, 0L))
        .as(when)
        .isEqualTo(-kinds.getOrDefault(TO_RECOVER, 0L));
    assertThat(kinds.getOrDefault(TITLES_REDEEMED, 0L) + kinds.getOrDefault(RECEIVABLE_IF_PAID, 0L))
        .as("%s: what is owed or in transit is for lines with a title, or is told apart", when)
        .isEqualTo(
            -kinds.getOrDefault(VENUE_PAYABLE, 0L) - kinds.getOrDefault(TRANSFER_IN_TRANSIT, 0L));
    assertThat(
            kinds.getOrDefault(BANK, 0L)
                + kinds.getOrDefault(TITLES_PAID, 0L)
                + kinds.getOrDefault(VENUE_RECEIVABLE, 0L))
        .as("%s: what left the account is paid, or to be given back", when)
        .isZero();
    long planned =
        world.ledger.facts(SettlementRunOpened.class).stream()
            .filter(run -> world.isOpen(run.run()))
            .flatMap(run -> run.nettings().stream())
            .mapToLong(Netting::cents)
            .sum();
    assertThat(world.settlement.unpaidCents(PASS) + planned)
        .as(when)
        .isEqualTo(-kinds.getOrDefault(VENUE_PAYABLE, 0L));
    assertThat(kinds.getOrDefault(TRANSFER_IN_TRANSIT, 0L)).as(when).isNotPositive();
    eachSlipTellsWhereItsMoneyIs(world, when, accounts);
    assertThat(kinds.getOrDefault(FUNDER_CREDIT, 0L) + kinds.getOrDefault(CHEQUES_OUTSTANDING, 0L))
        .as(when)
        .isEqualTo(cheques * 1_000L);
  }
}
