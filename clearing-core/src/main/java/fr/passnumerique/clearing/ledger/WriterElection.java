package fr.passnumerique.clearing.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects the one node that writes: whoever holds a session advisory lock, on a connection of its
 * own. Those who stand by end the sessions of a holder that has fallen silent.
 *
 * <p>Only for fairness and speed. Between losing the lock and noticing, two nodes believe they are
 * elected; what keeps the ledger whole then is the fence. Without election the fence alone is safe
 * but unfair: the loser folds and retries (two nodes gave 0.3–0.4 of one node's rate).
 */
final class WriterElection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterElection.class);

  /** Any constant does; this one spells "PassNum". */
  static final long LOCK = 0x506173734e756dL;

  private static final String TAKE = "select pg_try_advisory_lock(?)";
  private static final int NETWORK_TIMEOUT_MILLIS = 2_000;

  /** Of whoever is elected or stands by: how often each of them asks. */
  static final Duration HEARTBEAT = Duration.ofMillis(50);

  /**
   * Unless a node is told otherwise: eight heartbeats, and so few that another serves within a
   * second with a margin. Whoever was only slow (a long garbage collection) loses its sessions and
   * stands by: what it had in hand is sent again, and the fence lets nothing of it be recorded
   * twice.
   */
  static final Duration SILENCE = Duration.ofMillis(400);

  /** A session that is ended takes a moment to give its lock up. */
  private static final Duration UNTIL_ENDED = Duration.ofMillis(5);

  private static final int LOOKS_UNTIL_ENDED = 10;

  private final DataSource dataSource;
  private final WriterSession session;
  private final Appender appender;
  private final Duration heartbeat;
  private final Duration leastSilence;
  private final Silence silence;
  private final Counter takeOvers;
  private final Optional<WriterAddress> own;
  private final Thread thread = Thread.ofPlatform().name("writer-election").unstarted(this::run);
  private volatile boolean closing;
  private volatile Optional<WriterAddress> elsewhere = Optional.empty();
  private boolean elected;
  private boolean connected = true;
  private boolean legible = true;

  /**
   * @param leastSilence for how long the elected node asks nothing before its sessions are ended
   * @param own told to the others when this node is elected
   */
  WriterElection(
      DataSource dataSource,
      WriterSession session,
      Appender appender,
      Duration heartbeat,
      Duration leastSilence,
      Optional<WriterAddress> own,
      MeterRegistry meters) {
    this.dataSource = dataSource;
    this.session = session;
    this.appender = appender;
    this.heartbeat = heartbeat;
    this.leastSilence = leastSilence;
    this.silence = new Silence(leastSilence);
    this.takeOvers = Counter.builder("ledger.writer.takeovers").register(meters);
    this.own = own;
  }

  /**
   * Where the node is reached that was elected instead of this one; empty if this one is, or if no
   * other is known.
   */
  Optional<WriterAddress> elsewhere() {
    return elsewhere;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!over()) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        session.name(connection);
        connected = true;
        campaign(connection);
      } catch (SQLException e) {
        if (connected) {
          LOG.warn("lost the connection of the writer election: {}", e.getMessage());
        }
        connected = false;
      } finally {
        elected(false);
      }
      pause(heartbeat);
    }
  }

  private void campaign(Connection connection) throws SQLException {
    boolean answers = false;
    try {
      while (!over()) {
        boolean now = elected ? stillThere(connection) : takes(connection);
        if (now && !elected) {
          // Before a command is taken: until then the others name the one before.
          WriterAddress.tell(connection, own);
        }
        elsewhere = now ? Optional.empty() : told(connection);
        elected(now);
        pause(heartbeat);
      }
      answers = true;
    } finally {
      leave(connection, answers);
    }
  }

  /** An address that cannot be read is said once, and is none. */
  private Optional<WriterAddress> told(Connection connection) throws SQLException {
    try {
      Optional<WriterAddress> told = WriterAddress.told(connection, LOCK);
      legible = true;
      return told;
    } catch (IllegalArgumentException e) {
      if (legible) {
        LOG.warn("nothing is forwarded to the elected writer: {}", e.getMessage());
      }
      legible = false;
      return Optional.empty();
    }
  }

  /** A stopped node is never elected again: whoever knows why it stopped restarts it. */
  private boolean over() {
    return closing || appender.state() == Appender.State.STOPPED;
  }

  private void elected(boolean now) {
    if (now != elected) {
      LOG.info(now ? "elected to write the ledger" : "no longer elected to write the ledger");
    }
    elected = now;
    appender.elected(now);
  }

  /**
   * Only by a node whose registers have followed the ledger: whoever still folds it would hold the
   * lock and serve nobody, however many others could.
   */
  private boolean takes(Connection connection) throws SQLException {
    if (!appender.standsBy()) {
      return false;
    }
    if (ask(connection, TAKE)) {
      return true;
    }
    Optional<WriterSession.Beat> beat = WriterSession.lastBeat(connection, LOCK);
    if (!silence.hasLasted(beat, System.nanoTime())) {
      return false;
    }
    int ended = WriterSession.endSilent(connection, LOCK, beat.orElseThrow());
    if (ended == 0) {
      return false;
    }
    takeOvers.increment();
    LOG.warn("the elected writer was silent for {}: ended its {} sessions", leastSilence, ended);
    for (int look = 0; look < LOOKS_UNTIL_ENDED && !over(); look++) {
      pause(UNTIL_ENDED);
      if (ask(connection, TAKE)) {
        return true;
      }
    }
    return false;
  }

  /** The lock lives as long as the session: a session that answers still holds it. */
  private static boolean stillThere(Connection connection) throws SQLException {
    return ask(connection, "select ? is not null");
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, LOCK);
      try (ResultSet found = select.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  /**
   * Gives the lock up before the connection goes back to its pool, where the session would live on
   * and keep it. A session that no longer answers is ended instead.
   */
  private void leave(Connection connection, boolean answers) throws SQLException {
    boolean held = elected;
    elected(false);
    elsewhere = Optional.empty();
    if (!answers) {
      connection.abort(Runnable::run);
    } else if (held) {
      ask(connection, "select pg_advisory_unlock(?)");
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
