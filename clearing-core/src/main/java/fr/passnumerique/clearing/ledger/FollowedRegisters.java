package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A node's registers beside the ledger's table, which may have more facts than they hold yet. */
final class FollowedRegisters implements ReadLock {
  /**
   * The writer folds within milliseconds of its commit, and a node that stands by looks each 20.
   */
  private static final Duration MOMENT = Duration.ofMillis(200);

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final Registers registers;
  private final Head head;
  private final LongSupplier lastRecorded;

  /**
   * @param head of the registers
   * @param lastRecorded of the table; throws {@link LedgerUnavailableException}
   */
  FollowedRegisters(Registers registers, Head head, LongSupplier lastRecorded) {
    this.registers = registers;
    this.head = head;
    this.lastRecorded = lastRecorded;
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
    // Outside the lock, which every fold waits for.
    long recorded = lastRecorded();
    await(recorded);
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
      return lastRecorded.getAsLong();
    } catch (LedgerUnavailableException _) {
      return UNKNOWN;
    }
  }

  /**
   * Another's command may be committed and not folded yet: what never was is denied all the same.
   */
  private void await(long recorded) {
    if (recorded == UNKNOWN) {
      return;
    }
    try {
      head.awaitBeyond(recorded - 1, MOMENT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
