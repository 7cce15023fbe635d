package fr.passnumerique.ui.refund;

import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Refunds in states that are hard to bring about. */
@Controller
public final class RefundSpecimens {
  @GetMapping("/specimen/refund-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    if (state.equals("record")) {
      Doing.show(
          model,
          "Saisir le remboursement de l’avoir A-16",
          "La banque l’a débité.",
          "/avoirs/A-16");
      ShownDeed.refused(model, RefundDeeds.fieldsOfARefund(), Map.of("bookedOn", "31/02/2026"));
      return Doing.VIEW;
    }
    if (state.equals("take-back")) {
      Doing.show(
          model,
          "Retirer le remboursement de l’avoir A-16",
          "La banque n’en a pas montré le débit.",
          "/avoirs/A-16");
      ShownDeed.blank(
          model,
          RefundDeeds.fieldsOfATakingBack(),
          Map.of("paidOn", "2026-11-24", "transfer", "avoirs-1-1"));
      return Doing.VIEW;
    }
    Doing.show(model, "Ordonner des remboursements", "Un virement par avoir.", "/a-traiter");
    List<Field> fields =
        RefundDeeds.fieldsOfAnOrder(
            List.of(
                new Field.Choice(
                    "commande-16~region",
                    "Région Nouvelle-Aquitaine, 1\u00A0230,00\u00A0€, du 24/11/2026")));
    if (state.equals("bad")) {
      ShownDeed.refused(model, fields, Map.of("order", "avoirs d’octobre"));
    } else {
      ShownDeed.blank(
          model, fields, Map.of("order", "avoirs-1", "creditNotes", "commande-16~region"));
    }
    return Doing.VIEW;
  }

  @GetMapping("/specimen/refund-file")
  String file(Model model) {
    model.addAttribute("order", "avoirs-1");
    model.addAttribute("what", "1\u00A0230,00\u00A0€, par 2\u00A0virements");
    model.addAttribute("files", 0);
    model.addAttribute("back", "/remboursements/avoirs-1");
    model.addAttribute("address", "/remboursements/avoirs-1/fichier");
    return "refund-file";
  }
}
