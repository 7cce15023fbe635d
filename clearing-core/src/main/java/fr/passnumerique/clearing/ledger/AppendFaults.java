package fr.passnumerique.clearing.ledger;

/**
 * Where tests kill or disturb the appender: on either side of the moment in which the outcome of a
 * statement is known to the database alone.
 */
interface AppendFaults {
  AppendFaults NONE = new AppendFaults() {};

  default void beforeStatement() {}

  default void afterStatement() {}
}
