package fr.passnumerique.clearing.ledger;

import java.time.Instant;

/**
 * State that decisions read: a fold of the ledger, in memory.
 *
 * <p>Folds run one at a time, in order of position, under the registers' write lock; readers run
 * under the read lock. So a register needs no synchronisation of its own. It ignores facts that do
 * not concern it. One that throws stops the node: a committed fact is the truth, and a register
 * that cannot take it is a bug.
 */
public interface Register {
  /**
   * @param position from 1, gapless
   * @param recordedAt UTC, strictly rising with position
   */
  void fold(Fact fact, long position, Instant recordedAt);
}
