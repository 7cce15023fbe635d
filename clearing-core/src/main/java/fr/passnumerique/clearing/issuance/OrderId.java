package fr.passnumerique.clearing.issuance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names an order of cheques, chosen by the operator. */
public record OrderId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrderId {
    Identifier.require("orderId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
