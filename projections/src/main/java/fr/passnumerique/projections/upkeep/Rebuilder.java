package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Rebuilds what was asked for, one projection after the other, on a thread of its own. What is
 * asked for stands in the database: whichever node is there does it, and after a kill goes on where
 * the row stands.
 */
public final class Rebuilder implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Map<String, Projection> projections = new TreeMap<>();
  private final LedgerReader ledger;
  private final Signatures signatures;
  private final DataSource dataSource;
  private final Clock clock;
  private final RebuildRun.Pace pace;
  private final Thread thread = new Thread(this::follow, "rebuilder");
  private final Object asked = new Object();
  private volatile boolean running;
  private volatile boolean closing;

  /**
   * @param dataSource of the schema {@code projections}, as a role that may write it
   */
  public Rebuilder(
      Collection<Projection> projections, LedgerReader ledger, DataSource dataSource, Clock clock) {
    this(projections, ledger, dataSource, clock, RebuildRun.Pace.USUAL);
  }

  Rebuilder(
      Collection<Projection> projections,
      LedgerReader ledger,
      DataSource dataSource,
      Clock clock,
      RebuildRun.Pace pace) {
    this.pace = pace;
    projections.stream()
        .filter(projection -> !projection.tables().isEmpty())
        .forEach(projection -> this.projections.put(projection.name(), projection));
    this.ledger = ledger;
    this.signatures = new Signatures(ledger);
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * Asks for a rebuild. Asked again with the same id it is the same rebuild; one that has stopped
   * then goes on where it stands. An id that the ledger names and that is of no rebuild here, as in
   * a ledger that was taken over, is refused: what two people signed of it would settle this one.
   *
   * @param by the account
   * @throws Problem UNKNOWN_PROJECTION, REBUILD_REUSED, or REBUILD_UNDER_WAY while another is at
   *     work on the projection; one that waits because of differences, or has stopped, is abandoned
   */
  public Rebuild ask(String id, String projection, String by) {
    Rebuild rebuild = ask(id, projection, by, false);
    synchronized (asked) {
      asked.notifyAll();
    }
    return rebuild;
  }

  /** What {@link #ask} would answer, or why it would refuse; nothing is noted. */
  public Rebuild rehearse(String id, String projection, String by) {
    return ask(id, projection, by, true);
  }

  /** Of the projections that can be rebuilt. */
  public List<String> names() {
    return List.copyOf(projections.keySet());
  }

  private Rebuild ask(String id, String projection, String by, boolean dryRun) {
    if (!projections.containsKey(projection)) {
      throw new Problem(
          404,
          "UNKNOWN_PROJECTION",
          "no projection that can be rebuilt is called %s; those that can are %s"
              .formatted(Problem.shown(projection), String.join(", ", projections.keySet())),
          List.of(
              Problem.Fault.of(
                  "projection",
                  Problem.shown(projection),
                  "no projection that can be rebuilt is called so",
                  "name one of " + String.join(", ", projections.keySet()))));
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      Rebuild rebuild = ask(id, projection, by, connection);
      if (dryRun) {
        connection.rollback();
      } else {
        connection.commit();
      }
      return rebuild;
    } catch (SQLException e) {
      throw new IllegalStateException("the rebuild is not noted: " + e.getMessage(), e);
    }
  }

  /**
   * Ends a rebuild that is under way, waits for people, or has stopped; what answers goes on to.
   * Cancelled again it is as it was, and what a kill left of its tables goes.
   *
   * @param by the account
   * @return empty if there is none
   * @throws Problem REBUILD_ENDED if it answers already
   */
  public Optional<Rebuild> cancel(String id, String by) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      for (Rebuild known : Rebuilds.read(connection, "where id = ?", id)) {
        new RebuildRow(known.number(), dataSource).abandon(Rebuild.cancelled(by), connection);
      }
      // By itself, before the tables go: whoever is at work holds them, and may wait for this row.
      connection.commit();
      Optional<Rebuild> found = Rebuilds.read(connection, "where id = ?", id).stream().findFirst();
      if (found.isPresent()) {
        if (found.get().state() == Rebuild.State.SWITCHED) {
          throw conflict(
              "REBUILD_ENDED",
              "rebuildId",
              id,
              "rebuild %s was switched in at position %d and answers"
                  .formatted(id, found.get().comparedPosition()),
              "nothing is left to cancel; what was shown before is read with shownBefore");
        }
        execute(connection, "select projections.drop_rebuild(?)", found.get().number());
        connection.commit();
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("the rebuild is not cancelled: " + e.getMessage(), e);
    }
  }

  private Rebuild ask(String id, String projection, String by, Connection connection)
      throws SQLException {
    try (PreparedStatement one =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtext('ask for a rebuild'))")) {
      one.execute();
    }
    List<Rebuild> same = Rebuilds.read(connection, "where id = ?", id);
    if (!same.isEmpty()) {
      Rebuild known = same.getFirst();
      if (!known.projection().equals(projection)) {
        throw conflict(
            "REBUILD_REUSED",
            "rebuild",
            id,
            "rebuild %s is one of %s".formatted(id, known.projection()),
            "choose another id");
      }
      if (known.stopped() && known.state().going()) {
        execute(
            connection,
            "update projections.rebuild set stopped_at = 0, reason = '' where number = ?",
            known.number());
        return Rebuilds.read(connection, "where id = ?", id).getFirst();
      }
      return known;
    }
    if (signatures.name(id)) {
      throw conflict(
          "REBUILD_REUSED",
          "rebuild",
          id,
          "the ledger has signatures for a rebuild %s that is not one of this installation"
              .formatted(id),
          "choose another id");
    }
    for (Rebuild other :
        Rebuilds.read(
            connection,
            "where projection = ? and state not in ('SWITCHED', 'ABANDONED')",
            projection)) {
      if (other.state().going() && !other.stopped()) {
        throw conflict(
            "REBUILD_UNDER_WAY",
            "projection",
            projection,
            "rebuild %s of %s is under way".formatted(other.id(), projection),
            "read it with readRebuild, and ask again when it has ended");
      }
      execute(
          connection,
          "update projections.rebuild set state = 'ABANDONED', ended_at = now() where number = ?",
          other.number());
      execute(connection, "select projections.drop_rebuild(?)", other.number());
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into projections.rebuild (id, projection, asked_by, asked_at) values (?, ?, ?,"
                + " ?)")) {
      insert.setString(1, id);
      insert.setString(2, projection);
      insert.setString(3, by);
      insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return Rebuilds.read(connection, "where id = ?", id).getFirst();
  }

  private static Problem conflict(
      String code, String field, String value, String message, String remedy) {
    return new Problem(
        409,
        code,
        message + "; " + remedy,
        List.of(Problem.Fault.of(field, Problem.shown(value), message, remedy)));
  }

  private static void execute(Connection connection, String sql, long number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, number);
      statement.execute();
    }
  }

  private void follow() {
    while (!closing) {
      try {
        for (long rebuild : open()) {
          if (!closing) {
            goOn(rebuild);
          }
        }
      } catch (SQLException | LedgerUnavailableException e) {
        LOG.warn("rebuilds wait and try again: {}", e.toString());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("rebuilds wait and try again", e);
      }
      try {
        synchronized (asked) {
          asked.wait(LOOK.toMillis());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private List<Long> open() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Rebuilds.read(
              connection,
              """
              where state not in ('SWITCHED', 'ABANDONED') and stopped_at = 0 and projection = any (?)
              order by number
              """,
              connection.createArrayOf("text", projections.keySet().toArray()))
          .stream()
          .map(Rebuild::number)
          .toList();
    }
  }

  private void goOn(long number) throws SQLException, InterruptedException {
    // Held by the session: a node that is killed lets go at once.
    try (Connection turn = dataSource.getConnection()) {
      if (!lock(turn, "pg_try_advisory_lock", number)) {
        return;
      }
      try {
        // Read under the lock: while another one was folded, another node may have ended it.
        goOn(Rebuilds.read(turn, "where number = ?", number).getFirst());
      } finally {
        lock(turn, "pg_advisory_unlock", number);
      }
    }
  }

  private void goOn(Rebuild rebuild) throws SQLException, InterruptedException {
    String accepted = signatures.acceptedDifferences(rebuild.id());
    boolean settles = rebuild.state() == Rebuild.State.DIFFERS && accepted.equals(rebuild.digest());
    if (rebuild.stopped() || !rebuild.state().going() && !settles) {
      return;
    }
    RebuildRun run =
        new RebuildRun(
            rebuild,
            known(rebuild.projection()),
            ledger,
            dataSource,
            signatures.setAside(rebuild.projection()),
            accepted,
            pace,
            () -> closing);
    try {
      run.run();
    } catch (RebuildRun.Stopped e) {
      LOG.error(
          "rebuild {} of {} STOPPED{}, then ask for the rebuild again",
          rebuild.id(),
          rebuild.projection(),
          e.position() == Rebuild.NO_FACT
              ? ": no fact is named, see why and mend it"
              : " at position %d: mend the fold or have the fact set aside (setFactAside)"
                  .formatted(e.position()),
          e);
      new RebuildRow(rebuild.number(), dataSource).stopped(run.state(), e.position(), reason(e));
    }
  }

  private Projection known(String name) {
    Projection projection = projections.get(name);
    if (projection == null) {
      throw new IllegalStateException("no projection is called " + name);
    }
    return projection;
  }

  /** What a projection writes and sums; nothing if it is not folded here. */
  Tables tables(String projection) {
    Projection known = projections.get(projection);
    return known == null ? Tables.NONE : known.tables();
  }

  private static String reason(RebuildRun.Stopped e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause != null ? cause : e);
  }

  private static boolean lock(Connection connection, String function, long number)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select " + function + "(hashtext('rebuild'), ?)")) {
      lock.setInt(1, Math.toIntExact(number));
      try (ResultSet locked = lock.executeQuery()) {
        locked.next();
        return locked.getBoolean(1);
      }
    }
  }

  @Override
  public void start() {
    running = true;
    thread.setDaemon(true);
    thread.start();
  }

  /** Finishes the batch in hand; what is left is done after the next start. */
  @Override
  public void stop() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
