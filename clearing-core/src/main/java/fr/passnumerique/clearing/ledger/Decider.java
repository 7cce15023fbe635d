package fr.passnumerique.clearing.ledger;

import java.time.Instant;

/**
 * Decides one kind of command from registers in memory.
 *
 * <p>{@link #decide} runs while the registers stand still at one position, must be pure and quick
 * (microseconds; no input or output, no clock, no randomness) and may run several times for one
 * command: after a conflict it is decided again at a newer head.
 *
 * @param <C> the command
 * @param <A> its answer
 */
public interface Decider<C extends Command<A>, A> {
  Class<C> command();

  /**
   * @param receivedAt when the engine took the command, UTC; the same for every attempt
   */
  Decision<A> decide(C command, Instant receivedAt);
}
