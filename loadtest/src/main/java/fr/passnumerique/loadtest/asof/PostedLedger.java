package fr.passnumerique.loadtest.asof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Fills the tables of postings as if so many slips and transfers had been folded: the schema, the
 * indexes and the invariants are the product's, the facts behind them are not written.
 *
 * <p>18 000 venues, two funders in each of 48 agreements. Every fourth fact of a venue is the
 * transfer that pays the three slips before it; each fact posts 8 times and sums to zero. Facts are
 * 25 seconds apart, so that more postings are an older ledger and not a busier one. One fact in
 * fifty happened the day before it was recorded.
 */
final class PostedLedger {
  static final int VENUES = 18_000;

  private static final int AGREEMENTS = 48;
  private static final int POSTINGS_A_FACT = 8;

  /** Own accounts of a venue come first, then those of the agreements; two funders each. */
  private static final String ACCOUNTS =
      """
      insert into projections.account
             (id, kind, programme, agreement, funder, funding_departement, venue, spending_departement, prescriber)
      overriding system value
      select 1 + (v * 2 + f) * 3 + k.n, k.kind, 'pass', 'convention-' || v %% %1$d, 'financeur-' || f,
             lpad((1 + v %% %1$d)::text, 2, '0'), lpad(v::text, 14, '0'),
             lpad((1 + (v + (v %% 5 = 0)::int) %% %1$d)::text, 2, '0'), ''
        from generate_series(0, %2$d - 1) v, generate_series(0, 1) f,
             (values (0, 'VENUE_PAYABLE'), (1, 'TITLES_REDEEMED'), (2, 'TITLES_PAID')) k(n, kind)
       union all
      select 1 + %2$d * 6 + (a * 2 + f) * 3 + k.n, k.kind, 'pass', 'convention-' || a, 'financeur-' || f,
             case when k.n = 2 then '' else lpad((1 + a)::text, 2, '0') end, '', '', ''
        from generate_series(0, %1$d - 1) a, generate_series(0, 1) f,
             (values (0, 'CHEQUES_OUTSTANDING'), (1, 'TITLES_HANDED_OUT'), (2, 'BANK')) k(n, kind)
      """
          .formatted(AGREEMENTS, VENUES);

  /** Slips of 1 to 80 cheques at 10 €; the first funder bears 60 %. */
  private static final String ENTRIES =
      """
      select f.k as position, e.account_id, e.cents * (case when s.f = 0 then 6 else 4 end) / 10 as cents
        from (select k, (k - 1) %% %2$d as v, ((k - 1) / %2$d) %% 4 = 3 as pays,
                     1000 * (1 + (k * 2654435761) %% 80) as slip,
                     1000 * (3 + ((k - %2$d) * 2654435761) %% 80 + ((k - 2 * %2$d) * 2654435761) %% 80
                               + ((k - 3 * %2$d) * 2654435761) %% 80) as paid
                from generate_series(1::bigint, %3$d) k) f
       cross join generate_series(0, 1) s(f)
       cross join lateral (
             select 1 + (f.v * 2 + s.f) * 3 as own, 1 + %2$d * 6 + (f.v %% %1$d * 2 + s.f) * 3 as common) n
       cross join lateral (values
             (n.own, case when f.pays then f.paid else -f.slip end),
             (n.own + 1, case when f.pays then -f.paid else f.slip end),
             (case when f.pays then n.own + 2 else n.common end, case when f.pays then f.paid else f.slip end),
             (case when f.pays then n.common + 2 else n.common + 1 end, case when f.pays then -f.paid else -f.slip end)
             ) e(account_id, cents)
      """;

  private static final String POSTINGS =
      """
      insert into projections.posting (account_id, position, cents, balance_cents)
      select account_id, position, cents, sum(cents) over (partition by account_id order by position)
        from (%s) entries
       order by position
      """;

  private static final String JOURNAL =
      """
      insert into projections.journal (position, recorded_at, recorded_on, happened_on, fact, causes)
      select k, at, (at at time zone 'Europe/Paris')::date,
             (at at time zone 'Europe/Paris')::date - (k %% 50 = 0)::int,
             case when ((k - 1) / %1$d) %% 4 = 3 then 'TransferConfirmed' else 'SlipJudged' end,
             'slip ' || lpad(((k - 1) %% %1$d)::text, 14, '0') || '/B-' || k
        from (select k, timestamptz '2021-01-04 08:00:00+01' + k * interval '25 seconds' as at
                from generate_series(1::bigint, %2$d) k) f
      """;

  private static final List<String> REST =
      List.of(
          """
          insert into projections.balance (account_id, cents, position)
          select a.id, p.balance_cents, p.position
            from projections.account a
           cross join lateral (
                 select q.balance_cents, q.position from projections.posting q
                  where q.account_id = a.id order by q.position desc limit 1) p
          """,
          """
          insert into projections.projection (name, position, recorded_at)
          select 'accounts', position, recorded_at from projections.journal order by position desc limit 1
          """,
          "analyze projections.account, projections.balance, projections.posting,"
              + " projections.journal");

  private final DataSource owner;
  private final long facts;

  /**
   * @param owner may leave out and make again the indexes while it fills
   * @param postings rounded down to whole facts
   */
  PostedLedger(DataSource owner, long postings) {
    this.owner = owner;
    this.facts = postings / POSTINGS_A_FACT;
  }

  long facts() {
    return facts;
  }

  long postings() {
    return facts * POSTINGS_A_FACT;
  }

  /** Set by set; the indexes are made at the end, by their own definitions. */
  void fill() throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set work_mem = '1GB'");
      statement.execute("set maintenance_work_mem = '2GB'");
      statement.execute("set synchronous_commit = off");
      statement.execute(ACCOUNTS);
      statement.execute(JOURNAL.formatted(VENUES, facts));
      List<String> indexes = definitions(statement);
      statement.execute("alter table projections.posting drop constraint posting_pkey");
      statement.execute("drop index projections.posting_position");
      statement.execute(POSTINGS.formatted(ENTRIES.formatted(AGREEMENTS, VENUES, facts)));
      for (String definition : indexes) {
        statement.execute(definition);
      }
      statement.execute(
          "alter table projections.posting add constraint posting_pkey primary key using index"
              + " posting_pkey");
      for (String sql : REST) {
        statement.execute(sql);
      }
    }
    vacuum();
  }

  /** As autovacuum would have by now: what was inserted is seen from the index alone. */
  private void vacuum() throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum projections.posting");
      statement.execute("vacuum projections.journal");
    }
  }

  private static List<String> definitions(Statement statement) throws SQLException {
    List<String> definitions = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            """
            select indexdef from pg_indexes where schemaname = 'projections' and tablename = 'posting'
            """)) {
      while (found.next()) {
        definitions.add(found.getString(1));
      }
    }
    return definitions;
  }
}
