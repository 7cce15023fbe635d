package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a transfer of funds between two agreements, chosen by the operator. */
public record FundsTransferId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FundsTransferId {
    Identifier.require("fundsTransferId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
