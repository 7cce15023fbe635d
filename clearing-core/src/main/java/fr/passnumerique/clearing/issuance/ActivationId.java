package fr.passnumerique.clearing.issuance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names an activation, chosen by the operator. */
public record ActivationId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ActivationId {
    Identifier.require("activationId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
