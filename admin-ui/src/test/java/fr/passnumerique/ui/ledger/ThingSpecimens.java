package fr.passnumerique.ui.ledger;

import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.CauseWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What facts are about, in states that are hard to bring about. */
@Controller
public final class ThingSpecimens {
  private static final Instant AT = Instant.parse("2026-11-24T16:05:12.123456Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");

  @GetMapping("/specimen/thing/{state}")
  String thing(@PathVariable String state, Model model) {
    boolean past = state.equals("past");
    Told told =
        new Told(
            List.of("Département de la Charente, pour la commande commande-16."),
            1_230_00L,
            new Booked("E0123456789ABCDEF", "26091-19", DAY, DAY, -1_230_00, "", true),
            List.of(
                new CauseWords("Ordre de remboursement", "remb-1", "/remboursements/remb-1"),
                new CauseWords("Commande", "commande-16", "/commandes/commande-16")),
            "good");
    model.addAttribute(
        "sheet",
        new ThingSheet(
            past ? Situation.asAsked(48_001, AT) : new Situation(48_213, AT, 0, false),
            "Avoir",
            "commande-16~departement-de-la-charente",
            past ? null : Badge.good("Remboursé"),
            past ? null : 1_230_00L,
            past
                ? List.of()
                : List.of(
                    ThingSheet.Detail.of("Financeur", "Département de la Charente"),
                    new ThingSheet.Detail("Commande", "commande-16", "/commandes/commande-16")),
            state.equals("empty")
                ? List.of()
                : List.of(new ThingSheet.Step(DAY, "Avoir remboursé", told, 48_001, AT)),
            !past,
            "/avoirs/commande-16~departement-de-la-charente",
            past ? "/avoirs/commande-16~departement-de-la-charente?after=48001" : null));
    model.addAttribute(
        "acts",
        past
            ? List.of()
            : List.of(
                new ThingActs.Act("Confirmer l’indu", "/indus/i-1/confirmation"),
                new ThingActs.Act("Y renoncer", "/indus/i-1/abandon")));
    return "thing";
  }
}
