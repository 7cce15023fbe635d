package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.Optional;
import java.util.Set;

/**
 * A funder has its free credit stand for another of its agreements. Nothing moves at the bank.
 *
 * <p>Or its credit for an agreement, which lies there since it paid early, pays what it owes there
 * for used cheques: then both agreements are one, and all of it is repaid. It settles no call: the
 * money did so when it came.
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
  /** Whether it only pays for used cheques what was paid in for the agreement before. */
  public boolean staysWithinAgreement() {
    return from.equals(to);
  }

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
    String transferred = "funds-transfer:" + transfer;
    return staysWithinAgreement()
        ? Set.of(transferred, "agreement:" + from)
        : Set.of(transferred, "agreement:" + from, "agreement:" + to);
  }
}
