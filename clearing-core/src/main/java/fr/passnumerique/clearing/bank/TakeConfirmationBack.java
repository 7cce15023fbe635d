package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Takes back that a transfer is paid, by a clerk's word or the bank's, whose debit the bank never
 * showed.
 *
 * @param paidOn the day on which it counts as paid, Europe/Paris: another day's is another's word,
 *     and not taken back by who sends this again late
 * @param by the account
 */
public record TakeConfirmationBack(
    SettlementRunId run, TransferId transfer, LocalDate paidOn, WhyNotPaid reason, String by)
    implements Command<TakeConfirmationBack.TakenBack> {

  /**
   * @param paidOn the day on which it counted as paid, Europe/Paris
   */
  public record TakenBack(
      SettlementRunId run,
      TransferId transfer,
      LocalDate paidOn,
      long amountCents,
      Optional<WhyNotPaid> reason,
      String by) {
    static TakenBack of(Fact fact) {
      return switch (fact) {
        case TransferDebitTakenBack f ->
            new TakenBack(
                f.run(), f.transfer(), f.debitedOn(), f.amountCents(), f.reason(), f.by());
        case TransferExecutionTakenBack f ->
            new TakenBack(
                f.run(),
                f.transfer(),
                f.executedOn(),
                f.amountCents(),
                Optional.of(f.reason()),
                f.by());
        default -> throw new IllegalArgumentException("takes no payment back: " + fact);
      };
    }
  }
}
