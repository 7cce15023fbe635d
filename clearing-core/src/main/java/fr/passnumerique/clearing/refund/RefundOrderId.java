package fr.passnumerique.clearing.refund;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names an order of refunds, chosen by the operator. */
public record RefundOrderId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RefundOrderId {
    Identifier.require("refundOrderId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
