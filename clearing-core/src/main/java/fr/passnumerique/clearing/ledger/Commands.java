package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Actor;

/** Where commands go in. */
public interface Commands {
  /**
   * Decides the command and records it. Returns when its facts are committed (durable, and visible
   * to every decision that follows), or when it is refused: on all that had been recorded when it
   * was sent, by whatever node. Conflicts are decided again here; the caller never sees one.
   *
   * @throws LedgerUnavailableException if the ledger could not be written in time: the outcome may
   *     be unknown. Send the same command again: if it was recorded, it is answered with what was
   *     recorded and adds nothing.
   */
  <A> Outcome<A> send(Command<A> command, Actor by);

  /**
   * Decides the command as {@link #send} would now, and records nothing: a dry run.
   *
   * @return the outcome as it would be, at the present head
   */
  <A> Outcome<A> rehearse(Command<A> command);
}
