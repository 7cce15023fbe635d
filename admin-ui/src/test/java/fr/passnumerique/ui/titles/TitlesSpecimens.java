package fr.passnumerique.ui.titles;

import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.ShownDeed;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What clerks do with cheques, in states that are hard to bring about. */
@Controller
public final class TitlesSpecimens {
  @GetMapping("/specimen/opposition-approve")
  String approve(Model model) {
    model.addAttribute("opposition", "opposition-12");
    ShownDeed.asked(
        model,
        List.of(),
        Map.of(),
        Effect.of("Approuver l’opposition")
            .line("Frappés d’opposition", "120\u00A0chèques")
            .line("Déjà présentés, et payés tout de même", "3\u00A0chèques")
            .line("Revient aux financeurs", "1\u00A0170,00\u00A0€")
            .afterwards("Aucun lieu ne peut plus les présenter. Ils peuvent être remplacés.")
            .dangerous());
    return "opposition-approve";
  }
}
