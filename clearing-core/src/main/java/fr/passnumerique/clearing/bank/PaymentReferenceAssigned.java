package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * A credit that carries this reference pays this funder's share of this agreement.
 *
 * @param reference capital letters and digits, in words parted by one space
 */
public record PaymentReferenceAssigned(String reference, AgreementId agreement, FunderId funder)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("bank", "payment-reference:" + reference);
  }
}
