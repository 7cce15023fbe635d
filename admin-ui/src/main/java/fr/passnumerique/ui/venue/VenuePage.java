package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.words.Address;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where a venue is paid, what its label is, and where it works. */
@Controller
final class VenuePage {
  /** A venue's own. */
  static final String OWN = "/mon-lieu";

  private static final String PATH = "/lieux/{venueId}";

  private final VenueAffairs affairs;

  VenuePage(VenueAffairs affairs) {
    this.affairs = affairs;
  }

  /** Whoever stands in a menu has one address for all. */
  @GetMapping(OWN)
  @Permit(Role.VENUE)
  String own(Actor actor) {
    return "redirect:" + Address.of(PATH, actor.subject());
  }

  @GetMapping(PATH)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  String venue(Actor actor, @PathVariable("venueId") String venueId, Model model) {
    boolean own = actor.role() == Role.VENUE;
    model.addAttribute(
        "sheet",
        VenueSheet.of(
            venueId,
            affairs.account(venueId, actor),
            affairs.listed(venueId, actor, affairs.today()),
            affairs.reversals(venueId),
            actor));
    model.addAttribute("own", own);
    model.addAttribute("clerk", actor.role() == Role.CLERK);
    model.addAttribute("notices", own ? affairs.notices(actor) : List.of());
    return "venue";
  }
}
