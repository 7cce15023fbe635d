package fr.passnumerique.projections.loop;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.postgresql.PGConnection;

/**
 * Many rows as the parameters of one statement: a column is an array, {@code unnest} makes rows of
 * them again.
 *
 * @param <R> what one row is made from
 */
public final class Bulk<R> {
  private final Connection connection;
  private final PreparedStatement statement;
  private final List<R> rows;
  private int column;

  private Bulk(Connection connection, PreparedStatement statement, List<R> rows) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
  }

  /**
   * @param statement with one array parameter per column, bound in order
   */
  public static <R> Bulk<R> of(Connection connection, PreparedStatement statement, List<R> rows) {
    return new Bulk<>(connection, statement, rows);
  }

  public Bulk<R> longs(ToLongFunction<R> value) throws SQLException {
    return bind(
        connection
            .unwrap(PGConnection.class)
            .createArrayOf("int8", rows.stream().mapToLong(value).toArray()));
  }

  public Bulk<R> ints(ToIntFunction<R> value) throws SQLException {
    return bind(
        connection
            .unwrap(PGConnection.class)
            .createArrayOf("int4", rows.stream().mapToInt(value).toArray()));
  }

  /**
   * Of dates, instants and numbers too: the statement casts each from its text. The character NUL,
   * which JSON can hold and PostgreSQL cannot, is written as U+FFFD: no text that somebody sent may
   * stop a projection.
   */
  public Bulk<R> texts(Function<R, String> value) throws SQLException {
    return bind(
        connection.createArrayOf(
            "text", rows.stream().map(row -> value.apply(row).replace('\0', '\uFFFD')).toArray()));
  }

  private Bulk<R> bind(Array values) throws SQLException {
    statement.setArray(++column, values);
    return this;
  }
}
