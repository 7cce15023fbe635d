package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.export.ExportsOverHttp;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose registers cannot take a fact tells all that is recorded, or that it cannot. */
class StoppedLedgerIT {
  private static final long STOPPED_AT = 4;

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private WindDownEndpoint windDown;
  private long head;

  @BeforeEach
  void recordThenStartANodeThatStops() throws InterruptedException {
    database = TestDatabase.fresh();
    try (TestLedger writer = TestLedger.on(database)) {
      writer.record(Story.untilHandedOut());
      head = writer.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3));
    }
    ledger = TestLedger.stoppedAt(STOPPED_AT, database);
    assertThat(ledger.node().state()).isEqualTo(LedgerNode.State.STOPPED);
    following = Following.directly(database, ledger, new AccountsProjection(Accounts::entries));
    windDown =
        new WindDownEndpoint(
            new WindDownQuery(database.reader()), following.runners(), database.reader());
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void itsProjectionsFollowTheLedgerAllTheSame() throws InterruptedException {
    following.await(AccountsProjection.NAME, head);

    BalancesQuery balances = new BalancesQuery(database.reader());
    long told = following.runners().awaitHead(Duration.ZERO, AccountsProjection.NAME);
    Balances now = balances.read(Filter.ALL, EnumSet.allOf(Grouping.class), told);
    assertThat(now.position()).isEqualTo(now.ledgerPosition()).isEqualTo(head);
    Balances past =
        new WhichMoment(head - 1, null, null)
            .ask(told, asOf -> balances.read(Filter.ALL, EnumSet.of(Grouping.VENUE), told, asOf));
    assertThat(past.position()).isEqualTo(head - 1);
    assertThat(windDown.windDown(null, null, null).position()).isEqualTo(head);
  }

  @Test
  void whatOneOfThemDoesNotHoldIsItsLagAndNoWindDown() throws SQLException, InterruptedException {
    following.await(AccountsProjection.NAME, head);
    following.close();
    Following.execute(
        database.projections(),
        "update projections.projection set position = position - 2 where name = 'accounts'");

    ProjectionLag lag =
        new Lags(database.reader(), ledger.reader(), following.runners(), Clock.systemUTC())
            .read()
            .getFirst();
    assertThat(List.of(lag.head(), lag.lagFacts())).containsExactly(head, 2L);
    assertThatThrownBy(() -> windDown.windDown(null, null, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("PROJECTION_BEHIND");
              assertThat(problem.detail())
                  .contains("up to position " + head, "asOfPosition " + (head - 2));
            });
  }

  @Test
  void itsExportIsWhole() throws IOException {
    assertThat(ExportsOverHttp.lines(ledger, database, following)).hasSize((int) head + 2);
  }

  @Test
  void itsCommandsAndRegistersAreRefusedWithThePositionAndARemedy() {
    for (ThrowingCallable asked :
        List.<ThrowingCallable>of(
            () -> ledger.record(Story.received("late", Story.STATE, 1)),
            () -> ledger.node().readLock().read(() -> "half of the fact"),
            () -> ledger.node().readLock().find("slip S-9", Optional::empty))) {
      assertThatThrownBy(asked)
          .isInstanceOfSatisfying(
              LedgerStoppedException.class,
              stopped -> {
                assertThat(stopped.position()).isEqualTo(STOPPED_AT);
                assertThat(stopped.reason()).contains("cannot take fact 4");
                assertThat(stopped.remedy()).contains("verify-ledger", "export-ledger");
              });
    }
  }
}
