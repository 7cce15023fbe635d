package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SlipPart;
import fr.passnumerique.clearing.settlement.SlipState;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import org.jspecify.annotations.Nullable;

/**
 * How far some cents of a slip are, in a reader's words.
 *
 * @param words what it means, and when
 * @param reversedCents of these, of reversed lines
 * @param transfer null if there is none
 * @param run null if no run takes them
 * @param advice address of the remittance advice; null while the run pays nothing
 */
public record SlipStep(
    Badge badge,
    String words,
    long cents,
    long reversedCents,
    @Nullable CauseWords run,
    @Nullable CauseWords transfer,
    @Nullable String advice) {
  public static SlipStep of(SlipPart part, VenueId venue, Actor reader) {
    String run = part.runId().map(SettlementRunId::value).orElse(null);
    return new SlipStep(
        badge(part.state()),
        words(part),
        part.cents(),
        part.reversedCents(),
        run == null ? null : CauseWords.run(run, reader),
        run == null
            ? null
            : part.transferId()
                .map(transfer -> CauseWords.transfer(run, transfer.value(), reader))
                .orElse(null),
        run == null || !isAdvised(part.state()) ? null : advice(run, venue));
  }

  public static Badge badge(SlipState state) {
    return switch (state) {
      case OWED, IN_RUN, RELEASED, SENT -> Badge.calm(state.label());
      case PAID, NETTED -> Badge.good(state.label());
      case SENT_BACK, REFUSED -> Badge.bad(state.label());
      case REVERSED, GIVEN_BACK -> Badge.warn(state.label());
      case WITHDRAWN, WAIVED -> Badge.calm(state.label());
    };
  }

  private static String words(SlipPart part) {
    String on = part.on().map(new French()::date).orElse("");
    return switch (part.state()) {
      case REFUSED -> "Aucune ligne n’est acceptée : rien n’est à payer.";
      case WAIVED -> "Le lieu renonce à être payé de ces lignes.";
      case WITHDRAWN -> "Retiré par le lieu le " + on + ".";
      case OWED -> "À payer par un prochain règlement.";
      case SENT_BACK ->
          "La banque a renvoyé le virement le "
              + on
              + part.reason().map(code -> " (motif " + code + ")").orElse("")
              + ". Dû de nouveau, et payé dès qu’un compte est en vigueur.";
      case IN_RUN ->
          part.transferId().isPresent()
              ? "Pris dans un règlement qui attend d’être libéré."
              : "Sera compensé avec ce que le lieu doit rendre, quand le règlement sera libéré.";
      case RELEASED -> "Virement libéré, à exécuter le " + on + ".";
      case SENT -> "Virement remis à la banque, à exécuter le " + on + ".";
      case PAID -> "Virement exécuté le " + on + ".";
      case NETTED ->
          "Retenu le " + on + " sur ce que le lieu devait rendre : il n’y a pas de virement.";
      case REVERSED -> "Lignes annulées le " + on + ", avant d’être payées.";
      case GIVEN_BACK ->
          "Le lieu les avait rendus ; ils lui sont dus de nouveau, et comptés plus haut.";
    };
  }

  private static boolean isAdvised(SlipState state) {
    return switch (state) {
      case RELEASED, SENT, SENT_BACK, PAID, NETTED -> true;
      default -> false;
    };
  }

  private static String advice(String run, VenueId venue) {
    return Address.of("/api/settlement-runs/{run}/remittance-advice.pdf?venue={venue}", run, venue);
  }
}
