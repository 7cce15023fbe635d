package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Reports cheques as lost or stolen. The same cheques are the same opposition however they are
 * named.
 *
 * @param by the account
 * @param prescriber that reports them, which can only be its own; empty for the operator
 */
public record OpposeCheques(
    OppositionId opposition,
    List<Named> cheques,
    Reason reason,
    String by,
    Optional<PrescriberId> prescriber)
    implements Command<Opposition> {
  public OpposeCheques {
    cheques = List.copyOf(cheques);
  }

  /**
   * Consecutive cheques, as somebody named them.
   *
   * @param first ordinal, inclusive
   * @param last ordinal, inclusive
   */
  public record Named(Batch batch, int first, int last) {
    static Named of(Serial serial) {
      return new Named(serial.batch(), serial.ordinal(), serial.ordinal());
    }
  }
}
