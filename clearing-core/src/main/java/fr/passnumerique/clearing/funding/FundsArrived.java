package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.Optional;

/**
 * A funder's money has come to an agreement: from the bank, or from another of its agreements.
 * Whichever way it comes, it pays first what the funder owes for used cheques, and settles calls.
 */
public sealed interface FundsArrived extends Fact permits FundsReceived, FundsTransferred {
  /** The agreement that it is for. */
  AgreementId arrivedFor();

  ProgrammeId arrivedUnder();

  FunderId funder();

  /** Above zero. */
  long amountCents();

  /** How much of it pays what an {@code ON_USE} funder owes for used cheques; empty for nothing. */
  Optional<Repaid> repaid();

  /** The assigned payment reference that it carried; empty if it carried none. */
  Optional<String> reference();

  /** What is left for the funder's own credit. */
  default long ownCents() {
    return amountCents() - repaid().map(Repaid::cents).orElse(0L);
  }
}
