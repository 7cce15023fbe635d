package fr.passnumerique.clearing.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The appender's connection, opened when it is needed and kept: a statement that got no answer may
 * still be running in its session, so whoever asks again does it in another.
 *
 * <p>Used by the appender's thread only.
 */
final class WriterConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);
  private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

  private final DataSource dataSource;
  private final WriterSession session;
  private @Nullable Connection connection;

  WriterConnection(DataSource dataSource, WriterSession session) {
    this.dataSource = dataSource;
    this.session = session;
  }

  Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = dataSource.getConnection();
      open.setAutoCommit(true);
      open.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
      session.name(open);
      connection = open;
    }
    return open;
  }

  /** The end of a node whose last statement was answered: its connection is as good as any. */
  void giveBack() {
    end(false);
  }

  /** Not only closed: a pool would hand out one whose last statement may still be running. */
  void abandon() {
    end(true);
  }

  private void end(boolean broken) {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        if (broken) {
          open.abort(Runnable::run);
        }
        open.close();
      } catch (SQLException e) {
        LOG.debug("the appender's connection did not close", e);
      }
    }
  }
}
