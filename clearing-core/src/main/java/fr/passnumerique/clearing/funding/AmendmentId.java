package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names an amendment of an agreement (avenant), chosen by the operator. */
public record AmendmentId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AmendmentId {
    Identifier.require("amendmentId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
