package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a stop at one moment would come to: sums of the accounts that balances are made of.
 */
public final class WindDownQuery {
  private static final String SUMS =
      """
      select a.kind, a.venue, a.funder, a.agreement, sum(b.cents)
        from projections.account a join (%s) b on b.account_id = a.id
       where a.kind in ('BANK', 'FUNDER_CREDIT', 'CHEQUES_OUTSTANDING', 'VENUE_PAYABLE',
                        'TRANSFER_IN_TRANSIT', 'TRANSFER_EXECUTED', 'DUE_BACK', 'TO_GIVE_BACK',
                        'UNMATCHED', 'VENUE_RECEIVABLE', 'RECEIVABLE_IF_PAID', 'TO_RECOVER')
       group by a.kind, a.venue, a.funder, a.agreement
      """;

  private final Snapshot snapshot;

  /**
   * @param reader of the schema {@code projections}
   */
  public WindDownQuery(DataSource reader) {
    this(new Snapshot(reader));
  }

  private WindDownQuery(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  WindDownQuery of(@Nullable Generation replaced) {
    return replaced == null ? this : new WindDownQuery(snapshot.of(replaced));
  }

  /**
   * @throws fr.passnumerique.clearing.bookkeeping.UntoldMomentException if the moment cannot be
   *     told exactly
   */
  public WindDown read(AsOf asOf) {
    return snapshot.read(connection -> read(connection, asOf));
  }

  private WindDown read(Connection connection, AsOf asOf) throws SQLException {
    Standing standing = Standing.of(AccountsProjection.NAME, connection);
    Moment moment = Moment.of(asOf, standing, connection);
    Moment.Balances source = moment.balances(connection);
    WindDownSums sums = new WindDownSums();
    try (PreparedStatement select = connection.prepareStatement(SUMS.formatted(source.sql()))) {
      int place = 1;
      for (Object value : source.values()) {
        select.setObject(place++, value);
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          sums.add(
              AccountKind.valueOf(found.getString(1)),
              found.getString(2),
              found.getString(3),
              found.getString(4),
              found.getLong(5));
        }
      }
    }
    return sums.at(
        moment.position(),
        moment.recordedAt(),
        names(connection, "venue"),
        names(connection, "funder"),
        snapshot.caveats(connection, moment.position(), AccountsProjection.NAME));
  }

  /** Those of now. */
  private static Map<String, String> names(Connection connection, String table)
      throws SQLException {
    Map<String, String> names = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("select id, name from projections." + table);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        names.put(found.getString(1), found.getString(2));
      }
    }
    return names;
  }
}
