package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.FunderAccountProposed;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.Set;

/**
 * The bank rejected a refund: the note can be refunded again, the account is closed.
 *
 * @param rejectedOn the bank's day
 * @param reason ISO 20022 external status reason code
 * @param account whose IBAN is closed, for each funder that is still refunded to it
 */
public record RefundRejected(
    RefundOrderId order,
    TransferId transfer,
    CreditNoteId creditNote,
    FunderId funder,
    LocalDate rejectedOn,
    String reason,
    VaultReference account)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(
        "transfer:" + transfer,
        "credit-note:" + creditNote,
        FunderAccountProposed.tag(funder),
        FunderAccountOpened.ALL);
  }
}
