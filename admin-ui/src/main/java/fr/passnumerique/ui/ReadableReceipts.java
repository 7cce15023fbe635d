package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.accounts.PostingsQuery;
import java.util.Collection;
import java.util.Set;

/**
 * Which receipts behind what is shown a reader may look at. A funder reads its own: another's can
 * have repaid it what it had advanced, and stands in its postings too.
 *
 * @param foreign positions of the facts whose receipts are another's
 */
record ReadableReceipts(boolean any, Set<Long> foreign) {
  /**
   * @param facts positions of those that are shown
   */
  static ReadableReceipts of(Actor reader, PostingsQuery postings, Collection<Long> facts) {
    return switch (reader.role()) {
      case CLERK, AUDITOR -> new ReadableReceipts(true, Set.of());
      case FUNDER -> new ReadableReceipts(true, postings.repaid(reader.subject(), facts));
      default -> new ReadableReceipts(false, Set.of());
    };
  }

  /**
   * @param fact position of the one that recorded it, or takes it back
   */
  CauseWords link(String receipt, long fact) {
    return CauseWords.receipt(receipt, any && !foreign.contains(fact));
  }
}
