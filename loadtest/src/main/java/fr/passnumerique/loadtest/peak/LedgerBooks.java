package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Way.Books;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
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

  /** Reads by a connection of its own, until it is closed. */
  Freshness freshness() {
    try {
      Connection connection = dataSource.getConnection();
      PreparedStatement age =
          connection.prepareStatement(
              """
              select coalesce(
                       (select extract(epoch from clock_timestamp() - e.recorded_at)
                          from ledger.event e
                         where e.position = (select min(position) + 1 from projections.projection)),
                       0)
              """);
      return new Freshness() {
        @Override
        public long lagNanos() throws SQLException {
          try (ResultSet row = age.executeQuery()) {
            row.next();
            return (long) (row.getDouble(1) * 1e9);
          }
        }

        @Override
        public void close() throws SQLException {
          connection.close();
        }
      };
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Books read() {
    try (Connection connection = dataSource.getConnection()) {
      Map<String, Long> byFunder = new TreeMap<>();
      Map<String, Long> byVenue = new TreeMap<>();
      long owed = 0;
      long paid = 0;
      try (var statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  """
                  select a.funder, a.venue,
                         -sum(b.cents) filter (where a.kind = 'VENUE_PAYABLE') as payable,
                         coalesce(sum(b.cents) filter (where a.kind = 'TITLES_PAID'), 0)
                           - coalesce(sum(b.cents) filter (where a.kind = 'TRANSFER_IN_TRANSIT'), 0) as paid
                    from projections.account a
                    join projections.balance b on b.account_id = a.id
                   where a.kind in ('VENUE_PAYABLE', 'TITLES_PAID', 'TRANSFER_IN_TRANSIT')
                   group by a.funder, a.venue
                  """)) {
        while (rows.next()) {
          long open = rows.getLong(3);
          long gone = rows.getLong(4);
          owed += open;
          paid += gone;
          byFunder.merge(rows.getString(1), open + gone, Long::sum);
          byVenue.merge(rows.getString(2), open + gone, Long::sum);
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
          number(
              connection,
              """
              select coalesce(sum(case releases when 0 then bit_count(cheques) else -bit_count(cheques) end), 0)
                from projections.claim
              """),
          owed,
          paid,
          byFunder,
          byVenue,
          OptionalLong.of(
              number(connection, "select coalesce(sum(cents), 0) from projections.balance")));
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
