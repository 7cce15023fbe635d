package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names an opposition, chosen by whoever records it. */
public record OppositionId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OppositionId {
    Identifier.require("oppositionId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
