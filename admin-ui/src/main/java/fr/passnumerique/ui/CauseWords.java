package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.accounts.Cause;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a posting is about, in a reader's words.
 *
 * @param page on which the reader may look at it; null if there is none
 */
record CauseWords(String what, String id, @Nullable String page) {
  private static final Set<Role> READ_ALL = EnumSet.of(Role.CLERK, Role.AUDITOR);

  /**
   * @param receipts those that the reader may look at
   */
  static List<CauseWords> of(Posting posting, ReadableReceipts receipts, Actor reader) {
    List<Cause> causes = posting.causes();
    String run =
        causes.stream()
            .filter(cause -> cause.kind().equals("settlementRun"))
            .map(Cause::id)
            .findFirst()
            .orElse("");
    return causes.stream()
        .map(
            cause ->
                cause.kind().equals("receipt")
                    ? receipts.link(cause.id(), posting.position())
                    : of(cause, run, reader))
        .toList();
  }

  private static CauseWords of(Cause cause, String run, Actor reader) {
    return switch (cause.kind()) {
      case "slip" -> {
        String[] parts = cause.id().split("/", 2);
        yield slip(parts[0], parts[parts.length - 1], reader);
      }
      case "settlementRun" -> run(cause.id(), reader);
      // A refund is a transfer too, and of no run.
      case "transfer" ->
          run.isEmpty()
              ? new CauseWords("Virement", cause.id(), null)
              : transfer(run, cause.id(), reader);
      default -> new CauseWords(words(cause.kind()), cause.id(), null);
    };
  }

  static CauseWords slip(String venue, String reference, Actor reader) {
    boolean own = reader.role() == Role.VENUE && reader.subject().equals(venue);
    return new CauseWords(
        "Bordereau",
        reference,
        own || READ_ALL.contains(reader.role())
            ? page("/lieux/{venue}/bordereaux/{reference}", venue, reference)
            : null);
  }

  static CauseWords run(String run, Actor reader) {
    return new CauseWords(
        "Règlement", run, READ_ALL.contains(reader.role()) ? page("/reglements/{run}", run) : null);
  }

  static CauseWords transfer(String run, String transfer, Actor reader) {
    return new CauseWords(
        "Virement",
        transfer,
        READ_ALL.contains(reader.role())
            ? page("/reglements/{run}/virements/{transfer}", run, transfer)
            : null);
  }

  /**
   * @param readable whether it is the reader's to look at
   */
  static CauseWords receipt(String receipt, boolean readable) {
    return new CauseWords(
        "Versement", receipt, readable ? page("/versements/{receipt}", receipt) : null);
  }

  private static String page(String path, Object... variables) {
    return UriComponentsBuilder.fromPath(path).encode().buildAndExpand(variables).toUriString();
  }

  private static String words(String kind) {
    return switch (kind) {
      case "fundsTransfer" -> "Transfert de fonds";
      case "bankEntry" -> "Mouvement bancaire";
      case "order" -> "Commande";
      case "batch" -> "Lot";
      case "activation" -> "Activation";
      case "delivery" -> "Livraison";
      case "handOut" -> "Remise";
      case "correction" -> "Correction";
      case "opposition" -> "Opposition";
      case "reversal" -> "Indu";
      case "debitNote" -> "Note de débit";
      case "creditNote" -> "Avoir";
      default -> kind;
    };
  }
}
