package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a receipt of funds: the bank's own reference of the credit. */
public record ReceiptId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReceiptId {
    Identifier.require("receiptId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
