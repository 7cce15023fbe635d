package fr.passnumerique.ui.venues;

import fr.passnumerique.projections.histories.ConflictsOfInterest;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.ListPart;
import fr.passnumerique.ui.words.Badge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The register of venues, in states that are hard to bring about. */
@Controller
public final class VenueRegisterSpecimens {
  private static final Instant AT = Instant.parse("2026-11-24T16:05:12.123456Z");
  private static final String NAME = "Médiathèque de Ruffec, Bus France Services de Charente";

  @GetMapping("/specimen/venue-register/{state}")
  String register(@PathVariable String state, Model model) {
    model.addAttribute("clerk", true);
    model.addAttribute(
        "part",
        ListPart.byName(
            VenueRegisterPages.REGISTER, "", state.equals("empty") ? null : "W161000119"));
    model.addAttribute(
        "table",
        VenueRegisterPages.VENUES.show(
            VenueRegisterPages.REGISTER,
            state.equals("empty")
                ? List.of()
                : List.of(
                    new VenueRegisterPages.VenueRow(
                        "40109226700020",
                        NAME,
                        "Charente\u00A0(16)",
                        3,
                        Badge.good("Labellisé depuis le 01/05/2026"),
                        Badge.good("Ouvert")),
                    new VenueRegisterPages.VenueRow(
                        "W161000119",
                        "W161000119",
                        "Charente\u00A0(16), Dordogne\u00A0(24)",
                        1,
                        Badge.calm("Non labellisé"),
                        Badge.warn("Sans SIRET"))),
            AskedTable.AS_IT_COMES));
    return "venue-register";
  }

  @GetMapping("/specimen/conflicts-of-interest/{state}")
  String conflicts(@PathVariable String state, Model model) {
    model.addAttribute(
        "part",
        ListPart.of(
            VenueRegisterPages.CONFLICTS,
            null,
            state.equals("empty") ? Optional.empty() : Optional.of(1_200L)));
    model.addAttribute(
        "table",
        VenueRegisterPages.OF_INTEREST.show(
            VenueRegisterPages.CONFLICTS,
            state.equals("empty")
                ? List.of()
                : List.of(
                    new VenueRegisterPages.ConflictRow(
                        new ConflictsOfInterest.Case(
                            1_200,
                            AT,
                            "40109226700020",
                            "2026-11-A",
                            2,
                            "00007-0001",
                            "ccas-gueret",
                            true,
                            false),
                        NAME,
                        "CCAS de Guéret",
                        Badge.warn("Acceptée"))),
            AskedTable.AS_IT_COMES));
    return "conflicts-of-interest";
  }

  @GetMapping("/specimen/label-deed/{state}")
  String label(@PathVariable String state, Model model) {
    boolean decides = state.equals("decide");
    model.addAttribute(
        "doing", decides ? "Enregistrer une décision de label" : "Labelliser des lieux");
    model.addAttribute("what", "La décision d’un comité.");
    model.addAttribute("back", "/registre-des-lieux");
    switch (state) {
      case "decide" ->
          ShownDeed.blank(
              model,
              LabelDeeds.fieldsOfADecision(),
              Map.of("venues", "40109226700020", "from", "2026-11-24"));
      case "bad" ->
          ShownDeed.refused(
              model, LabelDeeds.fieldsOfALabelling(), Map.of("labelledFrom", "31/02/2026"));
      default ->
          ShownDeed.asked(
              model,
              LabelDeeds.fieldsOfALabelling(),
              Map.of("venues", "40109226700020", "labelledFrom", "2026-11-24", "decision", "CP 14"),
              Effect.of("Labelliser")
                  .line("Labellisés", "1\u00A0lieu")
                  .line("À partir du", "24/11/2026")
                  .line("Décision", "CP 14"));
    }
    return "deed";
  }

  @GetMapping("/specimen/venue-deed/{state}")
  String venue(@PathVariable String state, Model model) {
    model.addAttribute("back", "/registre-des-lieux");
    switch (state) {
      case "import" -> {
        model.addAttribute("doing", "Importer une liste de lieux");
        model.addAttribute("what", "Au standard LaMednum 1.0.2.");
        ShownDeed.blank(model, VenueDeeds.fieldsOfAnImport(), Map.of());
      }
      case "identify" -> {
        model.addAttribute("doing", "Dire de quel SIRET est le lieu");
        model.addAttribute("what", NAME);
        ShownDeed.blank(model, VenueDeeds.fieldsOfAnIdentification(), Map.of());
      }
      default -> {
        model.addAttribute("doing", "Confirmer le SIRET du lieu");
        model.addAttribute("what", NAME);
        model.addAttribute("other", "/lieux/W161000119/identification/40109226700020/refus");
        ShownDeed.asked(
            model,
            List.of(),
            Map.of(),
            Effect.of("Confirmer ce SIRET")
                .line("SIRET", "40109226700020")
                .line("À la place de", "13002526500039"));
      }
    }
    return "deed";
  }
}
