package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.territory.Departement;
import org.jspecify.annotations.Nullable;

/**
 * One line in front of the rules, with what the register says of its cheque.
 *
 * @param batch null if there is no such batch
 * @param genuine whether the check part is right; false for a cheque that does not exist
 * @param servedOn and every day here: {@link java.time.LocalDate#toEpochDay()}
 * @param departement null only where no rule that needs it is asked
 * @param place number of the point of service
 * @param label as it stood on the day of the service
 * @param conflict the prescriber that handed the cheque out, if it is of the venue's organisation
 */
record LineUnderJudgement(
    long key,
    int ordinal,
    @Nullable IssuedBatch batch,
    boolean genuine,
    int servedOn,
    String service,
    @Nullable Departement departement,
    int place,
    Labelling label,
    @Nullable PrescriberId conflict) {

  boolean exists() {
    return batch != null && batch.holds(ordinal);
  }

  /** The batch of a cheque that {@link #exists}. */
  IssuedBatch issued() {
    if (batch == null) {
      throw new IllegalStateException("a line without a batch got past UNKNOWN_CHEQUE");
    }
    return batch;
  }

  Departement knownDepartement() {
    if (departement == null) {
      throw new IllegalStateException("a line without a département was asked for its territory");
    }
    return departement;
  }
}
