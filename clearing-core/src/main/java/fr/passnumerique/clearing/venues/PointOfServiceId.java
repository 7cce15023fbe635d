package fr.passnumerique.clearing.venues;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a point of service: the LaMednum id of one row. */
public record PointOfServiceId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PointOfServiceId {
    Identifier.require("pointOfServiceId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
