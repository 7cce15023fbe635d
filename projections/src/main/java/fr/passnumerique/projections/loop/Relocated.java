package fr.passnumerique.projections.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The same SQL on the same tables in another schema: {@code projections.balance} is read as {@code
 * rebuild_7.balance}. Tables of other projections stay where they are.
 *
 * <p>Not the search path: every statement would have to leave out its schema, and one that does not
 * would silently write into the tables that answer, as would one that is cached under a path of
 * before.
 */
public final class Relocated {
  private static final String HOME = "projections";

  private final String schema;
  private final Pattern moved;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /**
   * @param tables those that lie in the other schema
   */
  public Relocated(String schema, Collection<String> tables) {
    this.schema = schema;
    this.moved = Pattern.compile("\\b" + HOME + "\\.(" + String.join("|", tables) + ")\\b");
  }

  public String sql(String sql) {
    return known.computeIfAbsent(sql, text -> moved.matcher(text).replaceAll(schema + ".$1"));
  }

  /**
   * Prepares statements for the other schema. A plain {@code createStatement} is refused: it would
   * take its SQL past this.
   */
  public Connection on(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Relocated.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "prepareStatement", "nativeSQL" -> arguments[0] = sql((String) arguments[0]);
                case "createStatement", "prepareCall" ->
                    throw new UnsupportedOperationException(
                        "projections prepare their statements: " + method.getName());
                default -> {}
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
