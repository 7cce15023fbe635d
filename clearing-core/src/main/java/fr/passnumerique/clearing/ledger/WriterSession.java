package fr.passnumerique.clearing.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The database sessions of one node that writes, under a name of their own, so that another node
 * can end them all when this one falls silent.
 *
 * <p>A frozen process (a paused machine, a stop signal) keeps its connections, and with them the
 * writer's lock and perhaps the fence of a half-sent statement: nobody would ever be elected in its
 * place. Its silence is seen from when the session that holds the lock last asked anything, which
 * stays the same meanwhile, so no table is written for it and no two clocks are compared. A session
 * that waits for an answer is not silent: there the database is slow, and ending it would help
 * nobody.
 */
final class WriterSession {
  /**
   * The session that holds a lock, which is given twice: an advisory lock of one key of 64 bits
   * stands as two of 32. A session sees and ends those of its own role, which is all that is
   * needed.
   */
  static final String HOLDER =
      """
      select h.*
        from pg_locks l
        join pg_stat_activity h on h.pid = l.pid
       where l.locktype = 'advisory' and l.granted and l.objsubid = 1
         and l.database = (select d.oid from pg_database d where d.datname = current_database())
         and l.classid::bigint = (?::bigint >> 32) and l.objid::bigint = (?::bigint & 4294967295)
         and h.usename = current_user
         and h.application_name like 'clearing-writer %'
      """;

  private static final String LAST_BEAT =
      """
      select h.pid, h.state_change
        from (%s) h
       where h.pid <> pg_backend_pid()
         and starts_with(h.state, 'idle')
      """
          .formatted(HOLDER);

  private static final String END_SILENT =
      """
      select count(pg_terminate_backend(s.pid))
        from (%s) h
        join pg_stat_activity s on s.application_name = h.application_name and s.usename = h.usename
       where h.pid = ?
         and starts_with(h.state, 'idle')
         and h.state_change = ?
      """
          .formatted(HOLDER);

  /**
   * That the session which holds the lock was answered, and has asked nothing since.
   *
   * @param at by the database's clock: told apart from others, and measured against none
   */
  record Beat(int pid, OffsetDateTime at) {}

  private final String name = "clearing-writer " + UUID.randomUUID();

  void name(Connection connection) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('application_name', ?, false)")) {
      set.setString(1, name);
      set.execute();
    }
  }

  /** Of whoever holds a lock; empty if nobody else does, or if it waits for an answer. */
  static Optional<Beat> lastBeat(Connection connection, long lock) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST_BEAT)) {
      select.setLong(1, lock);
      select.setLong(2, lock);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Beat(row.getInt(1), row.getObject(2, OffsetDateTime.class)))
            : Optional.empty();
      }
    }
  }

  /**
   * Ends all sessions of the node that holds a lock, if its last beat is still that one.
   *
   * @return how many were ended
   */
  static int endSilent(Connection connection, long lock, Beat last) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END_SILENT)) {
      end.setLong(1, lock);
      end.setLong(2, lock);
      end.setInt(3, last.pid());
      end.setObject(4, last.at());
      try (ResultSet ended = end.executeQuery()) {
        ended.next();
        return ended.getInt(1);
      }
    }
  }
}
