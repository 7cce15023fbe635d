package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.FlowsQuery;
import fr.passnumerique.ui.home.HomeMoment;

/** What became of the same cents as of the same position, so that a page comes to one sum. */
record FlowsBeside(FlowsQuery flows) {
  FlowsQuery.Few beside(Balances read, Filter filter, HomeMoment when) {
    FlowsQuery shown = flows.of(when.before());
    return new WhichMoment(read.position(), null, read.businessDate())
        .ask(0, asOf -> shown.few(filter, read.ledgerPosition(), asOf, Spent.VENUES));
  }
}
