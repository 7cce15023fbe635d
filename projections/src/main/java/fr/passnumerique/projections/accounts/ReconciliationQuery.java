package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.projections.accounts.Commitments.Commitment;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what became of the commitments to an agreement, as of one moment. */
public final class ReconciliationQuery {
  private final Snapshot snapshot;

  /**
   * @param dataSource of the schema {@code projections}
   */
  public ReconciliationQuery(DataSource dataSource) {
    this(new Snapshot(dataSource));
  }

  /**
   * @param snapshot of the schema {@code projections}
   */
  public ReconciliationQuery(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public ReconciliationQuery of(@Nullable Generation replaced) {
    return replaced == null ? this : new ReconciliationQuery(snapshot.of(replaced));
  }

  /**
   * @throws UntoldMomentException if the moment cannot be told
   */
  public Reconciliation read(String agreement, AsOf asOf) {
    return snapshot.read(connection -> read(connection, agreement, asOf));
  }

  private Reconciliation read(Connection connection, String agreement, AsOf asOf)
      throws SQLException {
    reconcile(connection, agreement);
    Moment moment = Moment.of(asOf, Standing.of(AccountsProjection.NAME, connection), connection);
    Map<String, Commitment> commitments = Commitments.at(moment.position(), agreement, connection);
    Map<String, Map<AccountKind, Long>> sums = sums(connection, moment, agreement);
    // A share whose cash is another's, by this version of the agreement or one before.
    boolean sharesCash =
        sums.values().stream().anyMatch(of -> of.getOrDefault(AccountKind.EVER_ADVANCED, 0L) != 0);
    Set<String> funders = new TreeSet<>(sums.keySet());
    funders.addAll(commitments.keySet());
    Map<String, String> names = names(connection, funders);

    List<OfFunder> rows = new ArrayList<>();
    Map<AccountKind, Long> all = new EnumMap<>(AccountKind.class);
    long committed = 0;
    for (String funder : funders) {
      Map<AccountKind, Long> own = sums.getOrDefault(funder, Map.of());
      own.forEach((kind, cents) -> all.merge(kind, cents, Math::addExact));
      Commitment commitment = commitments.get(funder);
      long ceiling = commitment == null ? 0 : commitment.ceilingCents();
      committed = Math.addExact(committed, ceiling);
      rows.add(
          OfFunder.of(
              funder,
              names.getOrDefault(funder, ""),
              commitment == null ? "" : commitment.terms(),
              ceiling,
              own,
              sharesCash));
    }
    return new Reconciliation(
        moment.position(),
        moment.recordedAt(),
        moment.businessDate(),
        agreement,
        rows,
        OfFunder.of("", "", "", committed, all, false),
        snapshot.caveats(connection, moment.position(), AccountsProjection.NAME));
  }

  /** The accounts of others too are a funder's to see, of an agreement that it finances. */
  private static void reconcile(Connection connection, String agreement) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('pass.agreement', ?, true)")) {
      set.setString(1, agreement);
      set.execute();
    }
  }

  private static Map<String, Map<AccountKind, Long>> sums(
      Connection connection, Moment moment, String agreement) throws SQLException {
    Moment.Balances source = moment.balances(connection);
    List<Object> values = new ArrayList<>(source.values());
    values.add(agreement);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select a.funder, a.kind, sum(b.cents) from projections.account a join ("
                + source.sql()
                + ") b on b.account_id = a.id where a.agreement = ? group by a.funder, a.kind")) {
      BalancesQuery.bind(select, values);
      try (ResultSet found = select.executeQuery()) {
        Map<String, Map<AccountKind, Long>> sums = new TreeMap<>();
        while (found.next()) {
          sums.computeIfAbsent(found.getString(1), _ -> new EnumMap<>(AccountKind.class))
              .put(
                  AccountKind.valueOf(found.getString(2)), found.getBigDecimal(3).longValueExact());
        }
        return sums;
      }
    }
  }

  private static Map<String, String> names(Connection connection, Set<String> funders)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select id, name from projections.funder where id = any (?)")) {
      select.setArray(1, connection.createArrayOf("text", funders.toArray()));
      try (ResultSet found = select.executeQuery()) {
        Map<String, String> names = new TreeMap<>();
        while (found.next()) {
          names.put(found.getString(1), found.getString(2));
        }
        return names;
      }
    }
  }
}
