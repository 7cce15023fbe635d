package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.distribution.PrescriberId;

/**
 * For whom these pages ask and act: for their reader, whom no address, field or parameter names.
 * The one place of the pages where a prescriber's identifier comes from.
 */
final class OwnPrescriber {
  private OwnPrescriber() {}

  static PrescriberId of(Actor reader) {
    return new PrescriberId(reader.subject());
  }
}
