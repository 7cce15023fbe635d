package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a hand-out (injection), chosen by the prescriber; unique within the prescriber. */
public record HandOutId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public HandOutId {
    Identifier.require("handOutId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
