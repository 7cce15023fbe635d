package fr.passnumerique.clearing.giveback;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a give-back of free credit, chosen by the operator. */
public record GiveBackId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GiveBackId {
    Identifier.require("giveBackId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
