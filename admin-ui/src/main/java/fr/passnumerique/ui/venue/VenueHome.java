package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.settlement.SlipList;
import fr.passnumerique.clearing.settlement.SlipListEndpoint;
import fr.passnumerique.clearing.settlement.SlipSort;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.home.Home;
import fr.passnumerique.ui.home.HomeFigures;
import fr.passnumerique.ui.home.HomeMoment;
import fr.passnumerique.ui.slip.SlipRow;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.ui.Model;

/** What a venue sees first: what needs it, then what it is owed and paid. */
final class VenueHome implements Home {
  private static final int SLIPS = 5;

  private final HomeFigures figures;
  private final VenueRegister venues;
  private final VenueAffairs affairs;
  private final SlipListEndpoint slips;

  VenueHome(
      HomeFigures figures, VenueRegister venues, VenueAffairs affairs, SlipListEndpoint slips) {
    this.figures = figures;
    this.venues = venues;
    this.affairs = affairs;
    this.slips = slips;
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
    // What needs the venue, and where its slips are, is of now.
    if (when.now()) {
      model.addAttribute("notices", affairs.notices(actor));
      boolean payable = affairs.account(actor.subject(), actor).inForce().isPresent();
      model.addAttribute("payable", payable);
      model.addAttribute("runs", payable ? affairs.nextRuns() : List.of());
      model.addAttribute("slips", last(actor));
    }
    return "dashboard-venue";
  }

  private List<SlipRow> last(Actor actor) {
    return slips
        .readSlips(actor, SlipList.Filter.ALL, SlipSort.NEWEST, null, SLIPS)
        .slips()
        .stream()
        .map(slip -> SlipRow.of(slip, UnaryOperator.identity(), actor))
        .toList();
  }
}
