package fr.passnumerique.loadtest.crash;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Of a PostgreSQL, as its superuser sees them, in one session that is kept: a statement is over
 * before another begins.
 */
final class ServerBackends implements DatabaseLine.Backends {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration AT_WORK_SOON = Duration.ofMillis(100);

  private final DataSource superuser;
  private @Nullable Connection session;

  /**
   * @param superuser of the ledger's database, not over the line
   */
  ServerBackends(DataSource superuser) {
    this.superuser = superuser;
  }

  @Override
  public synchronized long head() throws IOException {
    try {
      Connection before = session;
      // The server may have been killed since.
      if (before == null || !before.isValid((int) PATIENCE.toSeconds())) {
        session = superuser.getConnection();
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return ask("select max(position) from ledger.event where position > ?", 0);
  }

  @Override
  public synchronized boolean endAtWork(int clientPort) throws IOException {
    long end = System.nanoTime() + AT_WORK_SOON.toNanos();
    while (System.nanoTime() < end) {
      if (ask(
              "select count(pg_terminate_backend(pid)) from pg_stat_activity where client_port = ?"
                  + " and state = 'active'",
              clientPort)
          > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void awaitGone(int clientPort) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (ask("select count(*) from pg_stat_activity where client_port = ?", clientPort) > 0) {
      if (System.nanoTime() > end) {
        throw new IOException("the backend of a cut connection stays");
      }
    }
  }

  private long ask(String sql, int value) throws IOException {
    Connection kept = session;
    if (kept == null) {
      throw new IOException("the head was not asked before");
    }
    try (PreparedStatement select = kept.prepareStatement(sql)) {
      select.setInt(1, value);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
