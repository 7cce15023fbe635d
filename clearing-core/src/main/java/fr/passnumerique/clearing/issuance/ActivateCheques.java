package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.ledger.Command;
import java.util.OptionalInt;

/**
 * Sets aside cash that each funder has paid in, for cheques of one batch.
 *
 * @param firstOrdinal inclusive
 * @param lastOrdinal inclusive; empty for the batch's last
 */
public record ActivateCheques(
    ActivationId activation, Batch batch, int firstOrdinal, OptionalInt lastOrdinal)
    implements Command<ChequesActivated> {
  public static ActivateCheques all(ActivationId activation, Batch batch) {
    return new ActivateCheques(activation, batch, 1, OptionalInt.empty());
  }

  public static ActivateCheques range(ActivationId activation, Batch batch, int first, int last) {
    return new ActivateCheques(activation, batch, first, OptionalInt.of(last));
  }
}
