package fr.passnumerique.loadtest.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Every table of the projections, as number of rows and a sum over all that is in them; accounts
 * are told by what they are of, because their ids are dealt as they come.
 */
public record Tables(Map<String, Content> contents) {

  /**
   * What is in a table.
   *
   * @param sum of hashes of its rows, whatever their order
   */
  public record Content(long rows, String sum) {}

  /** Of the same position: see {@link #positions}. */
  public static Tables of(DataSource dataSource) throws SQLException {
    Map<String, Content> contents = new TreeMap<>();
    try (Connection connection = dataSource.getConnection()) {
      for (String table : names(connection)) {
        contents.put(table, content(connection, table));
      }
    }
    return new Tables(contents);
  }

  private static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select table_name from information_schema.tables
                 where table_schema = 'projections' and table_type = 'BASE TABLE'
                   and table_name not like 'flyway%' and table_name <> 'projection'
                   and table_name not like 'rebuild%'
                """)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static Content content(Connection connection, String table) throws SQLException {
    String row =
        table.equals("account")
            ? "to_jsonb(t) - 'id'"
            : has(connection, table, "account_id")
                ? "(to_jsonb(t) - 'account_id') || (select to_jsonb(a) - 'id' from"
                    + " projections.account a where a.id = t.account_id)"
                : "to_jsonb(t)";
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "select count(*), coalesce(sum(hashtextextended((%s)::text, 0)::numeric), 0)::text from projections.%s t"
                    .formatted(row, table))) {
      found.next();
      return new Content(found.getLong(1), found.getString(2));
    }
  }

  private static boolean has(Connection connection, String table, String column)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select 1 from information_schema.columns
             where table_schema = 'projections' and table_name = ? and column_name = ?
            """)) {
      statement.setString(1, table);
      statement.setString(2, column);
      return statement.executeQuery().next();
    }
  }

  /** Where each projection stands. */
  public static Map<String, Long> positions(DataSource dataSource) throws SQLException {
    Map<String, Long> positions = new TreeMap<>();
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select name, position from projections.projection")) {
      while (rows.next()) {
        positions.put(rows.getString(1), rows.getLong(2));
      }
    }
    return positions;
  }

  public long rows() {
    return contents.values().stream().mapToLong(Content::rows).sum();
  }

  /** Names of the tables that are not the same in both. */
  public List<String> differing(Tables other) {
    return contents.entrySet().stream()
        .filter(e -> !e.getValue().equals(other.contents.get(e.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
