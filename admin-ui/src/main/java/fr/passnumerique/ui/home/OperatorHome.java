package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.ui.Model;

/** What clerks and auditors see first: everything. */
final class OperatorHome implements Home {
  private final HomeFigures figures;

  OperatorHome(HomeFigures figures) {
    this.figures = figures;
  }

  @Override
  public Set<Role> roles() {
    return EnumSet.of(Role.CLERK, Role.AUDITOR);
  }

  @Override
  public String projection() {
    return HomeFigures.ACCOUNTS;
  }

  @Override
  public String show(Actor actor, HomeMoment when, Model model) {
    Balances all = figures.read(Filter.ALL, EnumSet.allOf(Grouping.class), when);
    Cover cover = figures.cover(CoverQuery.Filter.ALL, all, when);
    model.addAttribute("dashboard", Dashboard.of(all, cover, figures.situation(all, when), null));
    return "dashboard";
  }
}
