package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.CorrectionId;
import fr.passnumerique.clearing.distribution.DistributionEndpoint;
import fr.passnumerique.clearing.distribution.DistributionEndpoint.TakeBackBody;
import fr.passnumerique.clearing.distribution.DistributionEndpoint.TakenBack;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestParam;

/** Cheques go one step back: from a person to the stock, or from the stock to the operator. */
@Controller
public final class TakeBackPages {
  static final String CORRECTION = "/remises/correction";
  public static final String RETURN = "/stock/retour";

  static final List<Field> FIELDS =
      List.of(NamedCheques.field("Carnets et chèques", NamedCheques.HINT, NamedCheques::read));

  private final DistributionEndpoint distribution;
  private final French french;

  TakeBackPages(DistributionEndpoint distribution, French french) {
    this.distribution = distribution;
    this.french = french;
  }

  // -- what was not handed out after all

  /**
   * @param cheques to stand in the form at first
   */
  @DeedMapping(CORRECTION)
  @Permit(Role.PRESCRIBER)
  Deed<TakenBack> correcting(Sent sent, @RequestParam(defaultValue = "") String cheques) {
    Actor reader = sent.by();
    return new Deed<>(
        "hand-out-correction",
        FIELDS,
        Map.of("cheques", cheques),
        (entries, dryRun) ->
            distribution.correctHandOut(body("correction", entries, reader), dryRun, reader),
        (_, would) ->
            Effect.of("Corriger la remise")
                .line("De nouveau dans votre stock", cheques(would))
                .line("Leur validité", "N’aura pas commencé")
                .afterwards(
                    "Pour corriger une date ou un public, remettez-les de nouveau avec les bons.")
                .already(would.already()),
        done ->
            new Deed.Done(
                StockLists.HAND_OUTS,
                "La remise est corrigée : %s de nouveau dans votre stock."
                    .formatted(french.counted(done.cheques(), "chèque est", "chèques sont"))));
  }

  // -- what goes back to the operator

  /**
   * @param cheques to stand in the form at first
   */
  @DeedMapping(RETURN)
  @Permit(Role.PRESCRIBER)
  Deed<TakenBack> returning(Sent sent, @RequestParam(defaultValue = "") String cheques) {
    Actor reader = sent.by();
    return new Deed<>(
        "stock-return",
        FIELDS,
        Map.of("cheques", cheques),
        (entries, dryRun) ->
            distribution.returnStock(body("retour", entries, reader), dryRun, reader),
        (_, would) ->
            Effect.of("Rendre ces chèques")
                .line("Quittent votre stock", cheques(would))
                .afterwards(
                    "Renvoyez-les à l’opérateur : il peut alors les livrer à une autre structure.")
                .dangerous()
                .already(would.already()),
        done ->
            new Deed.Done(
                StockLists.STOCK,
                "%s rendus à l’opérateur. Joignez-les à votre envoi."
                    .formatted(french.counted(done.cheques(), "chèque est", "chèques sont"))));
  }

  private static TakeBackBody body(String kind, Entries entries, Actor reader) {
    NamedCheques named = entries.as("cheques", NamedCheques::read);
    return new TakeBackBody(
        new CorrectionId(Keyed.name(kind, entries)),
        OwnPrescriber.of(reader),
        named.carnets(),
        named.ranges(),
        null);
  }

  private String cheques(TakenBack would) {
    return french.counted(would.cheques(), "chèque", "chèques");
  }
}
