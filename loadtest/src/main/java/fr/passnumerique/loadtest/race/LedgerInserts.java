package fr.passnumerique.loadtest.race;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The statements by which a node writes the ledger, on their way to its database: said otherwise,
 * or otherwise answered than the database did.
 */
final class LedgerInserts {
  /** How they begin, of one row and of several. */
  private static final String INSERT = "insert into ledger.event";

  private LedgerInserts() {}

  /** One of them. */
  interface Insert {
    /** Has the database do it: when it returns, the rows are committed. */
    int rows() throws SQLException;
  }

  /** What a node is told of one. */
  interface Answer {
    /**
     * @return rows that the node is told
     */
    int to(Insert insert) throws SQLException;
  }

  /**
   * @param change of their text
   */
  static DataSource rewritten(DataSource right, UnaryOperator<String> change) {
    return on(right, (connection, sql) -> connection.prepareStatement(change.apply(sql)));
  }

  static DataSource answered(DataSource right, Answer answer) {
    return on(
        right,
        (connection, sql) -> {
          PreparedStatement statement = connection.prepareStatement(sql);
          return proxy(
              PreparedStatement.class,
              statement,
              (method, _) ->
                  method.equals("executeUpdate") ? answer.to(statement::executeUpdate) : null);
        });
  }

  private interface Preparing {
    PreparedStatement prepare(Connection connection, String sql) throws SQLException;
  }

  /** The same data source, but for these statements. */
  private static DataSource on(DataSource right, Preparing preparing) {
    return proxy(
        DataSource.class,
        right,
        (method, _) -> {
          if (!method.equals("getConnection")) {
            return null;
          }
          Connection connection = right.getConnection();
          return proxy(
              Connection.class,
              connection,
              (called, arguments) ->
                  called.equals("prepareStatement")
                          && arguments.length == 1
                          && arguments[0] instanceof String sql
                          && sql.startsWith(INSERT)
                      ? preparing.prepare(connection, sql)
                      : null);
        });
  }

  private interface Instead {
    /** Null to have the right one do it. */
    @Nullable Object of(String method, Object[] arguments) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T right, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader() == null
                ? LedgerInserts.class.getClassLoader()
                : type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Object other =
                  instead.of(method.getName(), arguments == null ? new Object[0] : arguments);
              if (other != null) {
                return other;
              }
              try {
                return method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
