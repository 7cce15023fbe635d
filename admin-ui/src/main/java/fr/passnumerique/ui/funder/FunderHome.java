package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
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

/** What a funder sees first: its own cents alone. */
final class FunderHome implements Home {
  private static final Set<Grouping> SHOWN =
      EnumSet.of(
          Grouping.FUNDER,
          Grouping.AGREEMENT,
          Grouping.VENUE,
          Grouping.FUNDING_DEPARTEMENT,
          Grouping.SPENDING_DEPARTEMENT,
          Grouping.FLOW);

  private final HomeFigures figures;

  FunderHome(HomeFigures figures) {
    this.figures = figures;
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
    return "funder-home";
  }
}
