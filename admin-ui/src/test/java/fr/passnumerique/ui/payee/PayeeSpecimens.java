package fr.passnumerique.ui.payee;

import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.ShownDeed;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The account of a venue and that of a funder, in each of its states. */
@Controller
public final class PayeeSpecimens {
  @GetMapping("/specimen/funder-account/{state}")
  String ofAFunder(@PathVariable String state, Model model) {
    return account(PaidOut.FUNDER, "region", "Région Nouvelle-Aquitaine", state, model);
  }

  @GetMapping("/specimen/venue-account/{state}")
  String ofAVenue(@PathVariable String state, Model model) {
    return account(PaidOut.VENUE, "12345678900011", "Médiathèque de Ruffec", state, model);
  }

  private static String account(PaidOut whose, String id, String name, String state, Model model) {
    boolean own = state.equals("own");
    boolean proposed = own || state.equals("proposed") || state.equals("confirm");
    boolean closed = state.equals("closed");
    AccountSheet sheet =
        new AccountSheet(
            whose,
            id,
            name,
            own ? shown("FR76…0189", "a.leroy", false, null, null) : null,
            proposed
                ? shown(
                    "FR14…2606",
                    "m.durand",
                    own,
                    own ? null : "/specimen/confirmation",
                    "/specimen/refus")
                : null,
            closed ? LocalDate.parse("2026-11-24") : null,
            closed ? "AC04" : "",
            proposed ? null : "/specimen/proposition");
    model.addAttribute("sheet", sheet);
    switch (state) {
      case "propose" -> {
        model.addAttribute("question", "Proposer un compte bancaire");
        ShownDeed.refused(
            model, AccountDeeds.RIB, Map.of("iban", "FR14 2004 1010 0505 0001 3M02 60"));
        return "payee-account-deed";
      }
      case "confirm" -> {
        model.addAttribute("question", "Confirmer un compte bancaire");
        ShownDeed.asked(
            model,
            List.of(),
            Map.of(),
            Effect.of("Confirmer ce compte")
                .line(whose.label(), name)
                .line("IBAN", "FR14…2606")
                .line("Titulaire", "MEDIATHEQUE DE RUFFEC")
                .line("Proposé par", "m.durand")
                .line("Remplace", "Aucun")
                .afterwards("À comparer au RIB d’abord : %s.".formatted(whose.next())));
        return "payee-account-deed";
      }
      default -> {
        return "payee-account";
      }
    }
  }

  private static AccountSheet.Account shown(
      String ends, String by, boolean own, @Nullable String confirm, @Nullable String drop) {
    return new AccountSheet.Account(ends, "MEDIATHEQUE DE RUFFEC", by, own, "", confirm, drop);
  }
}
