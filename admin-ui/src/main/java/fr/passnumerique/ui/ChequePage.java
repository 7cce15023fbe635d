package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.Discretion;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tells a cheque's life from its serial. */
@Controller
final class ChequePage {
  private final ChequeHistories histories;
  private final Standings standings;
  private final French french;

  ChequePage(ChequeHistories histories, Standings standings, French french) {
    this.histories = histories;
    this.standings = standings;
    this.french = french;
  }

  @GetMapping("/cheques")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String ask(Model model) {
    return unknown("", false, model);
  }

  /**
   * Posted, not in the address: people type the whole code, and its last characters are a secret
   * that no log may keep.
   */
  @PostMapping("/cheques")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String find(@RequestParam String serial, HttpServletResponse response, Model model) {
    return serialOf(serial)
        .map(found -> "redirect:/cheques/" + found)
        .orElseGet(
            () -> {
              response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
              return unknown("", true, model);
            });
  }

  @GetMapping("/cheques/{serial}")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String life(
      Actor actor,
      @PathVariable("serial") String asked,
      HttpServletResponse response,
      Model model) {
    Optional<Serial> serial = serialOf(asked);
    if (serial.isPresent() && !asked.equals(serial.get().toString())) {
      return "redirect:/cheques/" + serial.get();
    }
    long head = standings.awaitHead("registers", "claims", "histories");
    Optional<ChequeHistory> found =
        serial.flatMap(histories::find).flatMap(Discretion.of(actor)::apply);
    if (found.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return unknown(serial.map(Serial::toString).orElse(""), true, model);
    }
    ChequeHistory history = found.get();
    model.addAttribute(
        "cheque",
        ChequeLife.of(
            history,
            standings.of(
                history.position(), history.recordedAt(), head, "registers", "claims", "histories"),
            french));
    return "cheque";
  }

  private static String unknown(String asked, boolean unknown, Model model) {
    model.addAttribute("asked", asked);
    model.addAttribute("unknown", unknown);
    return "cheques";
  }

  /** The serial in what was typed: itself, or at the head of a whole code. */
  private static Optional<Serial> serialOf(String typed) {
    Optional<Serial> ofCode = ChequeCode.parse(typed).map(ChequeCode::serial);
    if (ofCode.isPresent()) {
      return ofCode;
    }
    try {
      return Optional.of(Serial.parse(typed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
