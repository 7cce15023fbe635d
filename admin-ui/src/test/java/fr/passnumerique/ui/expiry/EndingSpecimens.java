package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.expiry.OrderExpiry;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** Ends of orders in states that are hard to bring about. */
@Controller
public final class EndingSpecimens {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

  @GetMapping("/specimen/endings/{state}")
  String calendar(@PathVariable String state, @ModelAttribute AskedTable asked, Model model) {
    model.addAttribute(
        "board",
        EndingsBoard.of(
            state.equals("empty")
                ? List.of()
                : List.of(
                    ending("commande-16-essai", -160, true, true),
                    ending("commande-16-printemps", -40, true, false),
                    ending("commande-16-ete", -20, true, false),
                    ending("commande-16-automne", 10, true, false),
                    ending("commande-16-hiver", 400, false, false)),
            TODAY,
            asked));
    return "endings";
  }

  private static ExpiryEndpoint.Ending ending(
      String order, int days, boolean announced, boolean expired) {
    LocalDate end = TODAY.plusDays(days);
    return new ExpiryEndpoint.Ending(
        order, "convention-charente", end, end.plusDays(30), announced, expired);
  }

  @GetMapping("/specimen/ending/{state}")
  String ending(@PathVariable String state, Model model) {
    boolean agreed = state.equals("agreed");
    EndingSheet.Statement statement =
        new EndingSheet.Statement(
            new OrderExpiry.Expired(20, 20, 200_00, 200_00),
            new OrderExpiry.Expired(38, 30, 380_00, 300_00),
            agreed ? 50_00 : 0,
            List.of(
                new EndingSheet.Due(
                    "Agence nationale de la cohésion des territoires",
                    250_00,
                    agreed
                        ? new CauseWords(
                            "Avoir", "commande-16-ete~anct", "/avoirs/commande-16-ete~anct")
                        : null,
                    agreed
                        ? Badge.warn("À rembourser")
                        : Badge.calm("Après les deux signatures"))));
    model.addAttribute(
        "ending",
        new EndingSheet(
            !agreed,
            new CauseWords(
                "Commande", "commande-16-ete", agreed ? null : "/commandes/commande-16-ete"),
            new CauseWords(
                "Convention",
                "convention-charente",
                "/conventions/convention-charente/rapprochement"),
            TODAY.minusDays(40),
            TODAY.minusDays(10),
            60,
            List.of(
                new EndingSheet.State("Acceptés par les lieux", 2, 20_00, agreed ? null : 8_00L),
                new EndingSheet.State("Périmés", 58, 580_00, agreed ? null : 232_00L)),
            List.of(
                new EndingSheet.Step(
                    "Fin annoncée aux financeurs", "", TODAY.minusDays(70), Badge.good("Fait")),
                new EndingSheet.Step(
                    "Fin approuvée",
                    "Région Nouvelle-Aquitaine",
                    TODAY.minusDays(55),
                    Badge.calm("Sans objet")),
                new EndingSheet.Step(
                    "État contradictoire",
                    "l’opérateur",
                    TODAY,
                    agreed ? Badge.good("Signé") : Badge.warn("En attente"))),
            state.equals("early") ? null : statement,
            agreed
                ? List.of()
                : List.of(
                    new EndingSheet.Act(
                        "Signer l’état contradictoire",
                        "/peremptions/commande-16-ete/etat-contradictoire"))));
    if (!state.equals("ask")) {
      return "ending";
    }
    model.addAttribute("step", "État contradictoire");
    ShownDeed.asked(
        model,
        List.of(),
        Map.of(),
        Effect.of("Signer l’état contradictoire")
            .line("Jamais distribués, tous financeurs", "20\u00A0chèques, 200,00\u00A0€")
            .afterwards(
                "L’opérateur signe à son tour ; un avoir est émis quand ses deux parties ont"
                    + " signé."));
    return "ending-step";
  }
}
