package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a funder (financeur), chosen by the operator. */
public record FunderId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FunderId {
    Identifier.require("funderId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
