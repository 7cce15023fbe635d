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

/** A venue's account in each of its states. */
@Controller
public final class PayeeSpecimens {
  private static final String VENUE = "12345678900011";

  @GetMapping("/specimen/venue-account/{state}")
  String account(@PathVariable String state, Model model) {
    boolean own = state.equals("own");
    boolean proposed = own || state.equals("proposed") || state.equals("confirm");
    boolean closed = state.equals("closed");
    VenueAccountSheet sheet =
        new VenueAccountSheet(
            VENUE,
            "Médiathèque de Ruffec",
            own ? shown("FR76…0189", "a.leroy", false, null, null) : null,
            proposed
                ? shown(
                    "FR14…2606",
                    "m.durand",
                    own,
                    own ? null : VenueAccountPages.confirming(VENUE, "v-7f3a"),
                    VenueAccountPages.dropping(VENUE, "v-7f3a"))
                : null,
            closed ? LocalDate.parse("2026-11-24") : null,
            closed ? "AC04" : "",
            proposed ? null : VenueAccountPages.proposing(VENUE));
    model.addAttribute("sheet", sheet);
    switch (state) {
      case "propose" -> {
        model.addAttribute("question", "Proposer un compte bancaire");
        ShownDeed.refused(
            model, VenueAccountPages.RIB, Map.of("iban", "FR14 2004 1010 0505 0001 3M02 60"));
        return "venue-account-deed";
      }
      case "confirm" -> {
        model.addAttribute("question", "Confirmer un compte bancaire");
        ShownDeed.asked(
            model,
            List.of(),
            Map.of(),
            Effect.of("Confirmer ce compte")
                .line("Lieu", "Médiathèque de Ruffec")
                .line("IBAN", "FR14…2606")
                .line("Titulaire", "MEDIATHEQUE DE RUFFEC")
                .line("Proposé par", "m.durand")
                .line("Remplace", "Aucun")
                .afterwards("À comparer au RIB d’abord : le prochain règlement y paie le lieu."));
        return "venue-account-deed";
      }
      default -> {
        return "venue-account";
      }
    }
  }

  private static VenueAccountSheet.Account shown(
      String ends, String by, boolean own, @Nullable String confirm, @Nullable String drop) {
    return new VenueAccountSheet.Account(ends, "MEDIATHEQUE DE RUFFEC", by, own, "", confirm, drop);
  }
}
