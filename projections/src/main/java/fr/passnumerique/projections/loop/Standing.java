package fr.passnumerique.projections.loop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a projection's tables stand, told by the row that is written in one transaction with them.
 *
 * @param position of the last fact in them, 0 before the first
 * @param recordedAt of that fact; null before the first
 */
public record Standing(long position, @Nullable Instant recordedAt) {
  private static final Standing BEFORE_THE_FIRST = new Standing(0, null);

  /**
   * @return where it stands, as this transaction sees it
   */
  public static Standing of(String projection, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position, recorded_at from projections.projection where name = ?")) {
      select.setString(1, projection);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          return BEFORE_THE_FIRST;
        }
        OffsetDateTime recordedAt = found.getObject(2, OffsetDateTime.class);
        return new Standing(found.getLong(1), recordedAt == null ? null : recordedAt.toInstant());
      }
    }
  }

  /** Gives the projection its row; to be committed by itself. */
  static void open(String projection, Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into projections.projection (name) values (?) on conflict (name) do nothing")) {
      insert.setString(1, projection);
      insert.executeUpdate();
    }
  }

  /**
   * Reads the projection's row and holds it until the transaction ends; at most two minutes, so
   * that a runner frozen in the middle does not hold the others for ever.
   *
   * <p>The commit does not wait for the disk, which the ledger needs more: after a crash the last
   * moments are missing, rows and position alike, and are folded again.
   */
  static Bookmark lock(String projection, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position, source_offset, set_config('transaction_timeout', '120s', true),
                   set_config('synchronous_commit', 'off', true)
              from projections.projection where name = ? for update
            """)) {
      select.setString(1, projection);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          throw new SQLException(
              "projection %s has no row; it is inserted when the projection starts"
                  .formatted(projection));
        }
        return new Bookmark(found.getLong(1), found.getLong(2));
      }
    }
  }

  /**
   * Holds the tables where they stand until the transaction ends: whoever folds waits. Reads go on.
   * A holder that is frozen in the middle is let go of after two minutes.
   *
   * @return their position
   */
  public static long hold(String projection, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position, set_config('idle_in_transaction_session_timeout', '120s', true)
              from projections.projection where name = ? for update
            """)) {
      select.setString(1, projection);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  /** Whether the same statement may succeed later: connections, resources, conflicts, shutdowns. */
  public static boolean passing(SQLException e) {
    if (e instanceof SQLTransientException) {
      return true;
    }
    String sqlState = e.getSQLState();
    if (sqlState == null || sqlState.length() != 5) {
      return true;
    }
    return switch (sqlState.substring(0, 2)) {
      case "08", "40", "53", "55", "57", "58" -> true;
      // read_only_sql_transaction: the server is a standby until it is promoted.
      // transaction_timeout: while another holds the tables, to compare them with new ones.
      // idle_in_transaction_session_timeout: this process was stopped in the middle and went on.
      default -> Set.of("25006", "25P03", "25P04").contains(sqlState);
    };
  }

  static void advance(String projection, SourcedFact last, Connection connection)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.projection
               set position = ?, recorded_at = ?, source_offset = ?, stopped_at = 0, stopped_reason = ''
             where name = ?
            """)) {
      update.setLong(1, last.position());
      update.setObject(2, last.recorded().recordedAt().atOffset(ZoneOffset.UTC));
      update.setLong(3, last.nextOffset());
      update.setString(4, projection);
      update.executeUpdate();
    }
  }

  /** Notes beside the tables why they do not go on, for those who see only the database. */
  static void stop(String projection, long position, String reason, Connection connection)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.projection set stopped_at = ?, stopped_reason = ?
             where name = ? and position < ?
            """)) {
      update.setLong(1, position);
      update.setString(2, reason);
      update.setString(3, projection);
      // A node of a newer release may have folded it: then nothing has stopped but this node.
      update.setLong(4, position);
      update.executeUpdate();
    }
  }
}
