package fr.passnumerique.clearing.ledger;

import java.util.Optional;
import java.util.function.Supplier;

/** A node's registers beside the ledger's table, which may have more facts than they hold yet. */
final class FollowedRegisters implements ReadLock {
  private final Registers registers;
  private final LedgerReader ledger;

  FollowedRegisters(Registers registers, LedgerReader ledger) {
    this.registers = registers;
    this.ledger = ledger;
  }

  @Override
  public <T> T read(Supplier<T> query) {
    return registers.read(query);
  }

  @Override
  public <T> Optional<T> find(String what, Supplier<Optional<T>> query) {
    Optional<T> found = registers.read(query);
    if (found.isPresent()) {
      return found;
    }
    // Outside the lock, which every commit waits for.
    long recorded = lastRecorded();
    return registers.read(
        () -> {
          if (registers.head() < recorded) {
            throw new LedgerBehindException(what);
          }
          return query.get();
        });
  }

  private long lastRecorded() {
    try {
      return ledger.lastRecorded();
    } catch (LedgerUnavailableException _) {
      return Long.MAX_VALUE;
    }
  }
}
