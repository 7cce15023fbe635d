package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.registers.VenueRegister;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.ui.Model;

/** What a venue sees first: its own account. */
final class VenueHome implements Home {
  private final HomeFigures figures;
  private final VenueRegister venues;

  VenueHome(HomeFigures figures, VenueRegister venues) {
    this.figures = figures;
    this.venues = venues;
  }

  @Override
  public Set<Role> roles() {
    return EnumSet.of(Role.VENUE);
  }

  @Override
  public String projection() {
    return HomeFigures.ACCOUNTS;
  }

  @Override
  public String show(Actor actor, HomeMoment when, Model model) {
    Balances own =
        figures.read(
            Filter.ofVenue(actor.subject()), EnumSet.of(Grouping.SPENDING_DEPARTEMENT), when);
    model.addAttribute(
        "board",
        VenueBoard.of(
            actor.subject(), own, figures.situation(own, when), venues.find(actor.subject())));
    return "dashboard-venue";
  }
}
