package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Command;
import java.util.List;

/**
 * Orders that credit notes be refunded.
 *
 * @param by the account
 */
public record OrderRefunds(RefundOrderId order, List<CreditNoteId> creditNotes, String by)
    implements Command<RefundsOrdered> {
  public OrderRefunds {
    creditNotes = List.copyOf(creditNotes);
  }
}
