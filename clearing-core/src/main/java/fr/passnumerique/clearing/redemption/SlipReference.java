package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** A venue's own reference of a slip; unique within the venue and never used again. */
public record SlipReference(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SlipReference {
    Identifier.require("slipReference", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
