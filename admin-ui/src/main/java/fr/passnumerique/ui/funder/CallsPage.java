package fr.passnumerique.ui.funder;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.CallsQuery.CallsForFunds;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Calls for funds: what is asked, under which reference it is paid, and what has come. */
@Controller
final class CallsPage {
  private final CallsQuery calls;
  private final Supplier<Names> names;

  /**
   * @param names by which funders are called, looked up anew for each page
   */
  CallsPage(CallsQuery calls, Supplier<Names> names) {
    this.calls = calls;
    this.names = names;
  }

  @GetMapping("/appels-de-fonds")
  @Permit({CLERK, AUDITOR, FUNDER})
  @Live
  String list(Actor actor, @ModelAttribute AskedTable asked, Model model) {
    CallsForFunds read = calls.all(actor, null, null);
    model.addAttribute(
        "t", CallLine.COLUMNS.show("/appels-de-fonds", CallLine.of(read.calls()), asked));
    model.addAttribute("openCents", read.openCents());
    model.addAttribute("lateCents", read.lateCents());
    model.addAttribute("own", actor.role() == FUNDER);
    model.addAttribute("names", names.get());
    return "calls";
  }
}
