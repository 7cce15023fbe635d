package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An order of refunds whose file nobody was given is given up; its notes can be ordered again.
 *
 * @param creditNotes all, but for those whose transfer the bank had debited all the same
 * @param cancelledBy the account
 */
public record RefundsCancelled(
    RefundOrderId order, List<CreditNoteId> creditNotes, String cancelledBy) implements Fact {
  public RefundsCancelled {
    creditNotes = List.copyOf(creditNotes);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of(RefundsOrdered.tag(order), TransferWord.FILES));
    creditNotes.forEach(note -> tags.add("credit-note:" + note));
    return tags;
  }
}
