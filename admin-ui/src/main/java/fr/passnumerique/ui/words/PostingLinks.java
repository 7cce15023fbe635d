package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.accounts.PostingsQuery;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What must be known beside the postings that are shown to link to what they are about.
 *
 * @param any whether the reader may look at receipts at all
 * @param foreign positions of the facts whose receipts are another funder's: one can have repaid
 *     the reader what it had advanced, and stands in its postings too
 * @param prescribers by position of a fact, who gave cheques out or back with it
 */
public record PostingLinks(boolean any, Set<Long> foreign, Map<Long, String> prescribers) {
  /**
   * @param facts positions of those that are shown
   */
  public static PostingLinks of(Actor reader, PostingsQuery postings, Collection<Long> facts) {
    return switch (reader.role()) {
      case CLERK, AUDITOR -> new PostingLinks(true, Set.of(), postings.prescribers(facts));
      case FUNDER -> new PostingLinks(true, postings.repaid(reader.subject(), facts), Map.of());
      default -> new PostingLinks(false, Set.of(), Map.of());
    };
  }

  /**
   * @param fact position of the one that recorded it, or takes it back
   */
  public CauseWords receipt(String receipt, long fact) {
    return CauseWords.receipt(receipt, any && !foreign.contains(fact));
  }
}
