package fr.passnumerique.clearing.bookkeeping;

/**
 * One posting of a fact.
 *
 * @param cents debit if positive, credit if negative; never zero
 */
public record Entry(Account account, long cents) {}
