package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * A funder has its free credit stand for another of its agreements. Nothing moves at the bank.
 *
 * @param amountCents above zero, at most the funder's free credit for the agreement that it leaves
 */
public record FundsTransferred(
    FundsTransferId transfer,
    FunderId funder,
    AgreementId from,
    ProgrammeId fromProgramme,
    AgreementId to,
    ProgrammeId toProgramme,
    long amountCents)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("funds-transfer:" + transfer, "agreement:" + from, "agreement:" + to);
  }
}
