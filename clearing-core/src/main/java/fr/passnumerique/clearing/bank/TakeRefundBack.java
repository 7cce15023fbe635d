package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Takes back that a credit note is refunded, by a clerk's word or the bank's, whose debit the bank
 * never showed.
 *
 * @param paidOn the day on which it counts as refunded, Europe/Paris: another day's is another
 *     word, and not taken back by who sends this again late
 * @param transfer that was to pay it; may be left out as long as one word alone is meant
 * @param by the account
 */
public record TakeRefundBack(
    CreditNoteId creditNote,
    LocalDate paidOn,
    Optional<TransferId> transfer,
    RefundTakenBack.Reason reason,
    String by)
    implements Command<TakeRefundBack.TakenBack> {

  /**
   * @param paidOn the day on which it counted as refunded, Europe/Paris
   * @param transfer that was to pay it; empty if the refund was without one
   */
  public record TakenBack(
      CreditNoteId creditNote,
      LocalDate paidOn,
      Optional<TransferId> transfer,
      RefundTakenBack.Reason reason,
      String by) {
    static TakenBack of(Fact fact) {
      return switch (fact) {
        case RefundTakenBack f ->
            new TakenBack(f.creditNote(), f.bookedOn(), f.transfer(), f.reason(), f.by());
        case RefundExecutionTakenBack f ->
            new TakenBack(
                f.creditNote(), f.executedOn(), Optional.of(f.transfer()), f.reason(), f.by());
        default -> throw new IllegalArgumentException("takes no refund back: " + fact);
      };
    }
  }
}
