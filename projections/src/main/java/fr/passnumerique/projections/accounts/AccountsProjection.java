package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What does each account come to?
 *
 * <p>The sum over all accounts is zero at every position. That is tested three times, by three
 * means: the entries of each fact sum to zero before they are added; what a batch's statement moved
 * in the table, as the database returns it, sums to zero; and the database itself commits no
 * transaction after which the table does not. Any of them stops the projection.
 */
final class AccountsProjection implements Projection {
  static final String NAME = "accounts";

  private final Function<Fact, List<Entry>> postings;

  /** What a batch moves on one account. */
  private static final class Movement {
    private final Account account;
    private long cents;
    private long position;

    Movement(Account account) {
      this.account = account;
    }
  }

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
  public Changes fold(List<RecordedFact> facts) {
    Map<Account, Movement> movements = new HashMap<>();
    for (RecordedFact recorded : facts) {
      long sum = 0;
      for (Entry entry : postings.apply(recorded.fact())) {
        sum = Math.addExact(sum, entry.cents());
        Movement movement = movements.computeIfAbsent(entry.account(), Movement::new);
        movement.cents = Math.addExact(movement.cents, entry.cents());
        movement.position = recorded.position();
      }
      if (sum != 0) {
        throw new UnfoldableFactException(
            "the entries of %s at position %d sum to %d cents and must sum to 0"
                .formatted(recorded.fact().getClass().getSimpleName(), recorded.position(), sum));
      }
    }
    List<Movement> moved = List.copyOf(movements.values());
    return connection -> {
      if (!moved.isEmpty()) {
        open(connection, moved);
        move(connection, moved);
      }
    };
  }

  /** Nobody else writes accounts: the projection's row is locked. */
  private static void open(Connection connection, List<Movement> moved) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.account
                   (kind, programme, agreement, funder, funding_departement, venue, spending_departement, prescriber)
            select m.*
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as m(kind, programme, agreement, funder, funding_departement, venue, spending_departement, prescriber)
             where not exists (
                     select from projections.account a
                      where a.kind = m.kind and a.venue = m.venue and a.funder = m.funder and a.agreement = m.agreement
                        and a.funding_departement = m.funding_departement
                        and a.spending_departement = m.spending_departement
                        and a.prescriber = m.prescriber and a.programme = m.programme)
            """)) {
      accounts(Bulk.of(connection, insert, moved));
      insert.executeUpdate();
    }
  }

  private static void move(Connection connection, List<Movement> moved) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            with written as (
              insert into projections.balance as b (account_id, cents, position)
              select a.id, m.cents, m.position
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::bigint[], ?::bigint[])
                     as m(kind, programme, agreement, funder, funding_departement, venue, spending_departement,
                          prescriber, cents, position)
                join projections.account a
                  on a.kind = m.kind and a.venue = m.venue and a.funder = m.funder and a.agreement = m.agreement
                 and a.funding_departement = m.funding_departement
                 and a.spending_departement = m.spending_departement
                 and a.prescriber = m.prescriber and a.programme = m.programme
              on conflict (account_id) do update
                set cents = b.cents + excluded.cents, position = excluded.position
              returning new.cents - coalesce(old.cents, 0) as cents)
            select count(*), coalesce(sum(cents), 0) from written
            """)) {
      accounts(Bulk.of(connection, upsert, moved)).longs(m -> m.cents).longs(m -> m.position);
      try (ResultSet written = upsert.executeQuery()) {
        written.next();
        long accounts = written.getLong(1);
        long sum = written.getBigDecimal(2).longValueExact();
        if (accounts != moved.size() || sum != 0) {
          throw new UnfoldableFactException(
              "a batch moved %d accounts by %d cents in all and must move %d by 0"
                  .formatted(accounts, sum, moved.size()));
        }
      }
    }
  }

  private static Bulk<Movement> accounts(Bulk<Movement> columns) throws SQLException {
    return columns
        .texts(m -> m.account.kind().name())
        .texts(m -> m.account.programme())
        .texts(m -> m.account.agreement())
        .texts(m -> m.account.funder())
        .texts(m -> m.account.fundingDepartement())
        .texts(m -> m.account.venue())
        .texts(m -> m.account.spendingDepartement())
        .texts(m -> m.account.prescriber());
  }
}
