package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.accounts.Cause;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a posting is about, in a reader's words.
 *
 * @param page on which the reader may look at it; null if there is none
 */
record CauseWords(String what, String id, @Nullable String page) {
  static CauseWords of(Cause cause, Actor reader) {
    if (cause.kind().equals("slip")) {
      return slip(cause.id(), reader);
    }
    return new CauseWords(words(cause.kind()), cause.id(), null);
  }

  private static CauseWords slip(String id, Actor reader) {
    String[] parts = id.split("/", 2);
    String venue = parts[0];
    String reference = parts[parts.length - 1];
    boolean own = reader.role() == Role.VENUE && reader.subject().equals(venue);
    boolean may = own || reader.role() == Role.CLERK || reader.role() == Role.AUDITOR;
    return new CauseWords(
        "Bordereau",
        reference,
        may
            ? UriComponentsBuilder.fromPath("/lieux/{venue}/bordereaux/{reference}")
                .encode()
                .buildAndExpand(venue, reference)
                .toUriString()
            : null);
  }

  private static String words(String kind) {
    return switch (kind) {
      case "receipt" -> "Versement";
      case "fundsTransfer" -> "Transfert de fonds";
      case "bankEntry" -> "Mouvement bancaire";
      case "order" -> "Commande";
      case "batch" -> "Lot";
      case "activation" -> "Activation";
      case "delivery" -> "Livraison";
      case "handOut" -> "Remise";
      case "correction" -> "Correction";
      case "opposition" -> "Opposition";
      case "settlementRun" -> "Règlement";
      case "transfer" -> "Virement";
      case "reversal" -> "Indu";
      case "debitNote" -> "Note de débit";
      case "creditNote" -> "Avoir";
      default -> kind;
    };
  }
}
