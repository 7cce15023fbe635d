package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a search comes to, made up. */
@Controller
public final class SearchSpecimens {
  @GetMapping("/specimen/search/{state}")
  String search(@PathVariable String state, Model model) {
    List<Found> found =
        state.equals("several")
            ? List.of(
                new Found(
                    Kind.SLIP,
                    "2026-11-A",
                    "Bordereau",
                    "Médiathèque",
                    Matched.REFERENCE,
                    "/lieux/1/bordereaux/2026-11-A"),
                new Found(Kind.ORDER, "2026-11-A", "Commande", "", Matched.NUMBER, "/commandes/1"))
            : List.of();
    model.addAttribute("asked", state.equals("blank") ? "" : "2026-11-A");
    model.addAttribute("found", found);
    model.addAttribute("more", state.equals("several"));
    model.addAttribute("count", "2 résultats");
    model.addAttribute("examples", Example.of(Role.CLERK));
    return "search";
  }
}
