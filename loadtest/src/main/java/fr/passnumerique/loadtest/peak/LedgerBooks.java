package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Way.Books;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Reads what a ledger and its projections say, in SQL of its own: the program that is measured does
 * not vouch for itself.
 */
final class LedgerBooks {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PGSimpleDataSource dataSource;

  /**
   * @param dataSource of the ledger's database, as someone who may read all of it
   */
  LedgerBooks(PGSimpleDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Waits until every projection holds the ledger's head. */
  void awaitProjections() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement behind =
            connection.prepareStatement(
                """
                select coalesce(string_agg(name || ' at ' || position || ' ' || stopped_reason, ', ')
                                  filter (where position < head), '')
                         as behind,
                       count(*) filter (where name in ('accounts', 'claims')) as known
                  from projections.projection, (select max(position) as head from ledger.event)
                """)) {
      while (true) {
        try (ResultSet row = behind.executeQuery()) {
          row.next();
          if (row.getString(1).isEmpty() && row.getInt(2) == 2) {
            return;
          }
          if (System.nanoTime() > end) {
            throw new IllegalStateException(
                "projections did not reach the ledger's head: " + row.getString(1));
          }
        }
        Thread.sleep(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Books read() {
    try (Connection connection = dataSource.getConnection()) {
      Map<String, Long> spent = new TreeMap<>();
      long owed = 0;
      long paid = 0;
      try (var statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  """
                  select a.funder,
                         -sum(b.cents) filter (where a.kind = 'VENUE_PAYABLE') as owed,
                         coalesce(sum(b.cents) filter (where a.kind = 'TITLES_PAID'), 0)
                           - coalesce(sum(b.cents) filter (where a.kind = 'TRANSFER_IN_TRANSIT'), 0) as paid
                    from projections.account a
                    join projections.balance b on b.account_id = a.id
                   where a.kind in ('VENUE_PAYABLE', 'TITLES_PAID', 'TRANSFER_IN_TRANSIT')
                   group by a.funder
                  """)) {
        while (rows.next()) {
          owed += rows.getLong(2);
          paid += rows.getLong(3);
          spent.put(rows.getString(1), rows.getLong(2) + rows.getLong(3));
        }
      }
      return new Books(
          number(
              connection,
              """
              select count(*)
                from ledger.event e,
                     lateral jsonb_array_elements(e.payload::jsonb -> 'lines') as line
               where e.type = 'SlipJudged' and not line ? 'rejected'
              """),
          number(connection, "select count(*) from projections.claim"),
          owed,
          paid,
          spent);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
