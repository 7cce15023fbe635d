package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a prescriber (prescripteur, structure de distribution), chosen by the operator. */
public record PrescriberId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PrescriberId {
    Identifier.require("prescriberId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
