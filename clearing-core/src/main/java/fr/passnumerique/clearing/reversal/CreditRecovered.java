package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import java.util.List;

/** Issues credit notes for what reversals brought back of an order whose statement is agreed. */
public record CreditRecovered(OrderId order) implements Command<CreditRecovered.Credited> {

  /**
   * @param creditNotes one for each funder to whom something came back, none if nothing did since
   *     the last time
   * @param waitingCents due back by reversals and on no note yet: a reversal that can still be
   *     contested or undone, a line that is paid back in part, one that the bank may have paid all
   *     the same, or a funder that has not signed the statement
   */
  public record Credited(OrderId order, List<CreditNoteIssued> creditNotes, long waitingCents) {}
}
