package fr.passnumerique.clearing.ledger;

import java.util.function.Supplier;

/** Reads registers while they stand still at one position. */
@FunctionalInterface
public interface ReadLock {
  /**
   * @param query quick (microseconds) and without input or output: every commit waits for it
   */
  <T> T read(Supplier<T> query);
}
