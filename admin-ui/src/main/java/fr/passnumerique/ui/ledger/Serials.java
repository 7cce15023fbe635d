package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import java.util.Optional;

/** What people type of a cheque. */
final class Serials {
  private Serials() {}

  /** The serial in what was typed: itself, or at the head of a whole code. */
  static Optional<Serial> read(String typed) {
    Optional<Serial> ofCode = ChequeCode.parse(typed).map(ChequeCode::serial);
    if (ofCode.isPresent()) {
      return ofCode;
    }
    try {
      return Optional.of(Serial.parse(typed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
