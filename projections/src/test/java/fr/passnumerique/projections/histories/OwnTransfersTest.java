package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.reversal.ReversedLine.Standing;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.projections.FoundWrong;
import fr.passnumerique.projections.FoundWrong.Kept;
import fr.passnumerique.projections.Story;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One line of a slip whose other lines are paid, come back and are paid again. */
class OwnTransfersTest {
  private static final long SLIP = 1;
  private static final Instant AT = Instant.parse("2026-04-01T08:00:00Z");
  private static final LocalDate ON = LocalDate.of(2026, 4, 1);

  private final SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
  private final FoundWrong wrong = new FoundWrong(slip, SLIP);
  private final List<RecordedFact> facts = new ArrayList<>();
  private final Map<Long, List<HistoryEvent>> transfers = new TreeMap<>();
  private long position;

  OwnTransfersTest() {
    told(slip);
  }

  private long told(Fact fact) {
    facts.add(new RecordedFact(++position, AT, fact));
    return position;
  }

  private void of(long owed, HistoryEvent event) {
    transfers.computeIfAbsent(owed, _ -> new ArrayList<>()).add(event);
  }

  private void ordered(long owed, String run) {
    of(owed, new HistoryEvent.TransferOrdered(++position, AT, run, run + "-1", ON));
  }

  private void paid(String run) {
    of(SLIP, new HistoryEvent.Paid(++position, AT, run, run + "-1", ON));
  }

  private void rejected(String run) {
    of(SLIP, new HistoryEvent.TransferRejected(++position, AT, run, run + "-1", ON, "AC04"));
  }

  private void returned(String run) {
    of(SLIP, new HistoryEvent.TransferReturned(++position, AT, run, run + "-1", ON, "AC04"));
  }

  private void cancelled(String run) {
    of(SLIP, new HistoryEvent.RunCancelled(++position, AT, run, run + "-1"));
  }

  /** Of which runs, in the order in which it was told. */
  private List<String> own() {
    return OwnTransfers.of(transfers, facts, Story.serial(1)).stream()
        .map(
            event ->
                switch (event) {
                  case HistoryEvent.TransferOrdered e -> e.run() + " ordered";
                  case HistoryEvent.Paid e -> e.run() + " paid";
                  case HistoryEvent.TransferRejected e -> e.run() + " rejected";
                  case HistoryEvent.TransferReturned e -> e.run() + " returned";
                  case HistoryEvent.RunCancelled e -> e.run() + " cancelled";
                  default -> event.toString();
                })
        .toList();
  }

  @Test
  void untilItIsPaidEveryTransferOfItsSlipPaysIt() {
    ordered(SLIP, "R-1");
    rejected("R-1");
    ordered(SLIP, "R-2");
    cancelled("R-2");
    ordered(SLIP, "R-3");
    paid("R-3");
    returned("R-3");
    ordered(SLIP, "R-4");
    paid("R-4");

    assertThat(own())
        .containsExactly(
            "R-1 ordered",
            "R-1 rejected",
            "R-2 ordered",
            "R-2 cancelled",
            "R-3 ordered",
            "R-3 paid",
            "R-3 returned",
            "R-4 ordered",
            "R-4 paid");
  }

  @Test
  void reversedBeforeItIsPaidItIsPaidByNone() {
    told(wrong.reversed(Standing.OWED));
    ordered(SLIP, "R-1");
    paid("R-1");

    assertThat(own()).isEmpty();
  }

  @Test
  void reversedOnItsWayItComesToNothingWithItsTransfer() {
    ordered(SLIP, "R-1");
    told(wrong.reversed(Standing.IN_TRANSIT));
    rejected("R-1");
    ordered(SLIP, "R-2");
    paid("R-2");

    assertThat(own()).containsExactly("R-1 ordered", "R-1 rejected");
  }

  /** That an earlier transfer had come back does not bring this one's line back. */
  @Test
  void reversedOnItsWayASecondTimeItComesToNothingAllTheSame() {
    ordered(SLIP, "R-1");
    paid("R-1");
    returned("R-1");
    ordered(SLIP, "R-2");
    told(wrong.reversed(Standing.IN_TRANSIT));
    rejected("R-2");
    ordered(SLIP, "R-3");
    paid("R-3");

    assertThat(own())
        .containsExactly("R-1 ordered", "R-1 paid", "R-1 returned", "R-2 ordered", "R-2 rejected");
  }

  @Test
  void reversedOnItsWayInARunThatIsCancelledItComesToNothing() {
    ordered(SLIP, "R-1");
    told(wrong.reversed(Standing.IN_TRANSIT));
    cancelled("R-1");
    ordered(SLIP, "R-2");

    assertThat(own()).containsExactly("R-1 ordered", "R-1 cancelled");
  }

  @Test
  void reversedOnItsWayAndPaidItIsOwedAgainWhenItComesBack() {
    ordered(SLIP, "R-1");
    told(wrong.reversed(Standing.IN_TRANSIT));
    paid("R-1");
    returned("R-1");
    ordered(SLIP, "R-2");
    rejected("R-2");
    ordered(SLIP, "R-3");

    assertThat(own())
        .containsExactly(
            "R-1 ordered",
            "R-1 paid",
            "R-1 returned",
            "R-2 ordered",
            "R-2 rejected",
            "R-3 ordered");
  }

  @Test
  void paidAfterItsRejectionItIsTold() {
    ordered(SLIP, "R-1");
    told(wrong.reversed(Standing.IN_TRANSIT));
    rejected("R-1");
    paid("R-1");

    assertThat(own()).containsExactly("R-1 ordered", "R-1 rejected", "R-1 paid");
  }

  @Test
  void paidItIsInNoOtherTransferOfItsSlip() {
    ordered(SLIP, "R-1");
    paid("R-1");
    ordered(SLIP, "R-2");
    paid("R-2");

    assertThat(own()).containsExactly("R-1 ordered", "R-1 paid");
  }

  @Test
  void liftedOnItsWayItIsPaidAsAnyOther() {
    ordered(SLIP, "R-1");
    told(wrong.reversed(Standing.IN_TRANSIT));
    told(wrong.lifted(Kept.UNPAID));
    rejected("R-1");
    ordered(SLIP, "R-2");

    assertThat(own()).containsExactly("R-1 ordered", "R-1 rejected", "R-2 ordered");
  }

  @Test
  void liftedSinceItCameBackToTheFundersItIsPaidUnderItsLift() {
    told(wrong.reversed(Standing.OWED));
    long lifted = told(wrong.lifted(Kept.OWED_AGAIN));
    ordered(SLIP, "R-1");
    ordered(lifted, "R-2");

    assertThat(own()).containsExactly("R-2 ordered");
  }

  @Test
  void liftedOfALineThatWasPaidBackInPartItIsPaidUnderBoth() {
    ordered(SLIP, "R-1");
    paid("R-1");
    told(wrong.reversed(Standing.PAID));
    returned("R-1");
    long lifted = told(wrong.liftedInParts(slip.owed().subList(0, 1), slip.owed().subList(1, 2)));
    ordered(SLIP, "R-2");
    ordered(lifted, "R-3");

    assertThat(own())
        .containsExactly("R-1 ordered", "R-1 paid", "R-1 returned", "R-2 ordered", "R-3 ordered");
  }

  @Test
  void nettedItIsInNoTransferOfItsRunNorOfALaterOne() {
    told(opened("R-1"));
    ordered(SLIP, "R-1");
    told(released("R-1"));
    paid("R-1");
    ordered(SLIP, "R-2");

    assertThat(own()).isEmpty();
  }

  /** As ledgers are read whose openings were folded by a release that did not keep them. */
  @Test
  void nettedItIsKnownByItsReleaseToo() {
    ordered(SLIP, "R-1");
    told(released("R-1"));
    paid("R-1");

    assertThat(own()).isEmpty();
  }

  @Test
  void toBeNettedByARunThatIsCancelledItIsPaidByTheNext() {
    told(opened("R-1"));
    ordered(SLIP, "R-1");
    cancelled("R-1");
    ordered(SLIP, "R-2");

    assertThat(own()).containsExactly("R-2 ordered");
  }

  @Test
  void itsNettingUndoneItIsOwedAgain() {
    told(opened("R-1"));
    ordered(SLIP, "R-1");
    told(released("R-1"));
    TransferRejected plain = Story.rejected(run("R-1"), Story.LIBRARY);
    told(
        new TransferRejected(
            plain.run(),
            plain.transfer(),
            plain.rejectedOn(),
            plain.reason(),
            plain.closedAccount(),
            plain.amountCents(),
            plain.slips(),
            plain.parts(),
            List.of(),
            List.of(netting())));
    ordered(SLIP, "R-2");

    assertThat(own()).containsExactly("R-2 ordered");
  }

  @Test
  void itsNettingUndoneByACancellationAfterTheReleaseItIsOwedAgain() {
    told(opened("R-1"));
    ordered(SLIP, "R-1");
    told(released("R-1"));
    SettlementRunOpened run = run("R-1");
    told(
        new SettlementRunCancelled(
            run.run(),
            run.programme(),
            "clerk",
            1,
            1,
            List.of(),
            List.of(),
            List.of(netting()),
            List.of()));
    ordered(SLIP, "R-2");

    assertThat(own()).containsExactly("R-2 ordered");
  }

  private Netting netting() {
    return new Netting(
        slip.venue(),
        Optional.empty(),
        List.of(
            new SettlementRunOpened.PaidSlip(
                slip.venue(), slip.reference(), SLIP, slip.acceptedCents())),
        slip.acceptedCheques(),
        slip.owed(),
        List.of(),
        List.of());
  }

  private SettlementRunOpened run(String run) {
    return Story.run(run, Map.of(SLIP, slip));
  }

  private SettlementRunOpened opened(String id) {
    SettlementRunOpened run = run(id);
    return new SettlementRunOpened(
        run.run(),
        run.programme(),
        run.cutOff(),
        run.executionOn(),
        run.transfers(),
        run.unpayable(),
        run.openedBy(),
        run.continuedIn(),
        run.belowMinimum(),
        List.of(netting()));
  }

  private SettlementRunReleased released(String run) {
    return new SettlementRunReleased(
        run(run).run(), "clerk-2", ON, List.of(netting()), Optional.empty());
  }
}
