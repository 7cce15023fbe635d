package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import java.util.List;
import java.util.Optional;

/**
 * Signs a step of an order's end: a funder each of them, the operator the statement.
 *
 * @param funder empty for the operator
 * @param by the account that signs
 */
public record SignExpiry(OrderId order, ExpiryStep step, Optional<FunderId> funder, String by)
    implements Command<SignExpiry.Signed> {

  /**
   * @param creditNotes that the signature completed
   */
  public record Signed(ExpirySigned signature, List<CreditNoteIssued> creditNotes) {}
}
