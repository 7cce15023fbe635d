package fr.passnumerique.clearing.calls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a call for funds, chosen by the operator. */
public record CallId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CallId {
    Identifier.require("callId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
