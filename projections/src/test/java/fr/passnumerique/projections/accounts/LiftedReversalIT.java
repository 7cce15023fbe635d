package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.reversal.ReversedLine.Standing;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.FoundWrong;
import fr.passnumerique.projections.FoundWrong.Kept;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import fr.passnumerique.projections.accounts.Reconciliation.Stage;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One cheque of 10 €, whose accepted line is reversed, and the reversal lifted. */
class LiftedReversalIT {
  private static final long PAID_IN = 1_050_000;

  private TestDatabase database;
  private TestLedger ledger;
  private BalancesQuery balances;
  private ReconciliationQuery reconciliations;
  private SlipJudged slip;
  private FoundWrong wrong;
  private long accepted;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    balances = new BalancesQuery(database.reader());
    reconciliations = new ReconciliationQuery(database.reader());
    ledger.record(Story.untilHandedOut());
    slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    accepted = ledger.record(slip);
    wrong = new FoundWrong(slip, accepted);
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void beforeItWasPaidItIsOwedAgainAndPaidOnce() throws Exception {
    SettlementRunOpened run = Story.run("R-1", Map.of(accepted, slip));
    told(
        wrong.reversed(Standing.OWED),
        wrong.lifted(Kept.OWED_AGAIN),
        run,
        Story.executed(run, Story.LIBRARY),
        Story.debited(run, Story.LIBRARY));

    assertThat(shown(accepted, 6))
        .containsExactly(
            tuple(1_000L, 1_000L, 0L, 0L, 0L, 0L, PAID_IN),
            tuple(0L, 0L, 0L, 0L, 1_000L, 0L, PAID_IN),
            tuple(1_000L, 1_000L, 0L, 0L, 0L, 0L, PAID_IN),
            tuple(1_000L, 0L, 1_000L, 0L, 0L, 0L, PAID_IN),
            tuple(1_000L, 0L, 0L, 1_000L, 0L, 0L, PAID_IN),
            tuple(1_000L, 0L, 0L, 1_000L, 0L, 0L, PAID_IN - 1_000));
  }

  @Test
  void afterItWasPaidTheVenueKeepsItAndItIsPaid() throws Exception {
    SettlementRunOpened run = Story.run("R-1", Map.of(accepted, slip));
    told(
        run,
        Story.confirmed(run, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        wrong.lifted(Kept.PAID));

    assertThat(shown(accepted + 2, 3))
        .containsExactly(
            tuple(1_000L, 0L, 0L, 1_000L, 0L, 0L, PAID_IN - 1_000),
            tuple(0L, 0L, 0L, 0L, 1_000L, 1_000L, PAID_IN - 1_000),
            tuple(1_000L, 0L, 0L, 1_000L, 0L, 0L, PAID_IN - 1_000));
  }

  @Test
  void afterItWasNettedItIsOwedAgainAndPaidASecondTime() throws Exception {
    SettlementRunOpened first = Story.run("R-1", Map.of(accepted, slip));
    SlipJudged later = Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 2, 2);
    SettlementRunOpened last = Story.run("R-3", Map.of(accepted, slip));
    told(
        first,
        Story.confirmed(first, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        later,
        wrong.netted(later, "R-2"),
        wrong.lifted(Kept.OWED_AGAIN),
        last,
        Story.confirmed(last, Story.LIBRARY));

    assertThat(shown(accepted + 3, 6))
        .containsExactly(
            tuple(0L, 0L, 0L, 0L, 1_000L, 1_000L, PAID_IN - 1_000),
            tuple(1_000L, 1_000L, 0L, 0L, 1_000L, 1_000L, PAID_IN - 1_000),
            tuple(1_000L, 0L, 0L, 1_000L, 1_000L, 0L, PAID_IN - 1_000),
            tuple(2_000L, 1_000L, 0L, 1_000L, 0L, 0L, PAID_IN - 1_000),
            tuple(2_000L, 0L, 1_000L, 1_000L, 0L, 0L, PAID_IN - 1_000),
            tuple(2_000L, 0L, 0L, 2_000L, 0L, 0L, PAID_IN - 2_000));
  }

  @Test
  void onItsWayItIsToldApartAndToBeGivenBackOnceItIsPaid() throws Exception {
    SettlementRunOpened run = Story.run("R-1", Map.of(accepted, slip));
    told(run, wrong.reversed(Standing.IN_TRANSIT), confirmedVoid(run));

    assertThat(shown(accepted + 1, 3))
        .containsExactly(
            tuple(1_000L, 0L, 1_000L, 0L, 0L, 0L, PAID_IN),
            tuple(0L, 0L, 1_000L, 0L, 1_000L, 0L, PAID_IN),
            tuple(0L, 0L, 0L, 0L, 1_000L, 1_000L, PAID_IN - 1_000));
    assertThat(untitled(accepted + 1, 3)).containsExactly(0L, 1_000L, 0L);
  }

  @Test
  void onItsWayItIsPaidWithItsTransferAndNotBefore() throws Exception {
    SettlementRunOpened run = Story.run("R-1", Map.of(accepted, slip));
    told(
        run,
        wrong.reversed(Standing.IN_TRANSIT),
        wrong.lifted(Kept.UNPAID),
        Story.confirmed(run, Story.LIBRARY));

    assertThat(shown(accepted + 2, 3))
        .containsExactly(
            tuple(0L, 0L, 1_000L, 0L, 1_000L, 0L, PAID_IN),
            tuple(1_000L, 0L, 1_000L, 0L, 0L, 0L, PAID_IN),
            tuple(1_000L, 0L, 0L, 1_000L, 0L, 0L, PAID_IN - 1_000));
    assertThat(untitled(accepted + 2, 3)).containsExactly(1_000L, 0L, 0L);
  }

  @Test
  void comeBackSinceItWasReversedItIsPaidOnceItIsPaidAgain() throws Exception {
    SettlementRunOpened first = Story.run("R-1", Map.of(accepted, slip));
    SettlementRunOpened again = Story.run("R-2", Map.of(accepted, slip));
    told(
        first,
        Story.confirmed(first, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        cameBackVoid(first),
        wrong.lifted(Kept.UNPAID),
        again,
        Story.confirmed(again, Story.LIBRARY));

    assertThat(shown(accepted + 3, 5))
        .containsExactly(
            tuple(0L, 0L, 0L, 0L, 1_000L, 1_000L, PAID_IN - 1_000),
            tuple(0L, 1_000L, 0L, 0L, 1_000L, 0L, PAID_IN),
            tuple(1_000L, 1_000L, 0L, 0L, 0L, 0L, PAID_IN),
            tuple(1_000L, 0L, 1_000L, 0L, 0L, 0L, PAID_IN),
            tuple(1_000L, 0L, 0L, 1_000L, 0L, 0L, PAID_IN - 1_000));
    assertThat(untitled(accepted + 3, 5)).containsExactly(0L, 1_000L, 0L, 0L, 0L);
  }

  @Test
  void comeBackSinceItWasNettedTheVenueIsToHaveAgainWhatItGaveBack() throws Exception {
    SettlementRunOpened first = Story.run("R-1", Map.of(accepted, slip));
    SlipJudged later = Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 2, 2);
    SettlementRunOpened again = Story.run("R-3", Map.of(accepted, slip));
    told(
        first,
        Story.confirmed(first, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        later,
        wrong.netted(later, "R-2"),
        cameBackVoid(first),
        again,
        confirmedVoid(again));

    assertThat(shown(accepted + 5, 4))
        .containsExactly(
            tuple(1_000L, 0L, 0L, 1_000L, 1_000L, 0L, PAID_IN - 1_000),
            tuple(1_000L, 1_000L, 0L, 1_000L, 1_000L, -1_000L, PAID_IN),
            tuple(1_000L, 0L, 1_000L, 1_000L, 1_000L, -1_000L, PAID_IN),
            tuple(1_000L, 0L, 0L, 1_000L, 1_000L, 0L, PAID_IN - 1_000));
    assertThat(untitled(accepted + 5, 4)).containsExactly(0L, 1_000L, 1_000L, 0L);
  }

  private List<Long> untitled(long from, int positions) {
    return Stream.iterate(from, position -> position + 1)
        .limit(positions)
        .map(position -> at(position).totals().untitledCents())
        .toList();
  }

  /** Recorded, and at every position of it nothing is unexplained and every identity holds. */
  private void told(Fact... facts) throws Exception {
    long head = ledger.record(facts);
    try (Following following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries))) {
      following.await(AccountsProjection.NAME, head);
    }
    for (long position = accepted; position <= head; position++) {
      amounts(at(position)).forEach(LiftedReversalIT::holds);
      assertThat(at(position).totals().paidInCents()).as("at %d", position).isEqualTo(PAID_IN);
      Reconciliation read = reconciliations.read(Story.AGREEMENT.value(), AsOf.at(position));
      Stream.concat(read.funders().stream(), Stream.of(read.total()))
          .forEach(LiftedReversalIT::explained);
      assertThat(read.total().stages().get(Stage.REDEEMED.ordinal()).cents())
          .isEqualTo(at(position).totals().redeemedCents() + at(position).totals().voidedCents());
    }
  }

  private List<Tuple> shown(long from, int positions) {
    return Stream.iterate(from, position -> position + 1)
        .limit(positions)
        .map(position -> at(position).totals())
        .map(
            of ->
                tuple(
                    of.redeemedCents(),
                    of.owedCents(),
                    of.inTransitCents(),
                    of.paidCents(),
                    of.voidedCents(),
                    of.receivableCents(),
                    of.bankCents()))
        .toList();
  }

  private Balances at(long position) {
    return balances.read(
        BalancesQuery.Filter.ALL, EnumSet.allOf(Grouping.class), position, AsOf.at(position));
  }

  private static Stream<Balances.Amounts> amounts(Balances read) {
    return Stream.of(
            Stream.of(read.totals()),
            read.venues().stream().map(Balances.OfVenue::amounts),
            read.funders().stream().map(Balances.OfFunder::amounts),
            read.agreements().stream().map(Balances.OfAgreement::amounts),
            read.programmes().stream().map(Balances.OfProgramme::amounts),
            read.fundingDepartements().stream().map(Balances.OfDepartement::amounts),
            read.spendingDepartements().stream().map(Balances.OfDepartement::amounts),
            read.flows().stream().map(Balances.Flow::amounts))
        .flatMap(some -> some);
  }

  private static void holds(Balances.Amounts of) {
    assertThat(of.redeemedCents())
        .as(of.toString())
        .isEqualTo(of.owedCents() + of.inTransitCents() + of.paidCents() - of.untitledCents());
    if (of.paidInCents() != null) {
      assertThat(of.paidInCents())
          .as(of.toString())
          .isEqualTo(
              of.unallocatedCents()
                  + of.outstandingCents()
                  + of.owedCents()
                  + of.inTransitCents()
                  + of.dueBackCents()
                  + of.paidCents()
                  + of.receivableCents());
    }
    if (of.issuedCents() != null) {
      assertThat(of.issuedCents())
          .as(of.toString())
          .isEqualTo(
              of.inStockCents()
                  + of.atPrescribersCents()
                  + of.liveCents()
                  + of.redeemedCents()
                  + of.expiredCents()
                  + of.opposedCents()
                  + of.replacedCents()
                  + of.voidedCents());
    }
  }

  private static void explained(OfFunder of) {
    assertThat(of.differences())
        .as(of.funder())
        .allSatisfy(difference -> assertThat(difference.unexplainedCents()).isZero());
    assertThat(of.held().unexplainedCents()).isZero();
  }

  /** The line's title is not paid with it. */
  private TransferConfirmed confirmedVoid(SettlementRunOpened run) {
    TransferConfirmed paid = Story.confirmed(run, Story.LIBRARY);
    return new TransferConfirmed(
        paid.run(),
        paid.transfer(),
        paid.bookedOn(),
        paid.amountCents(),
        paid.parts(),
        wrong.lines(slip.owed()));
  }

  private TransferReturned cameBackVoid(SettlementRunOpened run) {
    SettlementRunOpened.Transfer transfer = run.transfers().getFirst();
    LocalDate on = LocalDate.of(2026, 4, 6);
    return new TransferReturned(
        run.run(),
        transfer.transfer(),
        on,
        "AC04",
        transfer.account(),
        transfer.amountCents(),
        transfer.slips(),
        transfer.parts(),
        new BankEntry(
            "E0123456789ABCDEF0124",
            Optional.empty(),
            on,
            on,
            transfer.amountCents(),
            Optional.empty(),
            Optional.empty()),
        wrong.lines(slip.owed()));
  }
}
