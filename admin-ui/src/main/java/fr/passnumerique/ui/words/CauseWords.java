package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.accounts.Cause;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.ui.ledger.Thing;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a posting is about, in a reader's words.
 *
 * @param page on which the reader may look at it; null if there is none
 */
public record CauseWords(String what, String id, @Nullable String page) {
  private static final Set<Role> READ_ALL = EnumSet.of(Role.CLERK, Role.AUDITOR);

  public static List<CauseWords> of(Posting posting, PostingLinks links, Actor reader) {
    String run =
        posting.causes().stream()
            .filter(cause -> cause.kind().equals("settlementRun"))
            .map(Cause::id)
            .findFirst()
            .orElse("");
    return posting.causes().stream().map(cause -> of(cause, posting, run, links, reader)).toList();
  }

  private static CauseWords of(
      Cause cause, Posting posting, String run, PostingLinks links, Actor reader) {
    return switch (cause.kind()) {
      case "receipt" -> links.receipt(cause.id(), posting.position());
      case "slip" -> {
        String[] parts = cause.id().split("/", 2);
        yield slip(parts[0], parts[parts.length - 1], reader);
      }
      case "settlementRun" -> run(cause.id(), reader);
      // A refund is a transfer too, and of no run: its credit note leads to it.
      case "transfer" ->
          run.isEmpty()
              ? new CauseWords("Virement", cause.id(), null)
              : transfer(run, cause.id(), reader);
      default -> thing(cause, posting, links, reader);
    };
  }

  /** What a funder or a venue sees postings of is its own: so are its notes. */
  private static CauseWords thing(Cause cause, Posting posting, PostingLinks links, Actor reader) {
    Thing thing = Thing.ofCause(cause.kind());
    if (thing == null) {
      return new CauseWords(cause.kind(), cause.id(), null);
    }
    String prescriber = links.prescribers().get(posting.position());
    return switch (thing) {
      case HAND_OUT, CORRECTION ->
          prescriber == null
              ? new CauseWords(thing.words(), cause.id(), null)
              : thing.link(prescriber, cause.id(), reader);
      case CREDIT_NOTE, FUNDS_TRANSFER, REVERSAL, DEBIT_NOTE ->
          thing.link(cause.id(), reader, own(posting, reader));
      default -> thing.link(cause.id(), reader);
    };
  }

  private static boolean own(Posting posting, Actor reader) {
    return switch (reader.role()) {
      case FUNDER -> posting.funder().equals(reader.subject());
      case VENUE -> posting.venue().equals(reader.subject());
      default -> false;
    };
  }

  public static CauseWords slip(String venue, String reference, Actor reader) {
    boolean own = reader.role() == Role.VENUE && reader.subject().equals(venue);
    return new CauseWords(
        "Bordereau",
        reference,
        own || READ_ALL.contains(reader.role())
            ? Address.of("/lieux/{venue}/bordereaux/{reference}", venue, reference)
            : null);
  }

  public static CauseWords run(String run, Actor reader) {
    return new CauseWords(
        "Règlement",
        run,
        READ_ALL.contains(reader.role()) ? Address.of("/reglements/{run}", run) : null);
  }

  public static CauseWords transfer(String run, String transfer, Actor reader) {
    return new CauseWords(
        "Virement",
        transfer,
        READ_ALL.contains(reader.role())
            ? Address.of("/reglements/{run}/virements/{transfer}", run, transfer)
            : null);
  }

  /**
   * @param readable whether it is the reader's to look at
   */
  public static CauseWords receipt(String receipt, boolean readable) {
    return new CauseWords(
        "Versement", receipt, readable ? Address.of("/versements/{receipt}", receipt) : null);
  }

  /** Address of an agreement's reconciliation. */
  public static String agreement(String id) {
    return Address.of("/conventions/{id}/rapprochement", id);
  }
}
