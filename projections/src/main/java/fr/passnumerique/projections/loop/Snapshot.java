package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.access.RowSecurity;
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
  private final @Nullable RowSecurity rows;
  private final @Nullable Generation replaced;

  /** What is read. */
  @FunctionalInterface
  public interface Query<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Of all rows, whoever asks.
   *
   * @param dataSource of the schema {@code projections}; need not be allowed to write
   */
  public Snapshot(DataSource dataSource) {
    this(dataSource, null, null);
  }

  /**
   * Of the rows that who asks may see.
   *
   * @param reader who may take on the asker's role
   */
  public Snapshot(DataSource reader, RowSecurity rows) {
    this(reader, rows, null);
  }

  private Snapshot(
      DataSource dataSource, @Nullable RowSecurity rows, @Nullable Generation replaced) {
    this.dataSource = dataSource;
    this.rows = rows;
    this.replaced = replaced;
  }

  /** The same of tables that a rebuild replaced, those of other projections as they are now. */
  public Snapshot of(Generation generation) {
    return new Snapshot(dataSource, rows, generation);
  }

  /**
   * Where the tables of a projection stand that are read: those that were replaced, which have a
   * place of their own, and of other projections those of now.
   *
   * @param connection that {@link #read} gave
   */
  public Standing standing(String projection, Connection connection) throws SQLException {
    Standing own = Standing.of(projection, connection);
    return replaced == null || own.position() > 0
        ? own
        : Standing.of(projection, connection.unwrap(Connection.class));
  }

  /** Whether it is of tables that were replaced, and stand still. */
  public boolean isOfReplaced() {
    return replaced != null;
  }

  /**
   * What must be said beside an answer.
   *
   * @param connection that {@link #read} gave
   * @param position that the answer is told of, which may be before where its tables stand
   * @param projections whose tables it is made of
   * @return null if nothing must
   */
  public @Nullable Caveats caveats(Connection connection, long position, String... projections)
      throws SQLException {
    return Caveats.of(connection, position, replaced, projections);
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
        if (rows != null) {
          rows.begin(connection);
        }
        return query.on(replaced == null ? connection : replaced.on(connection));
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
   * Reads what belongs to nobody of its own and is told of rows that who asks has seen: by what
   * these name, and by nothing else.
   *
   * @param connection that {@link #read} gave
   */
  public <T extends @Nullable Object> T ofSeen(Connection connection, Query<T> query)
      throws SQLException {
    if (rows == null) {
      return query.on(connection);
    }
    rows.lift(connection);
    T told = query.on(connection);
    rows.begin(connection);
    return told;
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
