package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The one field of every page: leads to what is found, or says what can be looked for. */
@Controller
final class SearchPage {
  private final Search search;
  private final French french;

  SearchPage(Search search, French french) {
    this.search = search;
    this.french = french;
  }

  /**
   * For links and bookmarks; what reads as a whole cheque code is not looked for, and not kept in
   * an address that is copied on.
   */
  @GetMapping("/recherche")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String find(Actor actor, @RequestParam(defaultValue = "") String q, Model model) {
    return ChequeCode.parse(q.strip()).isPresent() ? "redirect:/recherche" : found(actor, q, model);
  }

  /** The field itself: people type whole cheque codes, which no address may hold. */
  @PostMapping("/recherche")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  String findPosted(Actor actor, @RequestParam(defaultValue = "") String q, Model model) {
    return found(actor, q, model);
  }

  private String found(Actor actor, String q, Model model) {
    boolean tooLong = q.length() > SearchEndpoint.LONGEST;
    Search.Result result = search.find(tooLong ? "" : q, actor);
    List<Found> found = result.found();
    if (found.size() == 1) {
      return "redirect:" + found.getFirst().page();
    }
    model.addAttribute("asked", tooLong ? "" : Search.shown(q));
    model.addAttribute("longest", tooLong ? SearchEndpoint.LONGEST : null);
    model.addAttribute("found", found);
    model.addAttribute("more", !result.more().isEmpty());
    model.addAttribute("count", french.counted(found.size(), "résultat", "résultats"));
    model.addAttribute("examples", Example.of(actor.role()));
    return "search";
  }
}
