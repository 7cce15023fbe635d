package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import fr.passnumerique.clearing.redemption.Opposition;
import fr.passnumerique.clearing.redemption.OppositionEndpoint;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.FactWords;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestParam;

/** Lost and stolen cheques are opposed, and then replaced by new ones. */
@Controller
final class LossPages {
  static final String OPPOSE = "/oppositions/nouvelle";
  static final String REPLACE = "/remplacements/nouveau";
  private static final int NAMED = 6;

  private static final String HINT =
      "Un par ligne : un chèque (00007-0003) ou une suite (00007-0003 à 00007-0008). D’un carnet,"
          + " le premier et le dernier chèque.";

  static final List<Field> OF_AN_OPPOSITION =
      List.of(
          Field.choice(
              "reason",
              "Que leur est-il arrivé ?",
              ChequesOpposed.Reason.values(),
              FactWords::reason),
          NamedCheques.field("Chèques", HINT, NamedCheques::readCheques));

  static final List<Field> OF_A_REPLACEMENT =
      List.of(NamedCheques.field("Chèques opposés", HINT, NamedCheques::readCheques));

  private final OppositionEndpoint oppositions;
  private final French french;

  LossPages(OppositionEndpoint oppositions, French french) {
    this.oppositions = oppositions;
    this.french = french;
  }

  // -- oppose

  /**
   * @param cheques to stand in the form at first
   */
  @DeedMapping(OPPOSE)
  @Permit(Role.PRESCRIBER)
  Deed<Answer<Opposition>> opposing(Sent sent, @RequestParam(defaultValue = "") String cheques) {
    Actor reader = sent.by();
    return new Deed<>(
        "opposition-new",
        OF_AN_OPPOSITION,
        Map.of("cheques", cheques),
        (entries, dryRun) ->
            oppositions.opposeCheques(
                new OppositionEndpoint.Body(
                    new OppositionId(Keyed.name("opposition", entries)),
                    entries.as("reason", ChequesOpposed.Reason::valueOf),
                    null,
                    named(entries)),
                dryRun,
                reader),
        (_, would) -> effect(would.answer()).already(would.already()),
        done -> new Deed.Done(StockLists.OPPOSITIONS, done(done.answer())));
  }

  private Effect effect(Opposition would) {
    Effect effect =
        Effect.of("Faire opposition")
            .line("Signalés", told(would.asked()))
            .line("Motif", FactWords.reason(would.reason()));
    return switch (would.status()) {
      case OPPOSED ->
          effect
              .line("Plus utilisables", told(would.opposed()))
              .lineIf(
                  !would.accepted().isEmpty(),
                  "Déjà acceptés par un lieu",
                  told(would.accepted()) + ", payés tout de même")
              .afterwards(
                  "Aucun lieu ne les fera plus payer, même si on les retrouve. Vous pouvez ensuite"
                      + " les faire remplacer.")
              .dangerous();
      case AWAITING_SECOND_PERSON ->
          effect
              .line(
                  "Pas encore opposés",
                  "C’est plus qu’une personne n’oppose seule : un agent de l’opérateur l’approuve"
                      + " d’abord")
              .afterwards(
                  "Jusqu’à cette approbation ces chèques restent utilisables : prévenez"
                      + " l’opérateur.");
    };
  }

  private String done(Opposition opposition) {
    return switch (opposition.status()) {
      case OPPOSED ->
          french.counted(
                  ChequeWords.count(opposition.opposed()),
                  "chèque est opposé",
                  "chèques sont opposés")
              + ". Le remplacement se demande ci-dessous.";
      case AWAITING_SECOND_PERSON ->
          "L’opposition attend un agent de l’opérateur : jusque-là ces chèques restent"
              + " utilisables.";
    };
  }

  private String told(List<ChequeRange> ranges) {
    return ranges.isEmpty()
        ? "Aucun"
        : "%s : %s"
            .formatted(
                french.counted(ChequeWords.count(ranges), "chèque", "chèques"),
                ChequeWords.of(ranges, french));
  }

  // -- replace

  /**
   * The new serials are told once they are given: until then another replacement may take them.
   *
   * @param cheques to stand in the form at first
   */
  @DeedMapping(REPLACE)
  @Permit(Role.PRESCRIBER)
  Deed<OppositionEndpoint.Replacement> replacing(
      Sent sent, @RequestParam(defaultValue = "") String cheques) {
    Actor reader = sent.by();
    return new Deed<>(
        "replacement-new",
        OF_A_REPLACEMENT,
        Map.of("cheques", cheques),
        (entries, dryRun) ->
            oppositions.replaceCheques(
                new OppositionEndpoint.ReplacementBody(
                    new OrderId(Keyed.name("remplacement", entries)), null, named(entries)),
                dryRun,
                reader),
        (_, would) ->
            Effect.of("Faire remplacer")
                .line(
                    "Remplacés",
                    "%s : %s"
                        .formatted(
                            french.counted(would.cheques().size(), "chèque", "chèques"),
                            some(would.cheques().stream().map(each -> each.replaced()).toList())))
                .line("Les nouveaux", "Même valeur, même dernier jour, d’autres numéros")
                .afterwards(
                    "L’opérateur les imprime et vous les livre ; vous les remettez alors à la"
                        + " personne.")
                .already(would.already()),
        done ->
            new Deed.Done(
                StockLists.OPPOSITIONS,
                "Remplacés par %s (%s). L’opérateur les imprime et vous les livre."
                    .formatted(
                        some(done.cheques().stream().map(each -> each.by()).toList()),
                        done.replacement())));
  }

  private String some(List<String> serials) {
    String told = serials.stream().limit(NAMED).collect(Collectors.joining(" ; "));
    int others = serials.size() - NAMED;
    return others <= 0 ? told : told + " ; et " + french.counted(others, "autre", "autres");
  }

  private static List<Named> named(Entries entries) {
    return entries.as("cheques", NamedCheques::readCheques).cheques().stream()
        .map(range -> new Named(range.batch(), range.first(), range.last()))
        .toList();
  }
}
