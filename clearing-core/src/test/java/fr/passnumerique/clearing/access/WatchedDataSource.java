package fr.passnumerique.clearing.access;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Tells what is asked of a database, and does not reach it when a test says so. */
public final class WatchedDataSource extends DelegatingDataSource {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile boolean withoutTransactions;

  public WatchedDataSource(DataSource database) {
    super(database);
  }

  void away(boolean whether) {
    away = whether;
  }

  void withoutTransactions() {
    withoutTransactions = true;
  }

  /** How many statements began so. */
  public long asked(String beginning) {
    return asked.stream().filter(sql -> sql.startsWith(beginning)).count();
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (away) {
      throw new SQLException("away");
    }
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (withoutTransactions && method.getName().equals("setAutoCommit")) {
                throw new SQLException("away");
              }
              if (method.getName().equals("prepareStatement")) {
                asked.add(String.valueOf(arguments[0]).strip());
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
