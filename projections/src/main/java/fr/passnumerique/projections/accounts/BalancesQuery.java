package fr.passnumerique.projections.accounts;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads balances as they stand, or stood, at one moment. */
public final class BalancesQuery {
  private final Snapshot snapshot;

  /** Of what has ever passed a stage no balance of now is made. */
  static final String OF_NOW =
      Stream.of(AccountKind.values())
          .filter(AccountKind::remembers)
          .map(AccountKind::name)
          .collect(joining("', '", "a.kind not in ('", "')"));

  /** What the amounts are made of; the rest would be read for nothing. */
  private static final String TOLD =
      Stream.of(AccountKind.values())
          .filter(Sums::tell)
          .map(AccountKind::name)
          .collect(joining("', '", "a.kind in ('", "')"));

  /**
   * Which accounts to sum; null leaves a dimension open.
   *
   * @param fundingDepartement INSEE code
   * @param spendingDepartement INSEE code
   */
  public record Filter(
      @Nullable String venue,
      @Nullable String funder,
      @Nullable String agreement,
      @Nullable String programme,
      @Nullable String fundingDepartement,
      @Nullable String spendingDepartement) {
    public static final Filter ALL = new Filter(null, null, null, null, null, null);

    public static Filter ofVenue(String venue) {
      return new Filter(venue, null, null, null, null, null);
    }

    public static Filter ofFunder(String funder) {
      return new Filter(null, funder, null, null, null, null);
    }

    /** Adds what an account {@code a} must meet, and the values of it in order. */
    void restrict(List<String> conditions, List<Object> values) {
      conditions.add(OF_NOW);
      only(conditions, values);
    }

    /** As {@link #restrict}, also accounts that are in no balance of now. */
    void only(List<String> conditions, List<Object> values) {
      restrict("a.venue", venue, conditions, values);
      restrict("a.funder", funder, conditions, values);
      restrict("a.agreement", agreement, conditions, values);
      restrict("a.programme", programme, conditions, values);
      restrict("a.funding_departement", fundingDepartement, conditions, values);
      restrict("a.spending_departement", spendingDepartement, conditions, values);
    }

    private static void restrict(
        String column, @Nullable String value, List<String> conditions, List<Object> values) {
      if (value != null) {
        conditions.add(column + " = ?");
        values.add(value);
      }
    }

    /** Cash accounts have neither venue nor département. */
    boolean leavesCash() {
      return fundingDepartement == null && leavesUnredeemed();
    }

    boolean leavesUnredeemed() {
      return venue == null && spendingDepartement == null;
    }
  }

  /** The account dimensions of one group, those that it is not summed by left empty. */
  private record Key(String first, String second) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byFirst = first.compareTo(other.first);
      return byFirst != 0 ? byFirst : second.compareTo(other.second);
    }
  }

  /**
   * @param dataSource of the schema {@code projections}
   */
  public BalancesQuery(DataSource dataSource) {
    this(new Snapshot(dataSource));
  }

  /**
   * @param snapshot of the schema {@code projections}
   */
  public BalancesQuery(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public BalancesQuery of(@Nullable Generation replaced) {
    return replaced == null ? this : new BalancesQuery(snapshot.of(replaced));
  }

  /**
   * @param ledgerPosition the head to show beside the position they stand at
   */
  public Balances read(Filter filter, Set<Grouping> groupings, long ledgerPosition) {
    return read(filter, groupings, ledgerPosition, AsOf.NOW);
  }

  /**
   * As they stood. Names are those of now.
   *
   * @throws UntoldMomentException if the moment cannot be told exactly
   */
  public Balances read(Filter filter, Set<Grouping> groupings, long ledgerPosition, AsOf asOf) {
    return snapshot.read(connection -> read(connection, filter, groupings, ledgerPosition, asOf));
  }

  /**
   * The last position that counts as of a moment.
   *
   * @throws UntoldMomentException if the moment cannot be told
   */
  public long position(AsOf asOf) {
    return snapshot.read(
        connection ->
            Moment.over(asOf, Standing.of(AccountsProjection.NAME, connection), connection)
                .position());
  }

  /** Whether there is such a venue: a filter that names none would be answered with zeros. */
  boolean knowsVenue(String venue) {
    return knows("select from projections.venue where id = ?", venue);
  }

  boolean knowsFunder(String funder) {
    return knows("select from projections.funder where id = ?", funder);
  }

  boolean knowsProgramme(String programme) {
    return knows("select from projections.programme where id = ?", programme);
  }

  public boolean knowsAgreement(String agreement) {
    return knows("select from projections.agreement where id = ?", agreement);
  }

  /** Whether a venue has accounts in which there are, or were, this funder's cents. */
  boolean owedOfFunder(String venue, String funder) {
    return knows("select from projections.account where venue = ? and funder = ?", venue, funder);
  }

  /** The same of an agreement's. */
  boolean owedOfAgreement(String venue, String agreement) {
    return knows(
        "select from projections.account where venue = ? and agreement = ?", venue, agreement);
  }

  public boolean finances(String funder, String agreement) {
    return knows(
        """
        select from projections.agreement_share
         where agreement = ? and ? in (funder, pre_financier)
        """,
        agreement,
        funder);
  }

  /** Whose cash stands in for a share that is paid on use, by any version of the agreement. */
  public List<String> preFinanciers(String agreement, List<String> funders) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select distinct pre_financier from projections.agreement_share
                   where agreement = ? and funder = any (?) and pre_financier <> ''
                   order by pre_financier
                  """)) {
            select.setString(1, agreement);
            select.setArray(2, connection.createArrayOf("text", funders.toArray()));
            try (ResultSet found = select.executeQuery()) {
              List<String> owners = new ArrayList<>();
              while (found.next()) {
                owners.add(found.getString(1));
              }
              return owners;
            }
          }
        });
  }

  private boolean knows(String sql, String... ids) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < ids.length; i++) {
              select.setString(i + 1, ids[i]);
            }
            try (ResultSet found = select.executeQuery()) {
              return found.next();
            }
          }
        });
  }

  private Balances read(
      Connection connection, Filter filter, Set<Grouping> groupings, long ledgerPosition, AsOf asOf)
      throws SQLException {
    Standing standing = Standing.of(AccountsProjection.NAME, connection);
    Moment moment = Moment.of(asOf, standing, connection);
    Moment.Balances source = moment.balances(connection);
    Map<Grouping, Map<Key, Sums>> groups = new EnumMap<>(Grouping.class);
    groupings.forEach(grouping -> groups.put(grouping, new TreeMap<>()));
    Sums totals = new Sums();
    long sumOfAllRead = sum(connection, source, filter, groups, totals);

    boolean cash = filter.leavesCash();
    boolean unredeemed = filter.leavesUnredeemed();
    Map<String, String> venues = names(connection, groups, Grouping.VENUE, "venue");
    Map<String, String> funders = names(connection, groups, Grouping.FUNDER, "funder");
    Map<String, String> prescribers = names(connection, groups, Grouping.PRESCRIBER, "prescriber");
    Map<String, String> ownNames = names(connection, groups, Grouping.PROGRAMME, "programme");
    Map<String, String[]> programmes = programmes(connection, groups);
    return new Balances(
        moment.position(),
        moment.recordedAt(),
        moment.businessDate(),
        Math.max(ledgerPosition, standing.position()),
        filter.equals(Filter.ALL)
            ? Long.valueOf(sumOfAllRead)
            : moment.now() ? sumOfAllAccounts(connection) : null,
        totals.amounts(cash, unredeemed),
        totals.cents().entrySet().stream()
            .filter(e -> !e.getKey().remembers())
            .map(e -> new Balances.OfKind(e.getKey(), e.getKey().label(), e.getValue()))
            .toList(),
        rows(
            groups.get(Grouping.VENUE),
            (key, sums) ->
                new Balances.OfVenue(key.first(), name(venues, key), sums.amounts(false, false))),
        rows(
            groups.get(Grouping.FUNDER),
            (key, sums) ->
                new Balances.OfFunder(
                    key.first(), name(funders, key), sums.amounts(cash, unredeemed))),
        rows(
            groups.get(Grouping.AGREEMENT),
            (key, sums) -> {
              String[] programme = programmes.getOrDefault(key.first(), new String[] {"", ""});
              return new Balances.OfAgreement(
                  key.first(), programme[0], programme[1], sums.amounts(cash, unredeemed));
            }),
        rows(
            groups.get(Grouping.PROGRAMME),
            (key, sums) ->
                new Balances.OfProgramme(
                    key.first(), name(ownNames, key), sums.amounts(cash, unredeemed))),
        rows(
            groups.get(Grouping.PRESCRIBER),
            (key, sums) ->
                new Balances.OfPrescriber(
                    key.first(),
                    name(prescribers, key),
                    sums.debit(AccountKind.TITLES_AT_PRESCRIBER))),
        rows(
            groups.get(Grouping.FUNDING_DEPARTEMENT),
            (key, sums) ->
                new Balances.OfDepartement(key.first(), sums.amounts(false, unredeemed))),
        rows(
            groups.get(Grouping.SPENDING_DEPARTEMENT),
            (key, sums) -> new Balances.OfDepartement(key.first(), sums.amounts(false, false))),
        rows(
            groups.get(Grouping.FLOW),
            (key, sums) ->
                new Balances.Flow(key.first(), key.second(), sums.amounts(false, false))),
        snapshot.caveats(connection, moment.position(), AccountsProjection.NAME));
  }

  private static String name(Map<String, String> names, Key key) {
    return names.getOrDefault(key.first(), "");
  }

  private static <T> @Nullable List<T> rows(
      @Nullable Map<Key, Sums> groups, BiFunction<Key, Sums, T> row) {
    if (groups == null) {
      return null;
    }
    List<T> rows = new ArrayList<>(groups.size());
    groups.forEach((key, sums) -> rows.add(row.apply(key, sums)));
    return rows;
  }

  /**
   * @return what all kinds of accounts that were read come to, also those that no balance of now is
   *     made of, where the filter leaves all
   */
  private static long sum(
      Connection connection,
      Moment.Balances source,
      Filter filter,
      Map<Grouping, Map<Key, Sums>> groups,
      Sums totals)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>(source.values());
    if (filter.equals(Filter.ALL)) {
      conditions.add("true");
    } else {
      conditions.add(TOLD);
      filter.only(conditions, values);
    }
    long all = 0;
    // Summed by kind alone, which the totals are, and by kind within each grouping. A column that
    // is
    // null was not summed by; those of accounts are never null.
    List<String> columns =
        groups.keySet().stream().flatMap(g -> g.columns().stream()).distinct().toList();
    // Summed outside: where sums are grouped in several ways, the planner wraps what comes of a
    // subquery, and does not look balances up by the accounts that it found.
    String sql =
        "select m.kind, sum(m.cents)"
            + columns.stream().map(column -> ", m." + column).collect(joining())
            + " from (select a.kind, b.cents"
            + columns.stream().map(column -> ", a." + column).collect(joining())
            + " from projections.account a join ("
            + source.sql()
            + ") b on b.account_id = a.id"
            + " where "
            + String.join(" and ", conditions)
            + ") m group by grouping sets ((m.kind)"
            + groups.keySet().stream()
                .map(g -> ", (m.kind, m." + String.join(", m.", g.columns()) + ")")
                .collect(joining())
            + ")";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, values);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Map<String, String> summedBy = new LinkedHashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            String value = found.getString(i + 3);
            if (value != null) {
              summedBy.put(columns.get(i), value);
            }
          }
          AccountKind kind = AccountKind.valueOf(found.getString(1));
          long cents = found.getBigDecimal(2).longValueExact();
          if (summedBy.isEmpty()) {
            all = Math.addExact(all, cents);
          }
          if (Sums.tell(kind)) {
            sums(groups, totals, summedBy).ifPresent(sums -> sums.add(kind, cents));
          }
        }
      }
    }
    return all;
  }

  /**
   * @return the group that a row belongs to; empty for accounts that lack one of its dimensions
   */
  private static Optional<Sums> sums(
      Map<Grouping, Map<Key, Sums>> groups, Sums totals, Map<String, String> summedBy) {
    if (summedBy.isEmpty()) {
      return Optional.of(totals);
    }
    if (summedBy.containsValue("")) {
      return Optional.empty();
    }
    for (Map.Entry<Grouping, Map<Key, Sums>> group : groups.entrySet()) {
      List<String> columns = group.getKey().columns();
      if (summedBy.keySet().equals(Set.copyOf(columns))) {
        Key key =
            new Key(
                summedBy.getOrDefault(columns.getFirst(), ""),
                columns.size() == 1 ? "" : summedBy.getOrDefault(columns.getLast(), ""));
        return Optional.of(group.getValue().computeIfAbsent(key, _ -> new Sums()));
      }
    }
    throw new IllegalStateException("no grouping is by " + summedBy.keySet());
  }

  static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  /** As the database's own triggers keep it: a read of one venue does not cost all accounts. */
  private static Long sumOfAllAccounts(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select cents from projections.balance_sum");
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  private static Map<String, String> names(
      Connection connection, Map<Grouping, Map<Key, Sums>> groups, Grouping grouping, String table)
      throws SQLException {
    Map<String, String> names = new TreeMap<>();
    Map<Key, Sums> wanted = groups.get(grouping);
    if (wanted == null || wanted.isEmpty()) {
      return names;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, name from projections." + table + " where id = any (?)")) {
      select.setArray(
          1, connection.createArrayOf("text", wanted.keySet().stream().map(Key::first).toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          names.put(found.getString(1), found.getString(2));
        }
      }
    }
    return names;
  }

  /** By agreement: its programme and the programme's name. */
  private static Map<String, String[]> programmes(
      Connection connection, Map<Grouping, Map<Key, Sums>> groups) throws SQLException {
    Map<String, String[]> programmes = new TreeMap<>();
    if (!groups.containsKey(Grouping.AGREEMENT)) {
      return programmes;
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                select a.id, p.id, p.name
                  from projections.agreement a join projections.programme p on p.id = a.programme
                """);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        programmes.put(found.getString(1), new String[] {found.getString(2), found.getString(3)});
      }
    }
    return programmes;
  }
}
