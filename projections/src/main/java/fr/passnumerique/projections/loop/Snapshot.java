package fr.passnumerique.projections.loop;

import java.sql.Connection;
import java.sql.SQLException;
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

  private static final class Unreadable extends UncategorizedDataAccessException {
    private static final long serialVersionUID = 1L;

    Unreadable(SQLException e) {
      super("projections cannot be read", e);
    }
  }
}
