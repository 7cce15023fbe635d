package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The bank said that it executed a refund and never debited it: a clerk has it from the bank that
 * it did not. It is in transit again and holds its note: what ends it is another word.
 *
 * @param executedOn the day of its execution by the bank's first word, Europe/Paris
 * @param by the account
 */
public record RefundExecutionTakenBack(
    RefundOrderId order,
    TransferId transfer,
    CreditNoteId creditNote,
    LocalDate executedOn,
    RefundTakenBack.Reason reason,
    String by)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(executedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", "transfer:" + transfer, "credit-note:" + creditNote);
  }
}
