package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which postings does a balance come from? Every balance is the sum of those that the same filter
 * and the same moment list.
 */
public final class PostingsQuery {
  /** Some 500 B each. */
  private static final int AT_ONCE = 10_000;

  /** A slip has some twenty. So many facts are looked through first for that many postings. */
  private static final int POSTINGS_A_FACT = 20;

  /** Before all of them. */
  private static final Cursor OLDEST = new Cursor(0, 0);

  private final Snapshot snapshot;
  private final int atOnce;

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
    public static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /**
     * @param sent what a page named as next; null for the first
     * @throws Problem INVALID_PARAMETER if no page can have named it
     */
    public static Cursor before(@Nullable String sent) {
      if (sent == null) {
        return NEWEST;
      }
      Matcher matcher = WRITTEN.matcher(sent);
      if (!matcher.matches()) {
        throw Problem.badRequest(
            "INVALID_PARAMETER",
            "the parameter before is none that a page named as next",
            List.of(
                Problem.Fault.of(
                    "before",
                    Problem.shown(sent),
                    "is none that a page named as next",
                    "leave it out for the first page, or send the last page's next")));
      }
      return new Cursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
      return position + "-" + account;
    }
  }

  private record Row(Posting posting, Cursor cursor) {
    Row about(Map<Long, List<Cause>> causes) {
      return new Row(posting.about(causes.getOrDefault(posting.position(), List.of())), cursor);
    }
  }

  private static final String POSTING =
      """
      select p.position, j.recorded_at, j.happened_on, j.fact, a.kind, a.programme, a.agreement,
             a.funder, a.funding_departement, a.venue, a.spending_departement, a.prescriber, p.cents,
             p.balance_cents, a.id
      """;

  private static final String JOINED =
      """
        from projections.posting p
        join projections.account a on a.id = p.account_id
        join projections.journal j on j.position = p.position
      """;

  private static final String OF_POSTING = POSTING + JOINED;

  /** Before the cursor, by its position twice and its account. */
  private static final String BEFORE =
      " and (p.position < ? or p.position = ? and p.account_id < ?) ";

  /**
   * Those of an account until a position, by the position and the cursor's three: from its index,
   * backwards.
   */
  private static final String UNTIL =
      "q.account_id = a.id and q.position <= ? and q.position <= ? and (q.position < ? or"
          + " q.account_id < ?)";

  /**
   * @param dataSource of the schema {@code projections}
   */
  public PostingsQuery(DataSource dataSource) {
    this(dataSource, AT_ONCE);
  }

  /**
   * @param atOnce how many of all are read at a time
   */
  PostingsQuery(DataSource dataSource, int atOnce) {
    this(new Snapshot(dataSource), atOnce);
  }

  /**
   * @param snapshot of the schema {@code projections}
   */
  public PostingsQuery(Snapshot snapshot) {
    this(snapshot, AT_ONCE);
  }

  private PostingsQuery(Snapshot snapshot, int atOnce) {
    this.snapshot = snapshot;
    this.atOnce = atOnce;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public PostingsQuery of(@Nullable Generation replaced) {
    return replaced == null ? this : new PostingsQuery(snapshot.of(replaced), atOnce);
  }

  /**
   * @throws UntoldMomentException if the moment cannot be told
   */
  public PostingsPage read(Asked asked) {
    return snapshot.read(connection -> read(connection, asked));
  }

  /** Takes the postings of a moment, one after the other. */
  @FunctionalInterface
  public interface Taker {
    /**
     * @param position at which they stand
     * @param caveats what must be known beside them
     * @param postings gives each to what it is told, until that throws
     */
    void take(long position, @Nullable Caveats caveats, Consumer<Consumer<Posting>> postings);
  }

  /**
   * How far reading all of them has come.
   *
   * @param next null if these were the last
   */
  private record Chunk(Moment moment, long table, List<Row> rows, @Nullable Step next) {}

  /**
   * What is looked through next.
   *
   * @param facts so many after it. Twice as many where the last held few postings of these
   *     accounts, half as many where it held more than are read at a time: so one venue of a large
   *     ledger is found by the index of its accounts in a few looks, and all of everybody come as
   *     they lie
   */
  private record Step(Cursor after, long facts) {}

  /** With what must be known beside all of them. */
  private record First(Chunk chunk, @Nullable Caveats caveats) {}

  /**
   * All postings of a moment, the oldest first. However many: they are read as they are taken, so
   * many at a time, and nothing is held of the database while they are. The road not taken, one
   * cursor, keeps a connection and its locks for as long as the slowest reader takes to download.
   *
   * @return how many there were
   * @throws UntoldMomentException if the moment cannot be told
   * @throws UncheckedIOException if they were folded anew meanwhile: accounts have other numbers
   *     then, by which their order is told
   */
  public long all(Filter accounts, @Nullable AccountKind kind, AsOf asOf, Taker taker) {
    First begun =
        snapshot.read(
            connection -> {
              Moment moment =
                  Moment.of(asOf, Standing.of(AccountsProjection.NAME, connection), connection);
              return new First(
                  chunk(
                      connection,
                      accounts,
                      kind,
                      moment,
                      new Step(OLDEST, Math.max(1, atOnce / POSTINGS_A_FACT))),
                  snapshot.caveats(connection, moment.position(), AccountsProjection.NAME));
            });
    Chunk first = begun.chunk();
    long[] count = {0};
    taker.take(
        first.moment().position(),
        begun.caveats(),
        to -> {
          Chunk chunk = first;
          while (true) {
            chunk.rows().forEach(row -> to.accept(row.posting()));
            count[0] += chunk.rows().size();
            Step next = chunk.next();
            if (next == null) {
              return;
            }
            chunk =
                snapshot.read(
                    connection -> chunk(connection, accounts, kind, first.moment(), next));
            if (chunk.table() != first.table()) {
              throw new UncheckedIOException(
                  new IOException("postings were folded anew while they were read"));
            }
          }
        });
    return count[0];
  }

  private Chunk chunk(
      Connection connection, Filter accounts, @Nullable AccountKind kind, Moment moment, Step step)
      throws SQLException {
    Cursor after = step.after();
    // Positions have no gaps.
    long until = Math.min(moment.position(), after.position() + step.facts());
    List<String> conditions = new ArrayList<>();
    List<Object> values =
        new ArrayList<>(List.of(after.position(), until, after.position(), after.account()));
    conditions(accounts, kind, conditions, values);
    LocalDate day = moment.businessDate();
    if (day != null) {
      conditions.add("j.happened_on <= ?::date");
      values.add(day.toString());
    }
    values.add(atOnce);
    try (PreparedStatement select =
        connection.prepareStatement(
            OF_POSTING
                + """
                 where p.position between ? and ? and (p.position, p.account_id) > (?, ?) and
                """
                + String.join(" and ", conditions)
                + " order by p.position, p.account_id limit ?")) {
      BalancesQuery.bind(select, values);
      List<Row> rows = rows(connection, select);
      return new Chunk(moment, table(connection), rows, next(rows, step, until, moment.position()));
    }
  }

  private @Nullable Step next(List<Row> rows, Step step, long until, long last) {
    if (rows.size() == atOnce) {
      return new Step(rows.getLast().cursor(), Math.max(1, step.facts() / 2));
    }
    long facts = rows.size() <= atOnce / 2 ? 2 * step.facts() : step.facts();
    return until < last ? new Step(new Cursor(until, Long.MAX_VALUE), facts) : null;
  }

  private static long table(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select 'projections.posting'::regclass::oid::bigint");
        ResultSet table = select.executeQuery()) {
      table.next();
      return table.getLong(1);
    }
  }

  /**
   * What facts posted.
   *
   * @param standing of the accounts: what later facts posted is not in it
   * @param caveats of what is told up to there, or to the position that was asked for
   */
  public record OfFacts(Standing standing, List<Posting> postings, @Nullable Caveats caveats) {}

  /**
   * What facts posted on the accounts of one cheque, in order of position. An account that has no
   * venue, département or prescriber is of all of them.
   *
   * @param facts positions
   * @param until no more than this position is told of, whoever stands further
   */
  public OfFacts of(ChequeAccounts cheque, List<Long> facts, long until) {
    return snapshot.read(
        connection -> {
          Standing standing = snapshot.standing(AccountsProjection.NAME, connection);
          try (PreparedStatement select =
              connection.prepareStatement(
                  OF_POSTING
                      + """
                       where p.position = any (?) and a.programme = ? and a.agreement = ? and a.funder = any (?)
                         and a.funding_departement in ('', ?) and (a.venue = '' or a.venue = any (?))
                         and (a.spending_departement = '' or a.spending_departement = any (?))
                         and (a.prescriber = '' or a.prescriber = any (?))
                         and
                      """
                      + BalancesQuery.OF_NOW
                      + " order by p.position, p.account_id")) {
            select.setArray(1, connection.createArrayOf("bigint", facts.toArray()));
            select.setString(2, cheque.programme());
            select.setString(3, cheque.agreement());
            select.setArray(4, connection.createArrayOf("text", cheque.funders().toArray()));
            select.setString(5, cheque.fundingDepartement());
            select.setArray(6, connection.createArrayOf("text", cheque.venues().toArray()));
            select.setArray(
                7, connection.createArrayOf("text", cheque.spendingDepartements().toArray()));
            select.setArray(8, connection.createArrayOf("text", cheque.prescribers().toArray()));
            return new OfFacts(
                standing,
                postings(connection, select),
                snapshot.caveats(
                    connection, Math.min(standing.position(), until), AccountsProjection.NAME));
          }
        });
  }

  /**
   * What came to the credit of one owner for an agreement until a position, newest first.
   *
   * @param fact the type of fact that brought it: FundsReceived, FundsTransferred
   * @param limit at most so many
   */
  public List<Posting> arrived(String fact, String agreement, String owner, long until, int limit) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  OF_POSTING + ARRIVED + " order by p.position desc, a.id limit ?")) {
            select.setString(1, agreement);
            select.setString(2, owner);
            select.setLong(3, until);
            select.setString(4, fact);
            select.setInt(5, limit);
            return postings(connection, select);
          }
        });
  }

  /** How many {@link #arrived} has without a limit. */
  public long countArrived(String fact, String agreement, String owner, long until) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select count(*) " + JOINED + ARRIVED)) {
            select.setString(1, agreement);
            select.setString(2, owner);
            select.setLong(3, until);
            select.setString(4, fact);
            try (ResultSet found = select.executeQuery()) {
              found.next();
              return found.getLong(1);
            }
          }
        });
  }

  private static final String ARRIVED =
      """
       where a.kind = 'FUNDER_CREDIT' and a.agreement = ? and a.funder = ?
         and p.cents < 0 and p.position <= ? and j.fact = ?
      """;

  /**
   * What drew on the credit of one owner for an agreement after a position, oldest first: an
   * activation, a transfer of funds, money that is given back.
   *
   * @param limit at most so many
   */
  public List<Posting> drawn(String agreement, String owner, long after, int limit) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  OF_POSTING
                      + """
                       where a.kind = 'FUNDER_CREDIT' and a.agreement = ? and a.funder = ?
                         and p.cents > 0 and p.position > ?
                       order by p.position, a.id
                       limit ?
                      """)) {
            select.setString(1, agreement);
            select.setString(2, owner);
            select.setLong(3, after);
            select.setInt(4, limit);
            return postings(connection, select);
          }
        });
  }

  /**
   * What facts took from the credit of owners, by position: where transferred funds came from.
   *
   * @param facts positions
   */
  public List<Posting> left(List<Long> facts) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  OF_POSTING
                      + """
                       where p.position = any (?) and a.kind = 'FUNDER_CREDIT' and p.cents > 0
                       order by p.position, a.id
                      """)) {
            select.setArray(1, connection.createArrayOf("bigint", facts.toArray()));
            return postings(connection, select);
          }
        });
  }

  /**
   * Of receipts of one owner's credit that the bank tells no more, the position of the fact that
   * takes each back.
   */
  public Map<String, Long> takenBack(String agreement, String owner) {
    return snapshot
        .read(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      OF_POSTING
                          + """
                           where a.kind = 'FUNDER_CREDIT' and a.agreement = ? and a.funder = ?
                             and p.cents > 0 and j.fact = 'ReceiptTakenBack'
                           order by p.position, a.id
                          """)) {
                select.setString(1, agreement);
                select.setString(2, owner);
                return postings(connection, select);
              }
            })
        .stream()
        .collect(Collectors.toMap(back -> back.causes().getFirst().id(), Posting::position));
  }

  /**
   * Of facts, by position, those that repaid an owner what it had advanced: the receipts of these
   * are another's, whoever reads what they posted.
   */
  public Set<Long> repaid(String owner, Collection<Long> facts) {
    return facts.isEmpty()
        ? Set.of()
        : snapshot.read(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      """
                      select p.position
                        from projections.posting p
                        join projections.account a on a.id = p.account_id
                       where p.position = any (?) and a.kind = 'ON_USE_ADVANCE' and a.funder = ?
                      """)) {
                select.setArray(1, connection.createArrayOf("bigint", facts.toArray()));
                select.setString(2, owner);
                try (ResultSet found = select.executeQuery()) {
                  Set<Long> repaid = new HashSet<>();
                  while (found.next()) {
                    repaid.add(found.getLong(1));
                  }
                  return repaid;
                }
              }
            });
  }

  /** Of facts, by position, the prescriber whose stock they changed. */
  public Map<Long, String> prescribers(Collection<Long> facts) {
    return facts.isEmpty()
        ? Map.of()
        : snapshot.read(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "select distinct p.position, a.prescriber"
                          + JOINED
                          + """
                           where p.position = any (?) and a.prescriber <> ''
                             and j.fact in ('ChequesHandedOut', 'HandOutCorrected', 'StockReturned')
                          """)) {
                select.setArray(1, connection.createArrayOf("bigint", facts.toArray()));
                try (ResultSet found = select.executeQuery()) {
                  Map<Long, String> prescribers = new HashMap<>();
                  while (found.next()) {
                    prescribers.put(found.getLong(1), found.getString(2));
                  }
                  return prescribers;
                }
              }
            });
  }

  private List<Posting> postings(Connection connection, PreparedStatement select)
      throws SQLException {
    return rows(connection, select).stream().map(Row::posting).toList();
  }

  private List<Row> rows(Connection connection, PreparedStatement select) throws SQLException {
    List<Row> seen = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        seen.add(row(found));
      }
    }
    if (seen.isEmpty()) {
      return seen;
    }
    Object[] facts = seen.stream().map(row -> row.posting().position()).distinct().toArray();
    Map<Long, List<Cause>> causes = snapshot.ofSeen(connection, unbound -> causes(unbound, facts));
    return seen.stream().map(row -> row.about(causes)).toList();
  }

  /** What facts are about, by position: whoever sees a posting sees this of it too. */
  private static Map<Long, List<Cause>> causes(Connection connection, Object[] facts)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position, causes from projections.journal where position = any (?)")) {
      select.setArray(1, connection.createArrayOf("bigint", facts));
      try (ResultSet found = select.executeQuery()) {
        Map<Long, List<Cause>> causes = new HashMap<>();
        while (found.next()) {
          causes.put(found.getLong(1), Cause.read(found.getString(2)));
        }
        return causes;
      }
    }
  }

  private static void conditions(
      Filter accounts, @Nullable AccountKind kind, List<String> conditions, List<Object> values) {
    if (kind == null) {
      accounts.restrict(conditions, values);
    } else {
      conditions.add("a.kind = ?");
      values.add(kind.name());
      accounts.only(conditions, values);
    }
  }

  private PostingsPage read(Connection connection, Asked asked) throws SQLException {
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
        more ? page.getLast().cursor().toString() : null,
        snapshot.caveats(connection, moment.position(), AccountsProjection.NAME));
  }

  private List<Row> rows(Connection connection, Asked asked, Moment moment) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> ofAccounts = new ArrayList<>();
    conditions(asked.accounts(), asked.kind(), conditions, ofAccounts);
    String accounts = String.join(" and ", conditions);
    List<Object> values = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    Cursor before = asked.before();
    LocalDate day = moment.businessDate();
    Long fact = asked.fact();
    if (fact != null) {
      sql.append(OF_POSTING)
          .append(" where p.position = ?" + BEFORE + "and p.position <= ? and ")
          .append(accounts);
      values.addAll(
          List.of(fact, before.position(), before.position(), before.account(), moment.position()));
      values.addAll(ofAccounts);
      if (day != null) {
        sql.append(" and j.happened_on <= ?::date");
        values.add(day.toString());
      }
    } else {
      newest(sql, values, asked, moment.recordedUntil(connection), accounts, ofAccounts, day);
      if (day != null) {
        // Recorded after the day's end, though it happened until then.
        sql.append(" union all ")
            .append(OF_POSTING)
            .append(" where p.position = any (")
            .append(Moment.STRADDLING_LATE)
            .append(")" + BEFORE + "and ")
            .append(accounts);
        values.addAll(
            List.of(
                day.toString(),
                moment.position(),
                before.position(),
                before.position(),
                before.account()));
        values.addAll(ofAccounts);
      }
    }
    values.add(asked.limit() + 1);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select * from (" + sql + ") found order by position desc, id desc limit ?")) {
      BalancesQuery.bind(select, values);
      return rows(connection, select);
    }
  }

  /**
   * The newest of the accounts that moved last: one look-up for each account, as for a balance, and
   * then as many rows of each as are asked for of all, so no account is read to its end.
   */
  private static void newest(
      StringBuilder sql,
      List<Object> values,
      Asked asked,
      long until,
      String accounts,
      List<Object> ofAccounts,
      @Nullable LocalDate day) {
    int most = asked.limit() + 1;
    String notLater = day == null ? "" : NOT_LATER;
    Cursor before = asked.before();
    List<Object> bounds = List.of(until, before.position(), before.position(), before.account());
    sql.append(
        """
        select * from (
        with moved as materialized (
          select a.id
            from projections.account a
           cross join lateral (select q.position from projections.posting q where %s%s
                                order by q.position desc limit 1) p
           where %s
           order by p.position desc, a.id desc
           limit ?)
        %s
          from moved
          join projections.account a on a.id = moved.id
         cross join lateral (select q.position, q.cents, q.balance_cents from projections.posting q where %s%s
                              order by q.position desc limit ?) p
          join projections.journal j on j.position = p.position) newest
        """
            .formatted(UNTIL, notLater, accounts, POSTING, UNTIL, notLater));
    values.addAll(bounds);
    if (day != null) {
      values.add(day.toString());
    }
    values.addAll(ofAccounts);
    values.add(most);
    values.addAll(bounds);
    if (day != null) {
      values.add(day.toString());
    }
    values.add(most);
  }

  /** Recorded by the day's end, though it is to happen later: few, and stepped over. */
  private static final String NOT_LATER =
      " and not exists (select from projections.journal d where d.position = q.position and"
          + " d.happened_on > ?::date)";

  private static Row row(ResultSet found) throws SQLException {
    AccountKind kind = AccountKind.valueOf(found.getString(5));
    return new Row(
        new Posting(
            found.getLong(1),
            found.getObject(2, OffsetDateTime.class).toInstant(),
            found.getObject(3, LocalDate.class),
            found.getString(4),
            List.of(),
            kind,
            kind.label(),
            found.getString(6),
            found.getString(7),
            found.getString(8),
            found.getString(9),
            found.getString(10),
            found.getString(11),
            found.getString(12),
            found.getLong(13),
            found.getLong(14)),
        new Cursor(found.getLong(1), found.getLong(15)));
  }
}
