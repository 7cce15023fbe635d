package fr.passnumerique.projections.registers;

import static fr.passnumerique.projections.Following.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.StockRegister.Stock;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stock whose sums a rebuild replaced: they were one handed-out cheque short, and their movements
 * were not. What was shown is told as far as the sums alone prove it.
 */
class StockShownBeforeIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final RebuildId REBUILD = new RebuildId("s-1");

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private RegistersEndpoint endpoint;
  private long until;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database, ledger, new RegistersProjection(), AccountsProjections.accounts());
    BalancesQuery balances = new BalancesQuery(database.reader());
    endpoint =
        new RegistersEndpoint(
            new VenueRegister(database.reader()),
            new PastVenues(new Snapshot(database.reader()), balances::position),
            new StockRegister(database.reader()),
            balances,
            following.runners(),
            database.reader(),
            Clock.systemUTC());
    ledger.record(Story.untilHandedOut());
    ledger.record(new DayOpened(Paris.dayOf(Instant.now())));
    until = ledger.record(Story.handedOut("h-2", Story.MISSION, 601, 700));
    following.await(RegistersProjection.NAME, until);
    following.await("accounts", until);
    replaced();
    long head = ledger.record(Story.handedOut("h-3", Story.CCAS, 501, 510));
    following.await(RegistersProjection.NAME, head);
    following.await("accounts", head);
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  /** As a rebuild leaves it that found one cheque more handed out. */
  private void replaced() throws SQLException {
    for (String sql :
        List.of(
            "create schema before_1",
            "grant usage on schema before_1 to pass_reader",
            "create table before_1.stock as select * from projections.stock",
            "create table before_1.stock_movement as select * from projections.stock_movement",
            "create table before_1.projection as select * from projections.projection where name ="
                + " 'registers'",
            "update before_1.stock set handed_out = handed_out - 1 where prescriber = '%s'"
                .formatted(Story.CCAS),
            "grant select on all tables in schema before_1 to pass_reader",
            """
            insert into projections.rebuild (id, projection, state, kept, compared_position, asked_by, asked_at)
            values ('%s', 'registers', 'SWITCHED', true, %d, 'clerk-1', now())
            """
                .formatted(REBUILD, until))) {
      execute(database.owner(), sql);
    }
  }

  @Test
  void whatTheSumsHeldSinceTheLastMovementIsShownAgain() {
    Stock last = shown(at(until));
    assertThat(last.inStock()).isEqualTo(101);
    assertThat(shown(WhichMoment.NOW).batches()).isEqualTo(last.batches());
    // The hand-out at 20 was the last that moved it until then.
    assertThat(shown(at(20)).batches()).isEqualTo(last.batches());
    assertThat(shown(at(20)).position()).isEqualTo(20);
    assertThat(shown(new WhichMoment(null, null, yesterday())).batches()).isEqualTo(last.batches());
    // Of one whose movements come to its sums every moment is told.
    assertThat(
            endpoint.readStock(CLERK, Story.MISSION, at(until - 1), REBUILD).inStock()
                - endpoint.readStock(CLERK, Story.MISSION, at(until), REBUILD).inStock())
        .isEqualTo(100);
  }

  @Test
  void whatTheyHeldBeforeIsNotKeptAndFoldingAnewIsNoRemedy() {
    refused(at(19));
    refused(new WhichMoment(null, null, Story.DAY.minusDays(60)));
    // As it is known now it is told.
    assertThat(endpoint.readStock(CLERK, Story.CCAS, at(19), null).inStock()).isEqualTo(600);
  }

  @Test
  void aMovementThatWasForgottenAltogetherIsKnownByTheTablesOfNow() throws Exception {
    execute(database.owner(), "delete from before_1.stock_movement where position = 20");
    assertThat(shown(at(20)).inStock()).isEqualTo(101);
    refused(at(19));
  }

  @Test
  void aMovementThatTheyAloneHaveCountsToo() throws Exception {
    execute(
        database.owner(),
        "update before_1.stock_movement set position = 21 where position = 20 and prescriber = '%s'"
            .formatted(Story.CCAS));
    assertThat(shown(at(21)).inStock()).isEqualTo(101);
    refused(at(20), 21);
  }

  private void refused(WhichMoment when) {
    refused(when, 20);
  }

  private void refused(WhichMoment when, long from) {
    assertThatThrownBy(() -> shown(when))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("AS_OF_NOT_KEPT");
              assertThat(problem.getMessage())
                  .contains("ask for asOfPosition %d to %d".formatted(from, until))
                  .doesNotContain("rebuildProjection");
            });
  }

  private Stock shown(WhichMoment when) {
    return endpoint.readStock(CLERK, Story.CCAS, when, REBUILD);
  }

  private static LocalDate yesterday() {
    return Paris.dayOf(Instant.now()).minusDays(1);
  }

  private static WhichMoment at(long position) {
    return new WhichMoment(position, null, null);
  }
}
