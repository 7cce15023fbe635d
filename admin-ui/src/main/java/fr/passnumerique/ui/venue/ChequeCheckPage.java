package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.ChequeCheckEndpoint;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.frame.Camera;
import fr.passnumerique.ui.frame.Parameter;
import fr.passnumerique.ui.frame.Refused;
import fr.passnumerique.ui.words.Places;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * At the counter: would a cheque be accepted, before anything is done for it? The code is posted
 * and not shown again, since its last characters are a secret.
 */
@Controller
final class ChequeCheckPage {
  private static final String PATH = "/verification";

  private final ChequeCheckEndpoint checks;
  private final VenueRegister venues;

  ChequeCheckPage(ChequeCheckEndpoint checks, VenueRegister venues) {
    this.checks = checks;
    this.venues = venues;
  }

  @GetMapping(PATH)
  @Permit({Role.CLERK, Role.PRESCRIBER, Role.VENUE})
  String ask(Actor actor, HttpServletResponse response, Model model) {
    return page(actor, "", "", response, model);
  }

  @PostMapping(PATH)
  @Permit({Role.CLERK, Role.PRESCRIBER, Role.VENUE})
  String check(
      Actor actor,
      @RequestParam String cheque,
      @RequestParam(defaultValue = "") String service,
      @RequestParam(defaultValue = "") String pointOfService,
      HttpServletResponse response,
      Model model) {
    try {
      model.addAttribute(
          "verdict",
          CheckedCheque.of(
              checks.checkCheque(
                  new ChequeCheckEndpoint.Body(
                      cheque.strip(),
                      null,
                      Parameter.read("pointOfService", pointOfService, PointOfServiceId::new),
                      service.isEmpty() ? null : service),
                  actor,
                  response)));
    } catch (Problem refused) {
      Refused.show(refused, response, model);
    }
    return page(actor, service, pointOfService, response, model);
  }

  private String page(
      Actor actor, String service, String point, HttpServletResponse response, Model model) {
    Camera.allow(response);
    model.addAttribute("service", service);
    model.addAttribute("point", point);
    model.addAttribute(
        "places",
        Places.of(actor.role() == Role.VENUE ? venues.find(actor.subject()) : Optional.empty()));
    model.addAttribute("own", actor.role() == Role.VENUE);
    return "cheque-check";
  }
}
