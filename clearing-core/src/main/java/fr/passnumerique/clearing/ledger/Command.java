package fr.passnumerique.clearing.ledger;

/**
 * An order to the engine. It either becomes one or more facts or is refused; sent again unchanged
 * it is answered with what was recorded the first time and adds nothing.
 *
 * @param <A> the answer of an accepted command
 */
public interface Command<A> {}
