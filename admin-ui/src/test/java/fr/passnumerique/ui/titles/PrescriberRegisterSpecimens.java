package fr.passnumerique.ui.titles;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.ListPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Prescribers in states that are hard to bring about. */
@Controller
public final class PrescriberRegisterSpecimens {
  private static final PrescriberRegistered GUERET =
      new PrescriberRegistered(
          new PrescriberId("ccas-gueret"),
          "Centre communal d’action sociale de la ville de Guéret",
          Departement.of("23"),
          Optional.of("21230096100018"));

  @GetMapping("/specimen/prescribers/{state}")
  String prescribers(@PathVariable String state, Model model) {
    boolean full = state.equals("full");
    ListPart part =
        full
            ? ListPart.byName(PrescriberRegister.PRESCRIBERS, "adil-23", "ccas-gueret")
            : ListPart.byName(PrescriberRegister.PRESCRIBERS, "", null);
    model.addAttribute("clerk", true);
    model.addAttribute("count", full ? 4_002 : 0);
    model.addAttribute("part", part);
    model.addAttribute(
        "table",
        PrescriberRegister.COLUMNS.show(
            part.address(),
            full
                ? List.of(
                    GUERET,
                    new PrescriberRegistered(
                        new PrescriberId("mission-locale-16"),
                        "Mission locale",
                        Departement.of("16")))
                : List.of(),
            AskedTable.AS_IT_COMES));
    return "prescribers";
  }

  @GetMapping("/specimen/prescriber-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    Doing.show(
        model,
        "Enregistrer un prescripteur",
        "Une structure qui remettra des chèques.",
        PrescriberRegister.PRESCRIBERS);
    if (state.equals("bad")) {
      ShownDeed.refused(
          model, PrescriberRegister.fields(), Map.of("departement", "20", "prescriber", "é"));
    } else {
      ShownDeed.asked(
          model,
          PrescriberRegister.fields(),
          Map.of("prescriber", "ccas-gueret"),
          PrescriberRegister.registers(GUERET));
    }
    return Doing.VIEW;
  }
}
