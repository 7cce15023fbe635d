package fr.passnumerique.clearing.ledger;

import java.util.UUID;

/**
 * What a node meets and does not decide itself: where tests kill or disturb the appender, on either
 * side of the moment in which the outcome of a statement is known to the database alone; and where
 * a simulation lets other commands come between, and draws its identifiers.
 */
public interface AppendFaults {
  AppendFaults NONE = new AppendFaults() {};

  /**
   * A command is decided and will be recorded, but is not yet on its way: whatever is recorded now
   * comes between. Called by the command's own thread, which holds no lock.
   */
  default void afterDecision() {}

  default void beforeStatement() {}

  default void afterStatement() {}

  /** The identifier of the next fact, unique for ever. */
  default UUID eventId() {
    return UUID.randomUUID();
  }
}
