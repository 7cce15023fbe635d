package fr.passnumerique.clearing.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database of whose queries somebody forgot the condition on the owner, or on the cheque that is
 * asked for: {@code a.funder = ?} is true of every row, while the value is still given.
 */
public final class Forgetful extends DelegatingDataSource {
  private static final Pattern OWNERSHIP =
      Pattern.compile(
          "\\b(?:\\w\\.)?(?:(?:funder|venue|prescriber|serial|slip_position|order_id) ="
              + " (?:\\?|any \\(\\?\\))|cheques @> \\?::bigint)");

  private final AtomicBoolean forgets;

  /**
   * @param forgets whether it does so now
   */
  public Forgetful(DataSource dataSource, AtomicBoolean forgets) {
    super(dataSource);
    this.forgets = forgets;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Forgetful.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (forgets.get() && method.getName().equals("prepareStatement")) {
                arguments[0] = OWNERSHIP.matcher((String) arguments[0]).replaceAll("($0 or true)");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
