package fr.passnumerique.projections.loop;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ProjectionRunnerIT {
  private TestDatabase database;
  private TestLedger ledger;

  /** Adds up positions: what is left out or applied twice shows in the sum. */
  private static class Adding implements Projection {
    @Override
    public String name() {
      return "adding";
    }

    @Override
    public Changes fold(List<RecordedFact> facts) {
      long sum = facts.stream().mapToLong(RecordedFact::position).sum();
      return connection -> add(connection, sum);
    }

    static void add(Connection connection, long sum) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("update projections.adding set total = total + " + sum);
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    execute(
        database.owner(),
        """
        create table projections.adding (total bigint not null);
        insert into projections.adding values (0);
        """);
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void twoRunnersOfOneProjectionApplyNothingTwice() throws Exception {
    try (Following one = Following.directly(database, ledger, new Adding());
        Following other = Following.directly(database, ledger, new Adding())) {
      long head = 0;
      for (int i = 0; i < 300; i++) {
        head = ledger.record(day(i));
      }
      awaitInTable(head);
      assertThat(total()).isEqualTo(head * (head + 1) / 2);
      assertThat(one.status("adding").state()).isEqualTo(ProjectionStatus.State.RUNNING);
      assertThat(other.status("adding").state()).isEqualTo(ProjectionStatus.State.RUNNING);
    }
  }

  @Test
  void endedConnectionsAndAKilledDatabaseAreWaitedOut() throws Exception {
    try (Following following = Following.directly(database, ledger, new Adding())) {
      long head = 0;
      for (int i = 0; i < 50; i++) {
        head = ledger.record(day(i));
        if (i % 10 == 5) {
          database.terminateBackends(ApplicationRole.PROJECTIONS);
        }
        if (i == 25) {
          TestDatabase.killServer();
          Thread.sleep(300);
          TestDatabase.startServer();
        }
      }
      following.await("adding", head);
      assertThat(total()).isEqualTo(head * (head + 1) / 2);
      assertThat(following.status("adding").state()).isEqualTo(ProjectionStatus.State.RUNNING);
      assertThat(following.status("adding").reason()).isEmpty();
      assertThat(following.meters().get("pass.projection.retries").counter().count()).isPositive();
    }
  }

  @Test
  void aProjectionGoesOnWhereItStoodBeforeARestart() throws Exception {
    long first = ledger.record(day(0), day(1), day(2));
    try (Following following = Following.directly(database, ledger, new Adding())) {
      following.await("adding", first);
    }
    long second = ledger.record(day(3));
    try (Following following = Following.directly(database, ledger, new Adding())) {
      following.await("adding", second);
    }
    assertThat(total()).isEqualTo(1 + 2 + 3 + 4);
  }

  @Test
  void aStoppedProjectionSaysSoAndLeavesTheOthersRunning() throws Exception {
    Projection refusing =
        new Projection() {
          @Override
          public String name() {
            return "refusing";
          }

          @Override
          public Changes fold(List<RecordedFact> facts) {
            if (facts.stream().anyMatch(fact -> fact.position() == 3)) {
              throw new UnfoldableFactException("nobody can accept this");
            }
            return connection -> {};
          }
        };
    long head = ledger.record(day(0), day(1), day(2), day(3), day(4));
    try (Following following = Following.directly(database, ledger, new Adding(), refusing)) {
      ProjectionStatus stopped = following.awaitStop("refusing");
      assertThat(stopped.position()).isEqualTo(2);
      assertThat(stopped.stoppedAt()).isEqualTo(3);
      assertThat(stopped.behind()).isEqualTo(3);
      assertThat(stopped.waiting()).isPositive();
      following.await("adding", head);
      assertThat(following.status("adding").behind()).isZero();
      assertThat(following.status("adding").waiting()).isZero();

      ProjectionHealth health = new ProjectionHealth(following.runners());
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.health().getDetails().get("refusing").toString())
          .contains("STOPPED", "nobody can accept this", "stoppedAt=3");
      assertThat(
              following
                  .meters()
                  .get("pass.projection.stopped")
                  .tag("projection", "refusing")
                  .gauge()
                  .value())
          .isEqualTo(1);
      assertThat(
              following
                  .meters()
                  .get("pass.projection.lag.facts")
                  .tag("projection", "refusing")
                  .gauge()
                  .value())
          .isEqualTo(3);
    }
  }

  @Test
  void aFactOfATypeThatNobodyKnowsStopsEveryProjection() throws Exception {
    ledger.record(day(0));
    execute(
        database.ledger(),
        """
        insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
        select 2, gen_random_uuid(), recorded_at + interval '1 second', 'OfTheFuture', 1, tags, '{}', metadata, hash
          from ledger.event
        """);
    TestLedger reopened = TestLedger.readOnly(database);
    try (Following following = Following.directly(database, reopened, new Adding())) {
      ProjectionStatus stopped = following.awaitStop("adding");
      assertThat(stopped.position()).isEqualTo(1);
      assertThat(stopped.stoppedAt()).isEqualTo(2);
      assertThat(stopped.reason()).contains("OfTheFuture");
    }
  }

  @Test
  void whoRecordedAFactCanReadItsConsequenceAtOnce() throws Exception {
    AtomicBoolean slow = new AtomicBoolean();
    Projection unhurried =
        new Adding() {
          @Override
          public Changes fold(List<RecordedFact> facts) {
            return connection -> {
              try {
                Thread.sleep(slow.get() ? 200 : 0);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            };
          }
        };
    try (Following following = Following.directly(database, ledger, unhurried)) {
      following.await("adding", ledger.record(day(0)));
      slow.set(true);
      long head = ledger.record(day(1));
      assertThat(following.runners().awaitHead(Duration.ofSeconds(30), "adding")).isEqualTo(head);
      assertThat(following.status("adding").position()).isEqualTo(head);
      // Patience has an end: the answer then tells where it stands.
      long next = ledger.record(day(2));
      assertThat(following.runners().awaitHead(Duration.ofMillis(20), "adding")).isEqualTo(next);
      assertThat(following.status("adding").position()).isEqualTo(head);
    }
  }

  /** As a node is that has just started and is reading the ledger. */
  @Test
  void whatAProjectionHoldsIsRecordedThoughThisNodeHasNotReadItYet() throws Exception {
    long head;
    try (Following following = Following.directly(database, ledger, new Adding())) {
      ledger.record(day(0));
      head = ledger.record(day(1));
      following.await("adding", head);
    }
    LedgerReader reader = ledger.reader();
    LedgerReader behind =
        (LedgerReader)
            Proxy.newProxyInstance(
                LedgerReader.class.getClassLoader(),
                new Class<?>[] {LedgerReader.class},
                (_, method, arguments) ->
                    method.getName().equals("head") ? 1L : method.invoke(reader, arguments));
    ProjectionRunners runners =
        new ProjectionRunners(
            List.of(new Adding()),
            new LedgerFactSources(reader),
            behind,
            database.projections(),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    runners.start();
    try {
      runners.awaitHead(Duration.ofSeconds(30), "adding");
      assertThat(runners.statuses().getFirst().position()).isEqualTo(head);
      assertThat(runners.awaitHead(Duration.ofSeconds(30), "adding")).isEqualTo(head);
    } finally {
      runners.stop();
    }
  }

  @Test
  void aSqlErrorThatWillNotPassIsToldFromOneThatMay() {
    assertThat(Standing.passing(new SQLException("", "23505"))).isFalse();
    assertThat(Standing.passing(new SQLException("", "22003"))).isFalse();
    assertThat(Standing.passing(new SQLException("", "08006"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "40001"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "53100"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "57P01"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "25006"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "25P03"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "25P04"))).isTrue();
    assertThat(Standing.passing(new SQLException("", "25P02"))).isFalse();
  }

  private static DayOpened day(int day) {
    return new DayOpened(Story.DAY.plusDays(day));
  }

  private void awaitInTable(long head) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (number(database.reader(), "select position from projections.projection") < head
        && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  private long total() throws SQLException {
    return number(database.reader(), "select total from projections.adding");
  }
}
