package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;

/** Boundary: the file. */
final class NoteRefusedFileDecision implements Decider<NoteRefusedFile, BankFileRefused> {
  private final BankRegister register;

  NoteRefusedFileDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<NoteRefusedFile> command() {
    return NoteRefusedFile.class;
  }

  @Override
  public Decision<BankFileRefused> decide(NoteRefusedFile c, Instant receivedAt) {
    BankFileRefused refused =
        new BankFileRefused(c.file(), c.code(), c.line(), c.by(), Paris.dayOf(receivedAt));
    return register.isRefused(c.file())
        ? new Decision.Unchanged<>(refused)
        : Decision.accept(refused, Boundary.of(refused.tags()), refused);
  }
}
