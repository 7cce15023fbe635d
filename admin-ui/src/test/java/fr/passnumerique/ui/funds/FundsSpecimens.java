package fr.passnumerique.ui.funds;

import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What clerks record of funders' money, in states that are hard to bring about. */
@Controller
public final class FundsSpecimens {
  private static final List<Field.Choice> FUNDERS =
      List.of(
          new Field.Choice("region", "Région Nouvelle-Aquitaine, au plus 12\u00A0000,00\u00A0€"),
          new Field.Choice("etat", "État, rien à appeler aujourd’hui"));

  @GetMapping("/specimen/funds-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    switch (state) {
      case "call" -> {
        doing(model, "Appeler des fonds", "Pour la convention CONV-16.");
        ShownDeed.blank(
            model, CallDeeds.fieldsOfACall(FUNDERS), Map.of("call", "appel-CONV-16-8c1f04ae"));
      }
      case "call-bad" -> {
        doing(model, "Appeler des fonds", "Pour la convention CONV-16.");
        ShownDeed.refused(
            model,
            CallDeeds.fieldsOfACall(FUNDERS),
            Map.of("funder", "region", "amountCents", "douze mille", "call", "appel n° 4"));
      }
      case "receipt" -> {
        doing(model, "Saisir un versement", "Pour la convention CONV-16.");
        ShownDeed.blank(
            model,
            ReceiptDeeds.fieldsOfAReceipt(
                FUNDERS,
                List.of(
                    new Field.Choice(
                        "appel-3",
                        "appel-3, Région Nouvelle-Aquitaine, reste 5\u00A0000,00\u00A0€"))),
            Map.of("funder", "region", "call", "appel-3", "valueDate", "2026-11-24"));
      }
      case "take-back" -> {
        doing(model, "Retirer le versement v-12", "Un agent l’a saisi.");
        ShownDeed.asked(
            model,
            ReceiptDeeds.fieldsOfATakingBack(),
            Map.of("reason", "NEVER_CAME"),
            Effect.of("Retirer ce versement")
                .line("Financeur", "Région Nouvelle-Aquitaine")
                .line("Ne compte plus", "5\u00A0000,00\u00A0€")
                .line("Comptait depuis le", "24/11/2026")
                .line("Motif", "Annoncé, jamais arrivé")
                .afterwards("Les appels qu’il soldait sont de nouveau ouverts.")
                .dangerous());
      }
      case "cancel-call" -> {
        doing(model, "Annuler l’appel appel-3", "Ce qui en reste n’est plus demandé.");
        ShownDeed.asked(
            model,
            CallDeeds.fieldsOfACancellation(),
            Map.of("reason", "ENTERED_BY_MISTAKE"),
            Effect.of("Annuler cet appel")
                .line("Financeur", "Région Nouvelle-Aquitaine")
                .line("N’est plus demandé", "5\u00A0000,00\u00A0€")
                .line("Motif", "Saisi par erreur")
                .afterwards(
                    "Un virement qui porte sa référence solde alors le plus ancien appel ouvert.")
                .dangerous());
      }
      case "cancel-give-back" -> {
        doing(model, "Annuler la restitution rendu-1", "Son avoir ne sera pas remboursé.");
        ShownDeed.asked(
            model,
            List.of(),
            Map.of(),
            Effect.of("Annuler cette restitution")
                .line("Financeur", "Région Nouvelle-Aquitaine")
                .line("De nouveau libre", "1\u00A0200,00\u00A0€")
                .afterwards("Ce que le financeur doit pour des chèques utilisés en est payé.")
                .dangerous());
      }
      case "transfer" -> {
        doing(model, "Transférer des fonds libres", "De la convention CONV-16 à une autre.");
        ShownDeed.blank(
            model,
            FreeFundsDeeds.fieldsOfATransfer(
                FUNDERS,
                List.of(new Field.Choice("CONV-17", "CONV-17, Région Nouvelle-Aquitaine"))),
            Map.of("transfer", "transfert-CONV-16-8c1f04ae"));
      }
      default -> {
        doing(model, "Rendre des fonds libres", "Pour la convention CONV-16.");
        ShownDeed.blank(
            model,
            FreeFundsDeeds.fieldsOfAGiveBack(FUNDERS),
            Map.of("giveBack", "rendu-CONV-16-8c1f04ae"));
      }
    }
    return Doing.VIEW;
  }

  private static void doing(Model model, String title, String what) {
    Doing.show(model, title, what, "/conventions/CONV-16");
  }
}
