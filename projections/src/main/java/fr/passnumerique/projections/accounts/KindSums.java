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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which kinds of accounts is a figure made of, and what does each come to? */
public final class KindSums {
  private final Snapshot snapshot;

  /**
   * @param snapshot of the schema {@code projections}
   */
  public KindSums(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public KindSums of(@Nullable Generation replaced) {
    return replaced == null ? this : new KindSums(snapshot.of(replaced));
  }

  /**
   * Of every kind, those that only remember what has passed included; a kind without accounts is
   * left out.
   *
   * @return cents, debit if positive: the sum of the postings that {@link PostingsQuery} gives for
   *     the same filter, kind and moment
   * @throws UntoldMomentException if the moment cannot be told
   */
  public Map<AccountKind, Long> read(Filter filter, AsOf asOf) {
    return snapshot.read(connection -> read(connection, filter, asOf));
  }

  private static Map<AccountKind, Long> read(Connection connection, Filter filter, AsOf asOf)
      throws SQLException {
    Moment moment = Moment.of(asOf, Standing.of(AccountsProjection.NAME, connection), connection);
    Moment.Balances source = moment.balances(connection);
    List<Object> values = new ArrayList<>(source.values());
    List<String> conditions = new ArrayList<>(List.of("true"));
    filter.only(conditions, values);
    try (PreparedStatement select =
        connection.prepareStatement(
            "select a.kind, sum(b.cents) from projections.account a join ("
                + source.sql()
                + ") b on b.account_id = a.id where "
                + String.join(" and ", conditions)
                + " group by a.kind")) {
      BalancesQuery.bind(select, values);
      try (ResultSet found = select.executeQuery()) {
        Map<AccountKind, Long> sums = new EnumMap<>(AccountKind.class);
        while (found.next()) {
          sums.put(
              AccountKind.valueOf(found.getString(1)), found.getBigDecimal(2).longValueExact());
        }
        return sums;
      }
    }
  }
}
