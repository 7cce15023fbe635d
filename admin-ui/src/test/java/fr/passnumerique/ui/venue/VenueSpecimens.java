package fr.passnumerique.ui.venue;

import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;
import static fr.passnumerique.ui.todo.ToDoSpecimens.NOTHING;

import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.ui.home.Dashboard.SpendingRow;
import fr.passnumerique.ui.slip.SlipSpecimens;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.Trouble;
import fr.passnumerique.ui.words.VerdictReading;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The pages of a venue with made-up contents. */
@Controller
public final class VenueSpecimens {
  private static final LocalDate DAY = LocalDate.parse("2026-12-03");
  private static final List<Notice> NOTICES =
      List.of(
          Notice.bad(
              "Votre compte bancaire ne peut plus servir",
              "Le 03/12/2026, la banque a refusé un virement vers ce compte (motif AC04). La somme"
                  + " vous reste due : proposez un autre compte pour être payé au prochain"
                  + " règlement.",
              "/lieux/40109226700020/compte"),
          Notice.warn(
              "Des lignes sont annulées",
              "20,00 € du bordereau 2026-11-B. Vous pouvez contester jusqu’au 31/12/2026.",
              "/indus/indu-1"));

  @GetMapping("/specimen/venue/{state}")
  String home(@PathVariable String state, Model model) {
    boolean listed = state.equals("listed");
    model.addAttribute(
        "board",
        new VenueBoard(
            NOW,
            "40109226700020",
            listed ? "Bus France Services de Charente" : "",
            listed ? LocalDate.parse("2026-01-05") : null,
            12_340_00,
            2_000_00,
            1_340_00,
            9_000_00,
            listed
                ? List.of(
                    new SpendingRow("16", 10_000_00, 2_000_00, 8_000_00),
                    new SpendingRow("79", 2_340_00, 1_340_00, 1_000_00))
                : List.of()));
    model.addAttribute("todo", NOTHING);
    model.addAttribute("notices", listed ? NOTICES : List.of());
    model.addAttribute(
        "runs",
        listed
            ? List.of(new VenueAffairs.NextRun("Pass numérique", DAY, DAY.plusDays(1)))
            : List.of());
    model.addAttribute("slips", listed ? SlipSpecimens.rows() : List.of());
    return "dashboard-venue";
  }

  @GetMapping("/specimen/venue-sheet/{state}")
  String sheet(@PathVariable String state, Model model) {
    boolean full = state.equals("full");
    model.addAttribute("notices", full ? NOTICES : List.of());
    model.addAttribute("own", true);
    model.addAttribute(
        "sheet",
        new VenueSheet(
            "W161000001",
            full ? "Bus France Services de Charente" : "",
            full ? "40109226700020" : null,
            full,
            full ? new VenueSheet.Account("FR76", "0189", "EMMAUS RUFFEC") : null,
            full ? new VenueSheet.Account("FR14", "2606", "") : null,
            full
                ? List.of(
                    point("bus-charente-1", "Bus – place de la poste", LabelState.LABELLED),
                    point("bus-charente-2", "", LabelState.SUSPENDED))
                : List.of(),
            full
                ? List.of(
                    new VenueSheet.Reversed(
                        "indu-1",
                        "2026-11-B",
                        "/lieux/40109226700020/bordereaux/2026-11-B",
                        Badge.warn("Contesté"),
                        DAY,
                        DAY.plusDays(30),
                        20_00,
                        20_00))
                : List.of()));
    return "venue";
  }

  private static VenueSheet.Point point(String id, String name, LabelState label) {
    return new VenueSheet.Point(
        id,
        name,
        "Tusson",
        "16",
        List.of("Aide aux démarches administratives", "Insertion professionnelle via le numérique"),
        VenueSheet.label(label),
        DAY);
  }

  @GetMapping("/specimen/cheque-check/{state}")
  String check(@PathVariable String state, Model model) {
    model.addAttribute("service", "");
    model.addAttribute("point", "");
    model.addAttribute("own", true);
    model.addAttribute("places", SlipSpecimens.PLACES);
    switch (state) {
      case "good" ->
          model.addAttribute("verdict", checked(Verdict.ACCEPTED, List.of("le service")));
      case "used" -> model.addAttribute("verdict", checked(Verdict.ALREADY_REDEEMED, List.of()));
      case "refused" ->
          model.addAttribute(
              "trouble",
              Trouble.of("Ce n’est pas un code de chèque", "Quinze lettres et chiffres."));
      default -> {}
    }
    return "cheque-check";
  }

  private static CheckedCheque checked(Verdict verdict, List<String> unchecked) {
    return new CheckedCheque(
        verdict == Verdict.ACCEPTED,
        "00007-0001",
        VerdictReading.of(verdict, Optional.of(DAY)),
        10_00L,
        DAY,
        unchecked);
  }
}
