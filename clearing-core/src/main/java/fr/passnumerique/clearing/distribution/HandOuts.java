package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.ledger.ReadLock;
import java.util.List;
import java.util.Optional;

/** What is left of a hand-out: a correction puts cheques of it back into stock. */
public final class HandOuts {
  private final DistributionRegister register;
  private final ReadLock registers;

  HandOuts(DistributionRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * Cheques that were put back and handed out once more are the later hand-out's.
   *
   * @param handOut that is recorded
   * @return in the order of the fact; empty if all were put back
   */
  public List<ChequeRange> left(ChequesHandedOut handOut) {
    String tag = ChequesHandedOut.tag(handOut.prescriber(), handOut.handOut());
    return registers
        .find(
            tag,
            () ->
                register.handOut(handOut.prescriber(), handOut.handOut()) == 0
                    ? Optional.empty()
                    : Optional.of(register.leftOf(handOut)))
        .orElseThrow(() -> new IllegalStateException("no fact is of " + tag));
  }
}
