package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import java.util.Set;

/** The balances of a home, the cover beside them, and where both stand. */
public final class HomeFigures {
  public static final String ACCOUNTS = "accounts";
  public static final String REGISTERS = "registers";
  private static final String[] BALANCES = {ACCOUNTS, REGISTERS};

  private final BalancesQuery balances;
  private final CoverQuery covers;
  private final Standings standings;

  HomeFigures(BalancesQuery balances, CoverQuery covers, Standings standings) {
    this.balances = balances;
    this.covers = covers;
    this.standings = standings;
  }

  /**
   * @throws fr.passnumerique.clearing.http.Problem if the moment cannot be told
   */
  public Balances read(Filter filter, Set<Grouping> groupings, HomeMoment when) {
    long head = standings.awaitHead(BALANCES);
    BalancesQuery shown = balances.of(when.before());
    return when.which().ask(head, asOf -> shown.read(filter, groupings, head, asOf));
  }

  /** Of the position of the figures beside it: what is covered has no business day. */
  public Cover cover(CoverQuery.Filter filter, Balances beside, HomeMoment when) {
    WhichMoment same =
        when.now() ? WhichMoment.NOW : new WhichMoment(beside.position(), null, null);
    return Cover.of(same.ask(0, asOf -> covers.read(filter, asOf)));
  }

  public Situation situation(Balances read, HomeMoment when) {
    return (when.now()
            ? standings.of(read.position(), read.recordedAt(), read.ledgerPosition(), BALANCES)
            : Situation.asAsked(read.position(), read.recordedAt(), read.businessDate()))
        .with(read.caveats());
  }
}
