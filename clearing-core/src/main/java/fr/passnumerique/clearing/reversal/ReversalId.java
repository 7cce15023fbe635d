package fr.passnumerique.clearing.reversal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a reversal, chosen by the operator. */
public record ReversalId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReversalId {
    Identifier.require("reversalId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
