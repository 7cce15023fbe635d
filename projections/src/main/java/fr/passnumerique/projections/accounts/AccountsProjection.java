package fr.passnumerique.projections.accounts;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Copy;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What does each account come to, now and after each fact that moved it?
 *
 * <p>The sum over all accounts is zero at every position. That is tested three times, by three
 * means: the entries of each fact sum to zero before they are added; what a batch's statement moved
 * in the table, as the database returns it, sums to zero; and the database itself commits no
 * transaction after which the table does not. Any of them stops the projection.
 */
final class AccountsProjection implements Projection {
  static final String NAME = "accounts";

  private final Function<Fact, List<Entry>> postings;
  private final AccountNumbers numbers = new AccountNumbers();

  /** What one fact moves on one account. */
  private record Movement(long position, long cents) {}

  /** What a batch moves on one account, in order of position. */
  private static final class Moved {
    private final Account account;
    private final List<Movement> movements = new ArrayList<>();
    private long number;
    private long before;
    private long cents;

    Moved(Account account) {
      this.account = account;
    }

    /** Of one fact, and not at all where it takes back what it moved itself. */
    void by(long position, long moved) {
      cents = Math.addExact(cents, moved);
      long ofFact = moved;
      if (!movements.isEmpty() && movements.getLast().position() == position) {
        ofFact = Math.addExact(ofFact, movements.removeLast().cents());
      }
      if (ofFact != 0) {
        movements.add(new Movement(position, ofFact));
      }
    }

    boolean stands() {
      return movements.isEmpty();
    }

    long cents() {
      return cents;
    }

    long position() {
      return movements.getLast().position();
    }
  }

  /** A row of the table of postings. */
  private record Posted(long account, long position, long cents, long balance) {}

  /**
   * As their index has them: in the order of facts each would be looked for in another part of it.
   * A batch is so small that the postings of one fact lie together all the same.
   */
  private static final Comparator<Posted> BY_ACCOUNT = Comparator.comparingLong(Posted::account);

  /** While there is no index, and batches are large: the postings of one fact lie together. */
  private static final Comparator<Posted> BY_POSITION = Comparator.comparingLong(Posted::position);

  /**
   * @param postings what each fact posts, in the product {@code Postings::of}
   */
  AccountsProjection(Function<Fact, List<Entry>> postings) {
    this.postings = postings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tables tables() {
    return AccountsTables.TABLES;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    Map<Account, Moved> accounts = new LinkedHashMap<>();
    for (RecordedFact recorded : facts) {
      long sum = 0;
      for (Entry entry : postings.apply(recorded.fact())) {
        sum = Math.addExact(sum, entry.cents());
        accounts
            .computeIfAbsent(entry.account(), Moved::new)
            .by(recorded.position(), entry.cents());
      }
      if (sum != 0) {
        throw new UnfoldableFactException(
            "the entries of %s at position %d sum to %d cents and must sum to 0"
                .formatted(recorded.fact().getClass().getSimpleName(), recorded.position(), sum));
      }
    }
    accounts.values().removeIf(Moved::stands);
    List<Moved> moved = List.copyOf(accounts.values());
    return new Changes() {
      @Override
      public void write(Connection connection) throws SQLException {
        write(connection, false);
      }

      @Override
      public void writeInBulk(Connection connection) throws SQLException {
        write(connection, true);
      }

      private void write(Connection connection, boolean bulk) throws SQLException {
        Journal.write(connection, facts);
        Commitments.write(connection, facts);
        if (!moved.isEmpty()) {
          Map<Account, Long> known = numbers.of(List.copyOf(accounts.keySet()), connection);
          moved.forEach(
              account ->
                  account.number =
                      requireNonNull(
                          known.get(account.account), () -> account.account + " is not open"));
          move(connection, moved);
          post(connection, moved, bulk);
        }
      }
    };
  }

  /**
   * Tells each where it stood before the batch. The road not taken, one {@code on conflict do
   * update}, locks every row in a WAL record of its own before it changes it.
   */
  private static void move(Connection connection, List<Moved> moved) throws SQLException {
    Map<Long, Moved> first = HashMap.newHashMap(moved.size());
    moved.forEach(account -> first.put(account.number, account));
    long sum = 0;
    int accounts = 0;
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.balance b
               set cents = b.cents + m.cents, position = m.position
              from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as m(account_id, cents, position)
             where b.account_id = m.account_id
            returning new.account_id, old.cents, new.cents
            """)) {
      Bulk.of(connection, update, moved)
          .longs(m -> m.number)
          .longs(Moved::cents)
          .longs(Moved::position);
      try (ResultSet written = update.executeQuery()) {
        while (written.next()) {
          Moved account = first.remove(written.getLong(1));
          if (account != null) {
            account.before = written.getLong(2);
            accounts++;
          }
          sum = Math.addExact(sum, Math.subtractExact(written.getLong(3), written.getLong(2)));
        }
      }
    }
    if (!first.isEmpty()) {
      List<Moved> opened = List.copyOf(first.values());
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into projections.balance (account_id, cents, position)
              select * from unnest(?::bigint[], ?::bigint[], ?::bigint[])
              returning cents
              """)) {
        Bulk.of(connection, insert, opened)
            .longs(m -> m.number)
            .longs(Moved::cents)
            .longs(Moved::position);
        try (ResultSet written = insert.executeQuery()) {
          while (written.next()) {
            accounts++;
            sum = Math.addExact(sum, written.getLong(1));
          }
        }
      }
    }
    if (accounts != moved.size() || sum != 0) {
      throw new UnfoldableFactException(
          "a batch moved %d accounts by %d cents in all and must move %d by 0"
              .formatted(accounts, sum, moved.size()));
    }
  }

  /**
   * @param bulk into tables that nobody asks yet: row security, which those that answer have,
   *     forbids to copy into them
   */
  private static void post(Connection connection, List<Moved> moved, boolean bulk)
      throws SQLException {
    List<Posted> posted = new ArrayList<>();
    for (Moved account : moved) {
      long balance = account.before;
      for (Movement movement : account.movements) {
        balance = Math.addExact(balance, movement.cents());
        posted.add(new Posted(account.number, movement.position(), movement.cents(), balance));
      }
    }
    posted.sort(bulk ? BY_POSITION : BY_ACCOUNT);
    if (bulk && posted.size() > Copy.WORTH_IT) {
      Copy copy =
          Copy.into(
              connection,
              "projections.posting",
              "account_id",
              "position",
              "cents",
              "balance_cents");
      posted.forEach(
          p -> copy.row().bigint(p.account).bigint(p.position).bigint(p.cents).bigint(p.balance));
      copy.send();
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.posting (account_id, position, cents, balance_cents)
            select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
            """)) {
      Bulk.of(connection, insert, posted)
          .longs(Posted::account)
          .longs(Posted::position)
          .longs(Posted::cents)
          .longs(Posted::balance);
      insert.executeUpdate();
    }
  }
}
