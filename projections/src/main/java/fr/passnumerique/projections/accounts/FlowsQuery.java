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

  /**
   * What a drawing shows, however many venues there are.
   *
   * @param others how many venues are together in the paths without a venue
   */
  public record Few(Flows flows, int others) {}

  /**
   * As {@link #read}, with the venues of the highest amounts alone and all others together: a path
   * of others has no venue. One other alone is told as itself.
   *
   * @param most venues, with the one for all others
   */
  public Few few(Filter filter, long ledgerPosition, AsOf asOf, int most) {
    return snapshot.read(connection -> few(connection, filter, ledgerPosition, asOf, most));
  }

  private Flows read(Connection connection, Filter filter, long ledgerPosition, AsOf asOf)
      throws SQLException {
    return few(connection, filter, ledgerPosition, asOf, Integer.MAX_VALUE).flows();
  }

  private Few few(Connection connection, Filter filter, long ledgerPosition, AsOf asOf, int most)
      throws SQLException {
    Standing standing = Standing.of(AccountsProjection.NAME, connection);
    Moment moment = Moment.of(asOf, standing, connection);
    Found found = paths(connection, moment.balances(connection), filter, most);
    return new Few(
        flows(connection, moment, standing, ledgerPosition, found.paths()), found.others());
  }

  private Flows flows(
      Connection connection,
      Moment moment,
      Standing standing,
      long ledgerPosition,
      List<Flows.Path> paths)
      throws SQLException {
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

  private record Found(List<Flows.Path> paths, int others) {}

  private static Found paths(Connection connection, Moment.Balances source, Filter filter, int most)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    values.add(AccountKind.TITLES_PAID.name());
    values.addAll(source.values());
    values.add(AccountKind.TITLES_REDEEMED.name());
    values.add(AccountKind.TITLES_PAID.name());
    conditions.add("a.kind in (?, ?)");
    filter.only(conditions, values);
    values.add(most);
    values.add(most);
    String sql =
        """
        with path as (
          select a.funder, a.spending_departement, a.venue, sum(b.cents) redeemed,
                 coalesce(sum(b.cents) filter (where a.kind = ?), 0) paid
            from projections.account a join (%s) b on b.account_id = a.id
           where %s
           group by a.funder, a.spending_departement, a.venue),
        told as (select * from path where redeemed <> 0 or paid <> 0),
        ranked as (
          select venue, row_number() over (order by sum(redeemed) desc, venue) place,
                 count(*) over () venues
            from told group by venue),
        shown as (select venue from ranked where place < ? or venues <= ?),
        s as (
          select t.funder, t.spending_departement, coalesce(w.venue, '') venue,
                 sum(t.redeemed) redeemed, sum(t.paid) paid
            from told t left join shown w on w.venue = t.venue
           group by 1, 2, 3)
        select s.*, f.name, v.name,
               (select count(*) from ranked) - (select count(*) from shown) others
          from s
          left join projections.funder f on f.id = s.funder
          left join projections.venue v on v.id = s.venue
         order by s.funder, s.spending_departement, s.venue
        """
            .formatted(source.sql(), String.join(" and ", conditions));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      BalancesQuery.bind(select, values);
      try (ResultSet found = select.executeQuery()) {
        List<Flows.Path> paths = new ArrayList<>();
        int others = 0;
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
          others = found.getInt(8);
        }
        return new Found(List.copyOf(paths), others);
      }
    }
  }

  private static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }
}
