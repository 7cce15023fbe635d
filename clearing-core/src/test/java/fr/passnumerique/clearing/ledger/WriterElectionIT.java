package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is elected, and whose sessions are ended for it. */
@Timeout(60)
class WriterElectionIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Many times as long as a lock that is free stays so, and as a silence is borne. */
  private static final Duration LONG = Duration.ofMillis(1_500);

  private static final Duration SILENCE = WriterElection.SILENCE;

  private static TestDatabase database;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch held = new CountDownLatch(1);

  @BeforeAll
  static void aLedgerWithAFact() throws Exception {
    database = TestDatabase.fresh();
    try (LedgerNode node = start(new SimpleMeterRegistry(), new CountDownLatch(0), SILENCE)) {
      assertThat(node.awaitWriting(SOON)).isTrue();
      node.commands()
          .send(
              new Slips.Take(new SlipReference("s-1"), List.of(new Serial(Batch.of(1), 1).key())),
              Actor.ENGINE);
    }
  }

  @AfterAll
  static void dropped() {
    database.close();
  }

  @Test
  void aNodeThatStillFoldsIsNotElectedAndLeavesTheLockToOneThatCanServe() throws Exception {
    try (LedgerNode cold = start(meters, held, SILENCE)) {
      assertThat(cold.awaitWriting(LONG)).isFalse();
      try (LedgerNode warm = start(new SimpleMeterRegistry(), new CountDownLatch(0), SILENCE)) {
        assertThat(warm.awaitWriting(SOON)).as("the one that can serve").isTrue();
      }
      held.countDown();
      assertThat(cold.awaitWriting(SOON)).as("a single node, once it is folded").isTrue();
    } finally {
      held.countDown();
    }
  }

  @Test
  void theSessionsOfASilentWriterAreEndedByANodeThatCanServeAndByNoOther() throws Exception {
    try (Holder silent = Holder.begin();
        LedgerNode node = start(meters, held, SILENCE)) {
      Thread.sleep(LONG);
      assertThat(silent.beats()).as("lives while the other node folds").isTrue();

      held.countDown();
      assertThat(node.awaitWriting(SOON)).isTrue();
      assertThat(silent.beats()).isFalse();
      assertThat(meters.get("ledger.writer.takeovers").counter().count()).isEqualTo(1);
    } finally {
      held.countDown();
    }
  }

  @Test
  void aWriterThatAsksMoreOftenThanTheSilenceThatIsSetKeepsItsSessions() throws Exception {
    held.countDown();
    try (Holder slow = Holder.begin();
        LedgerNode node = start(meters, held, LONG)) {
      for (int beat = 0; beat < 4; beat++) {
        Thread.sleep(LONG.dividedBy(2));
        assertThat(slow.beats()).isTrue();
      }
      assertThat(node.state()).isEqualTo(LedgerNode.State.STANDBY);
      assertThat(meters.get("ledger.writer.takeovers").counter().count()).isZero();
    }
  }

  @Test
  void whoHasAskedSinceIsNotEnded() throws Exception {
    try (Holder writer = Holder.begin();
        Connection other = database.ledger().getConnection()) {
      WriterSession.Beat first = WriterSession.lastBeat(other, WriterElection.LOCK).orElseThrow();
      assertThat(writer.beats()).isTrue();

      assertThat(WriterSession.endSilent(other, WriterElection.LOCK, first)).isZero();
      assertThat(writer.beats()).isTrue();
      WriterSession.Beat last = WriterSession.lastBeat(other, WriterElection.LOCK).orElseThrow();
      assertThat(WriterSession.endSilent(other, WriterElection.LOCK, last)).isEqualTo(1);
    }
  }

  /** A session that holds the writer's lock, and asks only when it is told to. */
  private record Holder(Connection connection) implements AutoCloseable {
    static Holder begin() throws SQLException {
      Connection connection = database.ledger().getConnection();
      new WriterSession().name(connection);
      try (var statement = connection.createStatement()) {
        statement.execute("select pg_advisory_lock(%d)".formatted(WriterElection.LOCK));
      }
      return new Holder(connection);
    }

    boolean beats() throws SQLException {
      return connection.isValid(1);
    }

    /** Not back to its pool, where it would keep the lock. */
    @Override
    public void close() throws SQLException {
      connection.abort(Runnable::run);
    }
  }

  /**
   * @param held until then it folds nothing
   */
  private static LedgerNode start(
      SimpleMeterRegistry meters, CountDownLatch held, Duration silence) {
    Slips slips = new Slips();
    Register slow =
        (_, _, _) -> {
          try {
            held.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    return LedgerNode.start(
        new LedgerNode.Parts(
            database.ledger(),
            Slips.CATALOGUE,
            List.of(slow, slips),
            List.of(slips),
            Clock.systemUTC(),
            meters,
            true,
            Duration.ofSeconds(10),
            silence,
            Optional.empty(),
            Optional.empty()));
  }
}
