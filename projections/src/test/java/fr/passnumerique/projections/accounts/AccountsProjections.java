package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.projections.loop.Projection;
import java.util.EnumSet;
import javax.sql.DataSource;

/** Lends balances to the tests of others. */
public final class AccountsProjections {
  public static final String NAME = AccountsProjection.NAME;

  private AccountsProjections() {}

  public static Projection accounts() {
    return new AccountsProjection(Postings::of);
  }

  /** Also what has ever passed a stage, as in production. */
  public static Projection accountsAndStages() {
    return new AccountsProjection(Accounts::entries);
  }

  /** All balances, whatever they stand at. */
  public static Balances read(DataSource dataSource) {
    return new BalancesQuery(dataSource)
        .read(BalancesQuery.Filter.ALL, EnumSet.allOf(Grouping.class), 0);
  }
}
