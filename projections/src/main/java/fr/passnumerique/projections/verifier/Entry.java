package fr.passnumerique.projections.verifier;

/**
 * @param cents debit if positive, credit if negative
 */
record Entry(Account account, long cents) {}
