package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Register;
import java.util.List;

/** The capability's register and deciders, for tests of what several capabilities do together. */
public final class SettlementParts {
  private final SettlementRegister register = new SettlementRegister();

  public Register register() {
    return register;
  }

  public List<Decider<?, ?>> deciders() {
    return List.of(
        new OpenSettlementRunDecision(register),
        new ReleaseSettlementRunDecision(register),
        new CancelSettlementRunDecision(register),
        new ConfirmTransferDecision(register),
        new RejectTransferDecision(register));
  }

  /** What is owed and in no run. */
  public long unpaidCents(ProgrammeId programme) {
    return register.unpaid(programme).stream().mapToLong(Unpaid::cents).sum();
  }
}
