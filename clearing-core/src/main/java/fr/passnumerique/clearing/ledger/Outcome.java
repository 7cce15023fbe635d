package fr.passnumerique.clearing.ledger;

/**
 * The end of a command.
 *
 * @param <A> the answer of an accepted command
 */
public sealed interface Outcome<A> {

  /**
   * @param position of the (last) fact that records it; the ledger's head if nothing was to record
   * @param already the answer is an earlier recording's: this time nothing was added
   */
  record Recorded<A>(A answer, long position, boolean already) implements Outcome<A> {}

  record Refused<A>(Refusal refusal) implements Outcome<A> {}
}
