package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.List;
import java.util.Set;

/**
 * These cheques are covered: each funder's cents of them are set aside from cash it has paid in.
 *
 * @param firstOrdinal inclusive
 * @param lastOrdinal inclusive
 */
public record ChequesActivated(
    ActivationId activation,
    AgreementId agreement,
    Batch batch,
    int firstOrdinal,
    int lastOrdinal,
    List<FundedCents> shares)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("activation:" + activation, "batch:" + batch, "agreement:" + agreement);
  }
}
