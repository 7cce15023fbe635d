package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.Optional;
import java.util.Set;

/**
 * A funder has its free credit stand for another of its agreements. Nothing moves at the bank.
 *
 * @param amountCents above zero, at most the funder's free credit for the agreement that it leaves
 * @param repaid how much of it pays what the funder owes for used cheques of the agreement that it
 *     goes to, by the rule of a receipt; the rest is the funder's own credit
 */
public record FundsTransferred(
    FundsTransferId transfer,
    FunderId funder,
    AgreementId from,
    ProgrammeId fromProgramme,
    AgreementId to,
    ProgrammeId toProgramme,
    long amountCents,
    @LeftOutWhenEmpty Optional<Repaid> repaid)
    implements FundsArrived {
  @Override
  public AgreementId arrivedFor() {
    return to;
  }

  @Override
  public ProgrammeId arrivedUnder() {
    return toProgramme;
  }

  @Override
  public Optional<String> reference() {
    return Optional.empty();
  }

  @Override
  public Set<String> tags() {
    return Set.of("funds-transfer:" + transfer, "agreement:" + from, "agreement:" + to);
  }
}
