package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Under which number each account stands in the table of accounts. A number never changes, and to
 * find one by its eight columns costs more than to move it, so that those of the accounts moved
 * last are kept in memory.
 *
 * <p>Kept is what was in the table before the transaction in hand: one that is rolled back leaves
 * nothing behind. Each table has its own numbers: while a projection is folded anew there are two,
 * and the new one keeps its own when it is switched in, since it stays the same table.
 */
final class AccountNumbers {
  /** Some 500 B each. Every venue of the country has three or four under each agreement. */
  private static final int KEPT = 200_000;

  /** The one that answers, one that is folded anew, and one that was before. */
  private static final int TABLES = 3;

  private final Map<Long, Map<Account, Long>> byTable = mostRecent(TABLES);

  private static <K, V> Map<K, V> mostRecent(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * Opens those that are not yet in the table. Nobody else writes accounts: the projection's row is
   * locked.
   *
   * @param accounts each once
   * @return the number of each
   */
  Map<Account, Long> of(List<Account> accounts, Connection connection) throws SQLException {
    Map<Account, Long> kept = keptOf(table(connection));
    synchronized (kept) {
      Map<Account, Long> numbers = HashMap.newHashMap(accounts.size());
      List<Account> others = new ArrayList<>();
      for (Account account : accounts) {
        Long number = kept.get(account);
        if (number == null) {
          others.add(account);
        } else {
          numbers.put(account, number);
        }
      }
      if (!others.isEmpty()) {
        Map<Account, Long> found = find(others, connection);
        kept.putAll(found);
        numbers.putAll(found);
        others.removeIf(found::containsKey);
      }
      if (!others.isEmpty()) {
        open(others, connection);
        numbers.putAll(find(others, connection));
      }
      return numbers;
    }
  }

  private Map<Account, Long> keptOf(long table) {
    synchronized (byTable) {
      return byTable.computeIfAbsent(table, _ -> mostRecent(KEPT));
    }
  }

  private static long table(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select 'projections.account'::regclass::oid::bigint");
        ResultSet table = select.executeQuery()) {
      table.next();
      return table.getLong(1);
    }
  }

  private static Map<Account, Long> find(List<Account> accounts, Connection connection)
      throws SQLException {
    Map<Account, Long> numbers = HashMap.newHashMap(accounts.size());
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select m.n, a.id
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   with ordinality
                   as m(kind, programme, agreement, funder, funding_departement, venue, spending_departement,
                        prescriber, n)
              join projections.account a
                on a.kind = m.kind and a.venue = m.venue and a.funder = m.funder and a.agreement = m.agreement
               and a.funding_departement = m.funding_departement
               and a.spending_departement = m.spending_departement
               and a.prescriber = m.prescriber and a.programme = m.programme
            """)) {
      columns(Bulk.of(connection, select, accounts));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          numbers.put(accounts.get(Math.toIntExact(found.getLong(1) - 1)), found.getLong(2));
        }
      }
    }
    return numbers;
  }

  private static void open(List<Account> accounts, Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.account
                   (kind, programme, agreement, funder, funding_departement, venue, spending_departement, prescriber)
            select *
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            """)) {
      columns(Bulk.of(connection, insert, accounts));
      insert.executeUpdate();
    }
  }

  private static void columns(Bulk<Account> accounts) throws SQLException {
    accounts
        .texts(account -> account.kind().name())
        .texts(Account::programme)
        .texts(Account::agreement)
        .texts(Account::funder)
        .texts(Account::fundingDepartement)
        .texts(Account::venue)
        .texts(Account::spendingDepartement)
        .texts(Account::prescriber);
  }
}
