package fr.passnumerique.projections.export;

import fr.passnumerique.projections.export.ExportLine.AccountCents;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What those who read balances are shown, account by account. */
final class PublishedBalances {
  private static final String PROJECTION = "accounts";

  private static final String DIMENSIONS =
      """
      a.kind, a.programme, a.agreement, a.funder, a.funding_departement, a.venue,
      a.spending_departement, a.prescriber\
      """;

  private static final String AT =
      """
      select %s, p.balance_cents
        from projections.account a
       cross join lateral (
             select q.balance_cents
               from projections.posting q
              where q.account_id = a.id and q.position <= ?
              order by q.position desc
              limit 1) p
       where p.balance_cents <> 0 and (?::text is null or a.funder = ?)
       order by %s
      """
          .formatted(DIMENSIONS, DIMENSIONS);

  private static final String AFTER_EACH =
      """
      select %s, p.balance_cents, p.position
        from projections.posting p
        join projections.account a on a.id = p.account_id
       where p.position between ? and ? and (?::text is null or a.funder = ?)
       order by p.position, %s
      """
          .formatted(DIMENSIONS, DIMENSIONS);

  private final Snapshot snapshot;

  PublishedBalances(DataSource reader) {
    this.snapshot = new Snapshot(reader);
  }

  /** The last position that they hold. */
  long position() {
    return snapshot.read(connection -> Standing.of(PROJECTION, connection).position());
  }

  boolean knowsFunder(String funder) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select from projections.funder where id = ?")) {
            select.setString(1, funder);
            try (ResultSet found = select.executeQuery()) {
              return found.next();
            }
          }
        });
  }

  /**
   * @param funder only accounts under this funder; null for all
   * @return those that are not zero
   */
  List<AccountCents> at(long position, @Nullable String funder) {
    return snapshot.read(connection -> at(connection, position, funder));
  }

  private static List<AccountCents> at(
      Connection connection, long position, @Nullable String funder) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AT)) {
      select.setLong(1, position);
      select.setString(2, funder);
      select.setString(3, funder);
      List<AccountCents> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(account(rows));
        }
      }
      return found;
    }
  }

  /** What each of these facts left on the accounts that it moved, by position. */
  Map<Long, List<AccountCents>> afterEach(long first, long last, @Nullable String funder) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(AFTER_EACH)) {
            select.setLong(1, first);
            select.setLong(2, last);
            select.setString(3, funder);
            select.setString(4, funder);
            Map<Long, List<AccountCents>> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.computeIfAbsent(rows.getLong(10), _ -> new ArrayList<>()).add(account(rows));
              }
            }
            return found;
          }
        });
  }

  private static AccountCents account(ResultSet row) throws SQLException {
    return new AccountCents(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getLong(9));
  }
}
