package fr.passnumerique.projections.loop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * Reads the projections' tables as they stood at one moment: every statement of one answer sees the
 * same positions, however many batches are committed meanwhile.
 */
public final class Snapshot {
  private final DataSource dataSource;

  /** What is read. */
  @FunctionalInterface
  public interface Query<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * @param dataSource of the schema {@code projections}; need not be allowed to write
   */
  public Snapshot(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * @throws DataAccessException if the database does not answer
   */
  public <T extends @Nullable Object> T read(Query<T> query) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        await(connection);
        return query.on(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      DataAccessException translated =
          new SQLExceptionSubclassTranslator().translate("projections are read", null, e);
      throw translated != null ? translated : new Unreadable(e);
    }
  }

  /**
   * Before there is a snapshot: the switch to a projection's new tables locks all readers out for a
   * moment, and whoever waited sees the new tables as they are after it, never as they were while
   * they were filled.
   */
  private static void await(Connection connection) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute("lock table projections.rebuild in access share mode");
    }
  }

  private static final class Unreadable extends UncategorizedDataAccessException {
    private static final long serialVersionUID = 1L;

    Unreadable(SQLException e) {
      super("projections cannot be read", e);
    }
  }
}
