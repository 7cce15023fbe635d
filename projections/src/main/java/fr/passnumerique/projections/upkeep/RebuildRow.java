package fr.passnumerique.projections.upkeep;

import fr.passnumerique.projections.loop.PassedOver;
import fr.passnumerique.projections.loop.Projection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a rebuild's row says. */
final class RebuildRow {
  private static final Logger LOG = LoggerFactory.getLogger(RebuildRow.class);
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";

  /**
   * How long readers that come wait behind a reader that does not end; then the switch steps back
   * and lets them through.
   */
  private static final String PATIENCE = "300ms";

  private static final int ATTEMPTS = 100;

  private final long number;
  private final DataSource dataSource;

  RebuildRow(long number, DataSource dataSource) {
    this.number = number;
    this.dataSource = dataSource;
  }

  long number() {
    return number;
  }

  /**
   * @param from in which whoever asks takes it to be
   * @throws SQLException a passing one if it is in another: it has ended, or another node that took
   *     over is further. What has ended is not begun again, and nobody is set back
   */
  void state(Rebuild.State from, Rebuild.State to) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                update projections.rebuild set state = ?, stopped_at = 0, reason = ''
                 where number = ? and state = ?
                """)) {
      update.setString(1, to.name());
      update.setLong(2, number);
      update.setString(3, from.name());
      if (update.executeUpdate() == 0) {
        throw another();
      }
    }
  }

  /**
   * @throws SQLException a passing one if it is not in this state (any more)
   */
  void require(Rebuild.State state) throws SQLException {
    // On a connection of its own: whoever has read the list of rebuilds keeps others from switching
    // until its transaction ends.
    try (Connection connection = dataSource.getConnection()) {
      require(state, "", connection);
    }
  }

  /**
   * Lets nobody else go on with it until the transaction ends.
   *
   * @throws SQLException a passing one if it is not in this state (any more)
   */
  void hold(Rebuild.State state, Connection connection) throws SQLException {
    require(state, "for update", connection);
  }

  /**
   * Lets nobody change its state until the transaction ends, which several may do at once; but
   * whoever came before to {@link #abandon} it is let through first.
   *
   * @throws SQLException a passing one if it is not in this state (any more)
   */
  void share(Rebuild.State state, Connection connection) throws SQLException {
    turn("pg_advisory_xact_lock_shared", connection);
    require(state, "for share", connection);
  }

  /**
   * Waits for those who share the row and lets no other begin until the transaction ends. The row
   * alone would not do: PostgreSQL lets one share it past a waiting change while another does, so
   * that of keys made side by side the change would wait for the last.
   */
  private void endSharing(Connection connection) throws SQLException {
    turn("pg_advisory_xact_lock", connection);
  }

  private void turn(String function, Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select " + function + "(hashtext('share a rebuild'), ?)")) {
      lock.setInt(1, Math.toIntExact(number));
      lock.execute();
    }
  }

  private void require(Rebuild.State state, String locking, Connection connection)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from projections.rebuild where number = ? and state = ? " + locking)) {
      select.setLong(1, number);
      select.setString(2, state.name());
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          throw another();
        }
      }
    }
  }

  /** A passing failure: it is looked up again. */
  private SQLException another() {
    return new SQLException(
        "another node goes on with rebuild %d, or it has ended".formatted(number), "40001");
  }

  void target(long target) throws SQLException {
    update("target = ?", target);
  }

  void completed(long millis) throws SQLException {
    update("complete_millis = complete_millis + ?", millis);
  }

  /**
   * Says nothing of a rebuild that has ended or is further: what failed is of a node that was left
   * behind.
   */
  void stopped(Rebuild.State in, long position, String reason) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update projections.rebuild set stopped_at = ?, reason = ? where number = ? and"
                    + " state = ?")) {
      update.setLong(1, position);
      update.setString(2, reason);
      update.setLong(3, number);
      update.setString(4, in.name());
      update.executeUpdate();
    }
  }

  /** As soon as the keys that are being made are there; nothing changes if it has ended. */
  void abandon(String reason, Connection connection) throws SQLException {
    endSharing(connection);
    try (PreparedStatement end =
        connection.prepareStatement(
            """
            update projections.rebuild set state = 'ABANDONED', ended_at = now(), stopped_at = 0, reason = ?
             where number = ? and state not in ('SWITCHED', 'ABANDONED')
            """)) {
      end.setString(1, reason);
      end.setLong(2, number);
      end.executeUpdate();
    }
  }

  /** Also drops what an ended rebuild leaves. */
  void drop() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement drop =
            connection.prepareStatement("select projections.drop_rebuild(?)")) {
      drop.setLong(1, number);
      drop.execute();
    }
  }

  /**
   * Holds the row until the transaction ends, whose commit does not wait for the disk: after a
   * crash of the database the last moments are missing, rows and position alike.
   */
  void lock(Rebuild.State state, long expected, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position, set_config('synchronous_commit', 'off', true)
              from projections.rebuild where number = ? and state = ? for update
            """)) {
      select.setLong(1, number);
      select.setString(2, state.name());
      try (ResultSet found = select.executeQuery()) {
        if (!found.next() || found.getLong(1) != expected) {
          throw another();
        }
      }
    }
  }

  void advance(
      long position,
      OffsetDateTime recordedAt,
      int facts,
      long lines,
      long millis,
      Connection connection)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.rebuild
               set position = ?, recorded_at = ?, facts = facts + ?, lines = lines + ?, fold_millis = fold_millis + ?
             where number = ?
            """)) {
      update.setLong(1, position);
      update.setObject(2, recordedAt);
      update.setInt(3, facts);
      update.setLong(4, lines);
      update.setLong(5, millis);
      update.setLong(6, number);
      update.executeUpdate();
    }
  }

  void differs(Comparison comparison, long position, long compareMillis) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      hold(Rebuild.State.CATCHING_UP, connection);
      keep(comparison, position, compareMillis, connection);
      update(connection, "state = 'DIFFERS'");
      connection.commit();
    }
    LOG.warn(
        "rebuild {} is not switched in: {} sums differ from those that answer at position {}",
        number,
        comparison.count(),
        position);
  }

  /** Switches and commits; what was replaced is kept if other figures were shown before. */
  void switchIn(
      Comparison comparison,
      long position,
      long compareMillis,
      Projection projection,
      Connection connection)
      throws SQLException, InterruptedException {
    hold(Rebuild.State.CATCHING_UP, connection);
    keep(comparison, position, compareMillis, connection);
    boolean kept = comparison.count() > 0;
    update(connection, "kept = ?", kept);
    PassedOver.replace(projection.name(), number, kept, connection);
    Savepoint compared = connection.setSavepoint();
    for (int attempt = 1; ; attempt++) {
      long started = System.nanoTime();
      try (PreparedStatement patience =
              connection.prepareStatement("select set_config('lock_timeout', ?, true)");
          PreparedStatement change =
              connection.prepareStatement("select projections.switch_rebuild(?, ?)")) {
        patience.setString(1, PATIENCE);
        patience.execute();
        change.setLong(1, number);
        change.setArray(2, RebuildRun.texts(connection, projection.tables().names()));
        change.execute();
        // With the state, so that nobody reads that it is switched and not yet how long it took.
        update(
            connection,
            "state = 'SWITCHED', ended_at = clock_timestamp(), switch_millis = ?",
            Math.ceilDiv(System.nanoTime() - started, 1_000_000L));
        connection.commit();
      } catch (SQLException e) {
        if (attempt == ATTEMPTS
            || !LOCK_NOT_AVAILABLE.equals(e.getSQLState()) && !DEADLOCK.equals(e.getSQLState())) {
          throw e;
        }
        connection.rollback(compared);
        Thread.sleep(100);
        continue;
      }
      LOG.info(
          "rebuild {} answers from position {} on; switched in {} ms",
          number,
          position,
          (System.nanoTime() - started) / 1_000_000);
      return;
    }
  }

  private void keep(Comparison comparison, long position, long compareMillis, Connection connection)
      throws SQLException {
    update(
        connection,
        "compared_position = ?, compare_millis = ?, differences = ?, digest = ?, differs_from = ?",
        position,
        compareMillis,
        comparison.count(),
        comparison.digest(),
        comparison.from());
  }

  private void update(String assignments, Object... values) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      update(connection, assignments, values);
    }
  }

  private void update(Connection connection, String assignments, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update projections.rebuild set " + assignments + " where number = ?")) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.setLong(values.length + 1, number);
      update.executeUpdate();
    }
  }
}
