package fr.passnumerique.clearing.distribution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a delivery (bon de livraison), chosen by the operator. */
public record DeliveryId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DeliveryId {
    Identifier.require("deliveryId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
