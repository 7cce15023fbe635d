package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.peak.Findings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What a ledger and its projections take on disk.
 *
 * @param facts in the ledger
 * @param bytes of each table with its indexes, the largest first
 */
record Disk(long facts, Map<String, Long> bytes) {
  static Disk of(DataSource database) throws SQLException {
    Map<String, Long> bytes = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      try (ResultSet table =
          statement.executeQuery(
              """
              select schemaname || '.' || relname, pg_total_relation_size(relid)
                from pg_stat_user_tables
               where schemaname in ('ledger', 'projections')
               order by 2 desc, 1
              """)) {
        while (table.next()) {
          bytes.put(table.getString(1), table.getLong(2));
        }
      }
      try (ResultSet head = statement.executeQuery("select max(position) from ledger.event")) {
        head.next();
        return new Disk(head.getLong(1), bytes);
      }
    }
  }

  /**
   * A table of figures: those that take a hundredth or more one by one.
   *
   * @param lines redeemed
   */
  void tell(Findings findings, long lines) {
    tell(findings, "a redeemed line", lines);
  }

  /** What it has grown by since. */
  void tellGrowth(Findings findings, Disk before, String each, long count) {
    Map<String, Long> grown = new LinkedHashMap<>();
    bytes.forEach((table, now) -> grown.put(table, now - before.bytes.getOrDefault(table, 0L)));
    new Disk(facts - before.facts, grown).tell(findings, each, count);
  }

  private void tell(Findings findings, String each, long lines) {
    long all = bytes.values().stream().mapToLong(Long::longValue).sum();
    findings.table("disk, %d facts".formatted(facts), "MB", "bytes " + each);
    long others = all;
    for (Map.Entry<String, Long> table : bytes.entrySet()) {
      if (table.getValue() * 100 >= all) {
        row(findings, table.getKey(), table.getValue(), lines);
        others -= table.getValue();
      }
    }
    row(findings, "all others", others, lines);
    row(findings, "**all**", all, lines);
  }

  private static void row(Findings findings, String what, long bytes, long lines) {
    findings.row(what, "%.1f".formatted(bytes / 1e6), "%.1f".formatted((double) bytes / lines));
  }
}
