package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.snapshot.SnapshotFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All registers, brought forward together: whoever reads them sees every fact up to the head and
 * none beyond, or is told that they are stopped.
 *
 * <p>The road not taken: lock-free registers with the head published last. Decisions take
 * microseconds and folds less, so a read lock costs little, and with it registers are plain maps
 * and arrays that anyone can read.
 */
final class Registers implements ReadLock {
  private static final String REMEDY =
      "verify the ledger (verify-ledger), then run a release that takes the fact, or restore the"
          + " ledger as it was before it; what is recorded is read meanwhile by export-ledger and"
          + " wind-down";

  private final List<Register> registers;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile SnapshotFile.Stand stand =
      new SnapshotFile.Stand(0, ChainHash.GENESIS, Instant.EPOCH);
  private final LongSupplier nanos;
  private volatile long foldedAtNanos;
  private @Nullable LedgerStoppedException stopped;

  Registers(List<? extends Register> registers) {
    this(registers, System::nanoTime);
  }

  /**
   * @param nanos as {@link System#nanoTime}
   */
  Registers(List<? extends Register> registers, LongSupplier nanos) {
    this.registers = List.copyOf(registers);
    this.nanos = nanos;
    foldedAtNanos = nanos.getAsLong();
  }

  @Override
  public <T> T read(Supplier<T> query) {
    lock.readLock().lock();
    try {
      if (stopped != null) {
        throw stopped.again();
      }
      return query.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The position up to which facts are folded. Exact inside {@link #read}. */
  long head() {
    return stand.position();
  }

  /** Whether nobody may read them any more. */
  boolean areStopped() {
    lock.readLock().lock();
    try {
      return stopped != null;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Where they stand. */
  SnapshotFile.Stand stand() {
    return stand;
  }

  /** How long nothing was folded. */
  Duration quiet() {
    return Duration.ofNanos(nanos.getAsLong() - foldedAtNanos);
  }

  /**
   * Folds nothing while something is taken of them; queries go on, unless a fold waits.
   *
   * @throws LedgerStoppedException if what they hold is not the ledger
   */
  void standStill(SnapshotFile.Taking taking) throws IOException {
    lock.readLock().lock();
    try {
      if (stopped != null) {
        throw stopped.again();
      }
      taking.take(stand);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Folds facts that follow the head without a gap.
   *
   * @param hash of the chain at the last of them
   * @throws LedgerStoppedException if a register cannot take one: some hold it by then and others
   *     do not, so that nobody may read them any more
   */
  void fold(List<RecordedFact> facts, byte[] hash) {
    lock.writeLock().lock();
    try {
      long head = stand.position();
      for (RecordedFact committed : facts) {
        if (committed.position() != head + 1) {
          throw new IllegalStateException(
              "fact %d cannot follow %d".formatted(committed.position(), head));
        }
        for (Register register : registers) {
          foldOne(register, committed);
        }
        head = committed.position();
        stand = new SnapshotFile.Stand(head, hash, committed.recordedAt());
      }
      foldedAtNanos = nanos.getAsLong();
    } catch (LedgerStoppedException e) {
      stopped = e;
      throw e;
    } catch (RuntimeException | Error e) {
      // Some may hold the fact: nobody reads them any more, nor writes them into a snapshot.
      stopped =
          new LedgerStoppedException(stand.position() + 1, "the registers failed: " + e, REMEDY, e);
      throw e;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Registers that have folded nothing hold from now on what a snapshot of them held.
   *
   * @throws IllegalStateException if they have
   */
  void takeUp(RegisterSnapshots.Read snapshot) {
    lock.writeLock().lock();
    try {
      if (stand.position() != 0) {
        throw new IllegalStateException(
            "registers that stand at %d are not empty".formatted(stand.position()));
      }
      snapshot.assignment().run();
      stand = snapshot.stand();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void foldOne(Register register, RecordedFact committed) {
    try {
      register.fold(committed.fact(), committed.position(), committed.recordedAt());
    } catch (RuntimeException e) {
      throw new LedgerStoppedException(
          committed.position(),
          "register %s cannot take fact %d (%s)"
              .formatted(
                  register.getClass().getSimpleName(),
                  committed.position(),
                  committed.fact().getClass().getSimpleName()),
          REMEDY,
          e);
    }
  }

  /** From now on whoever reads is told why not: what they hold is not the ledger. */
  void stop(LedgerStoppedException why) {
    lock.writeLock().lock();
    try {
      stopped = why;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
