package fr.passnumerique.ui.titles;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.Opposition;
import fr.passnumerique.clearing.redemption.OppositionEndpoint;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** The second person's word on an opposition of many cheques. */
@Controller
public final class OppositionDeeds {
  private static final String ONE = "/oppositions/{oppositionId}";
  private static final String APPROVE = ONE + "/approbation";

  private final OppositionEndpoint oppositions;
  private final French french;

  OppositionDeeds(OppositionEndpoint oppositions, French french) {
    this.oppositions = oppositions;
    this.french = french;
  }

  @DeedMapping(APPROVE)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<Opposition>> approving(
      Sent sent, @PathVariable("oppositionId") String oppositionId, Model model) {
    OppositionId opposition = named(oppositionId);
    model.addAttribute("opposition", oppositionId);
    return new Deed<>(
        "opposition-approve",
        List.of(),
        (_, dryRun) -> oppositions.approveOpposition(opposition, dryRun, sent.by()),
        (_, approved) -> opposes(approved.answer()).already(approved.already()),
        _ ->
            new Deed.Done(
                Address.of(ONE, oppositionId),
                "L’opposition est en vigueur : ces chèques sont refusés."));
  }

  private static OppositionId named(String id) {
    try {
      return new OppositionId(id);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the opposition");
    }
  }

  private Effect opposes(Opposition of) {
    return Effect.of("Approuver l’opposition")
        .line("Frappés d’opposition", cheques(of.opposed()))
        .lineIf(
            !of.accepted().isEmpty(),
            "Déjà présentés, et payés tout de même",
            cheques(of.accepted()))
        .lineIf(of.dueBackCents() != 0, "Revient aux financeurs", french.money(of.dueBackCents()))
        .afterwards("Aucun lieu ne peut plus les présenter. Ils peuvent être remplacés.")
        .dangerous();
  }

  private String cheques(List<ChequeRange> ranges) {
    return french.counted(
        ranges.stream().mapToLong(range -> range.last() - range.first() + 1L).sum(),
        "chèque",
        "chèques");
  }

  public static String approve(String opposition) {
    return Address.of(APPROVE, opposition);
  }
}
