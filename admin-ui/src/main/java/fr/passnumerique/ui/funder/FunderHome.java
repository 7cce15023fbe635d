package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.ui.home.Cover;
import fr.passnumerique.ui.home.Dashboard;
import fr.passnumerique.ui.home.Home;
import fr.passnumerique.ui.home.HomeFigures;
import fr.passnumerique.ui.home.HomeMoment;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.ui.Model;

/** What a funder sees first: what waits for it, its agreements, and what its euros became. */
final class FunderHome implements Home {
  private static final Set<Grouping> SHOWN = EnumSet.of(Grouping.FUNDER, Grouping.AGREEMENT);

  private final HomeFigures figures;
  private final FlowsBeside flows;
  private final BudgetQuery budgets;

  FunderHome(HomeFigures figures, FlowsBeside flows, BudgetQuery budgets) {
    this.figures = figures;
    this.flows = flows;
    this.budgets = budgets;
  }

  @Override
  public Set<Role> roles() {
    return EnumSet.of(Role.FUNDER);
  }

  @Override
  public String projection() {
    return HomeFigures.ACCOUNTS;
  }

  @Override
  public String show(Actor actor, HomeMoment when, Model model) {
    String funder = actor.subject();
    Balances own = figures.read(Filter.ofFunder(funder), SHOWN, when);
    Cover cover = figures.cover(CoverQuery.Filter.ofFunder(funder), own, when);
    model.addAttribute("dashboard", Dashboard.of(own, cover, figures.situation(own, when), funder));
    model.addAttribute("funder", funder);
    model.addAttribute("spent", Spent.of(flows.beside(own, Filter.ofFunder(funder), when)));
    // A forecast is of now.
    if (when.now()) {
      model.addAttribute("lots", BudgetLot.of(budgets.of(actor, null, null)));
    }
    return "funder-home";
  }
}
