package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** From the calendar to an order's end, its steps and its statement. */
@Controller
public final class EndingPages {
  static final String CALENDAR = "/peremptions";
  static final String ONE = CALENDAR + "/{orderId}";

  private final ExpiryEndpoint expiries;
  private final Supplier<Names> names;
  private final Clock clock;

  EndingPages(ExpiryEndpoint expiries, Supplier<Names> names, Clock clock) {
    this.expiries = expiries;
    this.names = names;
    this.clock = clock;
  }

  @GetMapping(CALENDAR)
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  @Live
  String calendar(Actor actor, @ModelAttribute AskedTable asked, Model model) {
    model.addAttribute(
        "board", EndingsBoard.of(expiries.readExpiries(actor).orders(), today(), asked));
    return "endings";
  }

  @GetMapping(ONE)
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  @Live
  String ending(Actor actor, @PathVariable("orderId") String orderId, Model model) {
    model.addAttribute("ending", sheet(orderId, actor));
    return "ending";
  }

  /**
   * @throws Problem 404 if there is no such order, or none that the reader pays for
   */
  EndingSheet sheet(String orderId, Actor reader) {
    return EndingSheet.of(
        expiries.readOrderExpiry(order(orderId), reader), reader, today(), names.get()::funder);
  }

  static OrderId order(String id) {
    try {
      return new OrderId(id);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the order");
    }
  }

  private LocalDate today() {
    return Paris.dayOf(clock.instant());
  }

  // -- addresses

  /** Where an order's end is shown. */
  public static String page(String order) {
    return Address.of(ONE, order);
  }

  static String act(String order, ExpiryStep step) {
    return Address.of(
        switch (step) {
          case ANNOUNCEMENT -> EndingDeeds.ANNOUNCEMENT;
          case APPROVAL -> EndingDeeds.APPROVAL;
          case ACKNOWLEDGEMENT -> EndingDeeds.ACKNOWLEDGEMENT;
          case EXPIRY -> EndingDeeds.EXPIRY;
          case STATEMENT -> EndingDeeds.STATEMENT;
        },
        order);
  }

  static String reconciliation(String agreement) {
    return Address.of("/conventions/{id}/rapprochement", agreement);
  }
}
