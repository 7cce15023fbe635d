package fr.passnumerique.loadtest.race;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Bugs in how the ledger is written, put between a node and its database. */
final class DatabaseBugs {
  /** How the ledger's inserts begin, of one row and of several, and their guard. */
  private static final String INSERT = "insert into ledger.event";

  private static final String GUARD =
      "where (select e.hash from ledger.event e order by e.position desc limit 1) is not distinct"
          + " from ?";

  private DatabaseBugs() {}

  static List<Supplier<Bug>> all() {
    return List.of(NoFence::new, NoGuard::new, DoNothing::new, TakenForWritten::new);
  }

  private static final class NoFence extends Bug {
    NoFence() {
      super("the fence is removed: two nodes may have one position");
    }

    @Override
    Sharing sharing() {
      return Sharing.BOTH_WRITE;
    }

    @Override
    void prepare(Stage.Arena arena) throws SQLException {
      arena.asSuperuser("alter table ledger.event drop constraint event_pkey cascade");
    }
  }

  private static final class NoGuard extends Bug {
    NoGuard() {
      super("the guard is removed: a ledger that was moved back is gone on with");
    }

    @Override
    Sharing sharing() {
      return Sharing.MOVED_BACK;
    }

    @Override
    DataSource database(DataSource right, Seat seat) {
      // The parameter stays: whoever asks sets it.
      return rewriting(right, sql -> replaced(sql, GUARD, "where true or ?::bytea is null"));
    }
  }

  private static final class DoNothing extends Bug {
    DoNothing() {
      super("rows that another node wrote first are passed over (on conflict do nothing)");
    }

    @Override
    Sharing sharing() {
      return Sharing.BOTH_WRITE;
    }

    @Override
    DataSource database(DataSource right, Seat seat) {
      return rewriting(
          right, sql -> sql.startsWith(INSERT) ? sql + " on conflict (position) do nothing" : sql);
    }
  }

  private static final class TakenForWritten extends Bug {
    private static final int ONE_IN = 25;

    private final AtomicInteger statements = new AtomicInteger();

    TakenForWritten() {
      super("a statement that was lost is taken for written");
    }

    @Override
    DataSource database(DataSource right, Seat seat) {
      return on(
          right,
          (connection, sql) -> {
            PreparedStatement statement = connection.prepareStatement(sql);
            return sql.startsWith(INSERT) ? losing(statement) : statement;
          });
    }

    private PreparedStatement losing(PreparedStatement statement) {
      return proxy(
          PreparedStatement.class,
          statement,
          (method, _) ->
              method.equals("executeUpdate") && statements.incrementAndGet() % ONE_IN == 0
                  ? Integer.valueOf(1)
                  : null);
    }
  }

  private static String replaced(String sql, String part, String by) {
    if (!sql.startsWith(INSERT)) {
      return sql;
    }
    String replaced = sql.replace(part, by);
    if (replaced.equals(sql)) {
      throw new IllegalStateException("the ledger's insert has no longer: " + part);
    }
    return replaced;
  }

  private static DataSource rewriting(DataSource right, UnaryOperator<String> change) {
    return on(right, (connection, sql) -> connection.prepareStatement(change.apply(sql)));
  }

  private interface Preparing {
    PreparedStatement prepare(Connection connection, String sql) throws SQLException;
  }

  /** The same data source, but for the statements that it prepares. */
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
                ? DatabaseBugs.class.getClassLoader()
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
