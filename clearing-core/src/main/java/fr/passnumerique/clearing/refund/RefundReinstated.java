package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.Set;

/** The bank paid a refund that it had rejected, and that nobody has ordered again since. */
public record RefundReinstated(RefundOrderId order, TransferId transfer, CreditNoteId creditNote)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "credit-note:" + creditNote);
  }
}
