package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where funders' cents went, from the same accounts as balances: those of titles accepted and of
 * titles paid, which alone have funder, département of spending and venue together.
 */
public final class FlowsQuery {
  private final Snapshot snapshot;

  public FlowsQuery(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public FlowsQuery of(@Nullable Generation replaced) {
    return replaced == null ? this : new FlowsQuery(snapshot.of(replaced));
  }

  /**
   * As they stood. Names are those of now.
   *
   * @param ledgerPosition the head to show beside the position they stand at
   * @throws UntoldMomentException if the moment cannot be told exactly
   */
  public Flows read(Filter filter, long ledgerPosition, AsOf asOf) {
    return snapshot.read(connection -> read(connection, filter, ledgerPosition, asOf));
  }

  private Flows read(Connection connection, Filter filter, long ledgerPosition, AsOf asOf)
      throws SQLException {
    Standing standing = Standing.of(AccountsProjection.NAME, connection);
    Moment moment = Moment.of(asOf, standing, connection);
    List<Flows.Path> paths = paths(connection, moment.balances(connection), filter);
    return new Flows(
        moment.position(),
        moment.recordedAt(),
        moment.businessDate(),
        Math.max(ledgerPosition, standing.position()),
        paths.stream().mapToLong(Flows.Path::redeemedCents).reduce(0, Math::addExact),
        paths.stream().mapToLong(Flows.Path::paidCents).reduce(0, Math::addExact),
        paths,
        snapshot.caveats(connection, moment.position(), AccountsProjection.NAME));
  }

  private static List<Flows.Path> paths(
      Connection connection, Moment.Balances source, Filter filter) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    values.add(AccountKind.TITLES_PAID.name());
    values.addAll(source.values());
    values.add(AccountKind.TITLES_REDEEMED.name());
    values.add(AccountKind.TITLES_PAID.name());
    conditions.add("a.kind in (?, ?)");
    filter.only(conditions, values);
    String sql =
        """
        select s.*, f.name, v.name
          from (select a.funder, a.spending_departement, a.venue, sum(b.cents) redeemed,
                       coalesce(sum(b.cents) filter (where a.kind = ?), 0) paid
                  from projections.account a join (%s) b on b.account_id = a.id
                 where %s
                 group by a.funder, a.spending_departement, a.venue) s
          left join projections.funder f on f.id = s.funder
          left join projections.venue v on v.id = s.venue
         where s.redeemed <> 0 or s.paid <> 0
         order by s.funder, s.spending_departement, s.venue
        """
            .formatted(source.sql(), String.join(" and ", conditions));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      BalancesQuery.bind(select, values);
      try (ResultSet found = select.executeQuery()) {
        List<Flows.Path> paths = new ArrayList<>();
        while (found.next()) {
          paths.add(
              new Flows.Path(
                  found.getString(1),
                  orEmpty(found.getString(6)),
                  found.getString(2),
                  found.getString(3),
                  orEmpty(found.getString(7)),
                  found.getBigDecimal(4).longValueExact(),
                  found.getBigDecimal(5).longValueExact()));
        }
        return List.copyOf(paths);
      }
    }
  }

  private static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }
}
