package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.Reconciliation.Difference;
import fr.passnumerique.projections.accounts.Reconciliation.Line;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import fr.passnumerique.projections.accounts.Reconciliation.Stage;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconciliationIT {
  private static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());
  private static final Actor STRANGER = new Actor("stranger", Role.FUNDER, "departement-99");
  private static final Actor AUDITOR = new Actor("auditor", Role.AUDITOR, "");

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private ReconciliationQuery reconciliations;
  private long head;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    reconciliations = new ReconciliationQuery(database.reader());
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries));
    ledger.record(Story.untilHandedOut());
    Map<Long, SlipJudged> slips = new LinkedHashMap<>();
    SlipJudged library = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42);
    SlipJudged bus = Story.slip(Story.BUS, "B-1", Story.BUS_LIMOGES, 43, 50);
    slips.put(ledger.record(library), library);
    slips.put(ledger.record(bus), bus);
    SlipJudged withdrawn = Story.slip(Story.BUS, "B-2", Story.BUS_LIMOGES, 51, 53);
    ledger.record(Story.withdrawn(withdrawn, ledger.record(withdrawn)));
    SettlementRunOpened run = Story.run("R-1", slips);
    ledger.record(run, Story.confirmed(run, Story.LIBRARY), Story.rejected(run, Story.BUS));
    head = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 60, 61));
    following.await(AccountsProjection.NAME, head);
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void everyStageIsToldAndEachDifferenceExplained() {
    Reconciliation read = reconciliations.read(Story.AGREEMENT.value(), AsOf.NOW);
    assertThat(read.position()).isEqualTo(head);
    assertThat(read.funders())
        .extracting(OfFunder::funder, OfFunder::terms)
        .containsExactly(
            tuple(Story.STATE.value(), "PREPAID"), tuple(Story.REGION.value(), "PREPAID"));
    assertThat(read.total().stages())
        .extracting("stage", "cents")
        .containsExactly(
            tuple(Stage.COMMITTED, 200_000_000L),
            tuple(Stage.PAID_IN, 1_050_000L),
            tuple(Stage.ISSUED, 1_000_000L),
            tuple(Stage.ACTIVATED, 900_000L),
            tuple(Stage.HANDED_OUT, 500_000L),
            tuple(Stage.REDEEMED, 52_000L),
            tuple(Stage.SETTLED, 42_000L),
            tuple(Stage.CONFIRMED, 42_000L),
            tuple(Stage.REFUNDED, 0L));
    assertThat(lines(read.total(), Stage.REDEEMED))
        .containsEntry("owed", 10_000L)
        .containsEntry("waived", 0L);
    assertThat(lines(read.total(), Stage.PAID_IN))
        .containsEntry("unallocated", 150_000L)
        .containsEntry("notActivated", -100_000L);
  }

  /** At every position of the ledger, for each funder and for all. */
  @Test
  void nothingIsUnexplainedAtAnyPosition() throws Exception {
    head =
        ledger.record(Story.opposed("lost", Whereabouts.HANDED_OUT, null, 70, 74), Story.expired());
    following.await(AccountsProjection.NAME, head);
    for (long position = 0; position <= head; position++) {
      Reconciliation read =
          reconciliations.read(Story.AGREEMENT.value(), new AsOf(position, null, null));
      for (OfFunder of : read.funders()) {
        explained(of, position);
      }
      explained(read.total(), position);
      for (Stage stage : Stage.values()) {
        assertThat(read.funders().stream().mapToLong(of -> cents(of, stage)).sum())
            .isEqualTo(cents(read.total(), stage));
      }
    }
  }

  @Test
  void whatGoesBackUnusedIsTold() throws Exception {
    ledger.record(Story.givenBack("G-1", 40_000));
    ledger.record(Story.givenBackBooked("G-1", 40_000));
    ledger.record(Story.givenBack("G-2", 7_000));
    ledger.record(Story.givenBack("G-3", 500));
    head = ledger.record(Story.keptAfterAll("G-3", 500));
    following.await(AccountsProjection.NAME, head);

    Reconciliation read = reconciliations.read(Story.AGREEMENT.value(), AsOf.NOW);

    for (OfFunder of : read.funders()) {
      explained(of, head);
    }
    explained(read.total(), head);
    assertThat(cents(read.total(), Stage.REFUNDED)).isEqualTo(40_000);
    assertThat(cents(read.total(), Stage.PAID_IN)).isEqualTo(1_050_000);
    assertThat(lines(read.total(), Stage.PAID_IN))
        .containsEntry("unallocated", 103_000L)
        .containsEntry("toGiveBack", 7_000L)
        .containsEntry("givenBack", 40_000L);
  }

  @Test
  void theFundersOfAnAgreementReadItAndNobodyElse() {
    ReconciliationEndpoint endpoint =
        new ReconciliationEndpoint(
            reconciliations,
            new BalancesQuery(database.reader()),
            following.runners(),
            database.reader());
    assertThat(endpoint.readReconciliation(STATE, Story.AGREEMENT, WhichMoment.NOW, null))
        .isEqualTo(endpoint.readReconciliation(AUDITOR, Story.AGREEMENT, WhichMoment.NOW, null));
    for (Actor actor : new Actor[] {STRANGER, AUDITOR}) {
      AgreementId agreement = actor == AUDITOR ? new AgreementId("another") : Story.AGREEMENT;
      assertThatThrownBy(() -> endpoint.readReconciliation(actor, agreement, WhichMoment.NOW, null))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }
  }

  private static void explained(OfFunder of, long position) {
    assertThat(of.differences())
        .as("%s at %d", of.funder(), position)
        .hasSize(Stage.values().length - 1)
        .allSatisfy(
            difference -> {
              assertThat(difference.unexplainedCents()).as(difference.toString()).isZero();
              assertThat(difference.cents())
                  .isEqualTo(difference.lines().stream().mapToLong(Line::cents).sum());
            });
    assertThat(of.held().unexplainedCents()).isZero();
  }

  private static long cents(OfFunder of, Stage stage) {
    return of.stages().get(stage.ordinal()).cents();
  }

  private static Map<String, Long> lines(OfFunder of, Stage from) {
    Map<String, Long> lines = new LinkedHashMap<>();
    of.differences().stream()
        .filter(difference -> difference.from() == from)
        .map(Difference::lines)
        .forEach(some -> some.forEach(line -> lines.put(line.what(), line.cents())));
    return lines;
  }
}
