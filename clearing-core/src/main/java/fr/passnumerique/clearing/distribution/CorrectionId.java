package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a return of stock or the correction of a hand-out; unique within the prescriber. */
public record CorrectionId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CorrectionId {
    Identifier.require("correctionId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
