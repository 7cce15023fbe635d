package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;
import java.util.Set;

/**
 * The bank says that it executed a refund (ACSC). The value stays due back until it is booked.
 *
 * @param executedOn the bank's day
 */
public record RefundExecuted(
    RefundOrderId order, TransferId transfer, CreditNoteId creditNote, LocalDate executedOn)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "credit-note:" + creditNote);
  }
}
