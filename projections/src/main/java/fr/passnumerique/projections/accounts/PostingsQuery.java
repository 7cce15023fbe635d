package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which postings does a balance come from? Every balance is the sum of those that the same filter
 * and the same moment list.
 */
public final class PostingsQuery {
  private final Snapshot snapshot;
  private final LedgerReader ledger;

  /**
   * Which postings; null leaves a condition open.
   *
   * @param kind of account
   * @param fact position of the fact that posted them
   */
  public record Asked(
      Filter accounts,
      @Nullable AccountKind kind,
      @Nullable Long fact,
      AsOf asOf,
      Cursor before,
      int limit) {}

  /** Postings are ordered by position, then account, the highest first. */
  public record Cursor(long position, long account) {
    static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public String toString() {
      return position + "-" + account;
    }
  }

  /** A row before its fact is looked up. */
  private record Row(Posting posting, Cursor cursor) {}

  /**
   * @param dataSource of the schema {@code projections}
   * @param ledger tells what the facts behind a page are about
   */
  public PostingsQuery(DataSource dataSource, LedgerReader ledger) {
    this.snapshot = new Snapshot(dataSource);
    this.ledger = ledger;
  }

  /**
   * @throws fr.passnumerique.clearing.http.Problem AS_OF_TOO_LATE if the moment cannot be told
   */
  public PostingsPage read(Asked asked) {
    PostingsPage page = snapshot.read(connection -> read(connection, asked));
    // Outside the snapshot: facts never change.
    Map<Long, RecordedFact> facts = new HashMap<>();
    List<Posting> explained = new ArrayList<>(page.postings().size());
    for (Posting posting : page.postings()) {
      RecordedFact fact =
          facts.computeIfAbsent(
              posting.position(), position -> ledger.read(position - 1, 1).getFirst());
      explained.add(
          new Posting(
              posting.position(),
              posting.recordedAt(),
              posting.happenedOn(),
              fact.fact().getClass().getSimpleName(),
              Cause.of(fact.fact()),
              posting.kind(),
              posting.label(),
              posting.programme(),
              posting.agreement(),
              posting.funder(),
              posting.fundingDepartement(),
              posting.venue(),
              posting.spendingDepartement(),
              posting.prescriber(),
              posting.cents(),
              posting.balanceCents()));
    }
    return new PostingsPage(
        page.position(), page.recordedAt(), page.businessDate(), explained, page.next());
  }

  private static PostingsPage read(Connection connection, Asked asked) throws SQLException {
    Moment moment =
        Moment.of(asked.asOf(), Standing.of(AccountsProjection.NAME, connection), connection);
    List<Row> rows = rows(connection, asked, moment);
    boolean more = rows.size() > asked.limit();
    List<Row> page = more ? rows.subList(0, asked.limit()) : rows;
    return new PostingsPage(
        moment.position(),
        moment.recordedAt(),
        moment.businessDate(),
        page.stream().map(Row::posting).toList(),
        more ? page.getLast().cursor().toString() : null);
  }

  /** The newest of each account, of which the newest are kept: no account is read to its end. */
  private static List<Row> rows(Connection connection, Asked asked, Moment moment)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    Cursor before = asked.before();
    values.add(moment.position());
    values.add(before.position());
    values.add(before.position());
    values.add(before.account());
    StringBuilder ofAccount = new StringBuilder();
    if (asked.fact() != null) {
      ofAccount.append(" and q.position = ?");
      values.add(asked.fact());
    }
    LocalDate day = moment.businessDate();
    if (day != null) {
      ofAccount.append(
          " and (select d.happened_on from projections.journal d where d.position = q.position) <="
              + " ?::date");
      values.add(day.toString());
    }
    values.add(asked.limit() + 1);
    List<String> conditions = new ArrayList<>();
    AccountKind kind = asked.kind();
    if (kind == null) {
      asked.accounts().restrict(conditions, values);
    } else {
      conditions.add("a.kind = ?");
      values.add(kind.name());
      asked.accounts().only(conditions, values);
    }
    values.add(asked.limit() + 1);
    String sql =
        """
        select p.position, j.recorded_at, j.happened_on, a.kind, a.programme, a.agreement, a.funder,
               a.funding_departement, a.venue, a.spending_departement, a.prescriber, p.cents,
               p.balance_cents, a.id
          from projections.account a
         cross join lateral (
               select q.position, q.cents, q.balance_cents
                 from projections.posting q
                where q.account_id = a.id and q.position <= ? and q.position <= ?
                  and (q.position < ? or q.account_id < ?)%s
                order by q.position desc
                limit ?) p
          join projections.journal j on j.position = p.position
         where %s
         order by p.position desc, a.id desc
         limit ?
        """
            .formatted(ofAccount, String.join(" and ", conditions));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      BalancesQuery.bind(select, values);
      try (ResultSet found = select.executeQuery()) {
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(row(found));
        }
        return rows;
      }
    }
  }

  private static Row row(ResultSet found) throws SQLException {
    AccountKind kind = AccountKind.valueOf(found.getString(4));
    return new Row(
        new Posting(
            found.getLong(1),
            found.getObject(2, OffsetDateTime.class).toInstant(),
            found.getObject(3, LocalDate.class),
            "",
            List.of(),
            kind,
            kind.label(),
            found.getString(5),
            found.getString(6),
            found.getString(7),
            found.getString(8),
            found.getString(9),
            found.getString(10),
            found.getString(11),
            found.getLong(12),
            found.getLong(13)),
        new Cursor(found.getLong(1), found.getLong(14)));
  }
}
