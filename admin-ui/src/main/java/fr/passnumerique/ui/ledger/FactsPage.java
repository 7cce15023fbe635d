package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.projections.export.LedgerFacts;
import fr.passnumerique.projections.export.LedgerFactsEndpoint;
import fr.passnumerique.ui.frame.Parameter;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger to be looked through, as it is stored and hashed, and how to have it verified. */
@Controller
final class FactsPage {
  static final String PATH = "/registre";
  private static final int SHOWN = 25;

  private final LedgerFactsEndpoint facts;
  private final FactCatalogue catalogue;

  FactsPage(LedgerFactsEndpoint facts, FactCatalogue catalogue) {
    this.facts = facts;
    this.catalogue = catalogue;
  }

  /** Texts, since a form sends what nobody has chosen as an empty one. */
  @GetMapping(PATH)
  @Permit({Role.CLERK, Role.AUDITOR})
  String facts(
      @RequestParam(defaultValue = "") String type,
      @RequestParam(defaultValue = "") String tag,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    FactsBoard.Asked asked =
        new FactsBoard.Asked(
            type,
            tag.strip(),
            Parameter.read("from", from, LocalDate::parse),
            Parameter.read("to", to, LocalDate::parse));
    LedgerFacts.Page page =
        facts.readFacts(
            null,
            null,
            type.isEmpty() ? null : type,
            asked.tag().isEmpty() ? null : asked.tag(),
            asked.from(),
            asked.to(),
            before,
            SHOWN);
    model.addAttribute("board", FactsBoard.of(page, asked, before, catalogue.types()));
    return "facts";
  }
}
