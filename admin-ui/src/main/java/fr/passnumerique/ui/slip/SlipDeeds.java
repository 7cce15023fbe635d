package fr.passnumerique.ui.slip;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.redemption.SlipEndpoint;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.OpenActs;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** What a venue does with a slip that it has sent. */
@Controller
final class SlipDeeds {
  private static final String SLIP = "/lieux/{venueId}/bordereaux/{reference}";
  private static final String WITHDRAW = SLIP + "/retrait";

  private final SlipEndpoint slips;
  private final French french;

  SlipDeeds(SlipEndpoint slips, French french) {
    this.slips = slips;
    this.french = french;
  }

  @DeedMapping(WITHDRAW)
  @Permit(
      value = {Role.VENUE, Role.CLERK},
      owner = "venueId")
  Deed<SlipEndpoint.Withdrawn> withdrawing(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("reference") String reference,
      Model model) {
    Doing.show(
        model,
        "Retirer le bordereau " + reference,
        "Pour corriger ce qui y est faux, tant qu’aucun règlement ne l’a pris.",
        Address.of(SLIP, venueId, reference));
    return new Deed<>(
        Doing.VIEW,
        List.of(),
        (_, dryRun) -> slips.withdrawSlip(venueId, reference, dryRun, sent.by()),
        (_, withdrawn) -> takesBack(withdrawn, french).already(withdrawn.already()),
        _ -> new Deed.Done(Address.of(SLIP, venueId, reference), "Le bordereau est retiré."));
  }

  boolean isOpen(String venueId, String reference, Actor asker) {
    return OpenActs.isOpenUnless(
        () ->
            requireNonNull(slips.withdrawSlip(venueId, reference, true, asker).getBody())
                .already());
  }

  static Effect takesBack(SlipEndpoint.Withdrawn of, French french) {
    return Effect.of("Retirer ce bordereau")
        .line("N’est plus dû au lieu", french.money(of.cents()))
        .line("De nouveau utilisables", french.counted(of.cheques(), "chèque", "chèques"))
        .lineIf(
            of.opposed() != 0,
            "Frappés d’opposition depuis, et perdus",
            french.counted(of.opposed(), "chèque", "chèques"))
        .line("La référence", of.reference() + " reste prise")
        .afterwards("Les lignes justes se présentent dans un autre bordereau.")
        .dangerous();
  }

  static String withdraw(String venue, String reference) {
    return Address.of(WITHDRAW, venue, reference);
  }
}
