package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** The end-to-end identification of a credit transfer: unique for ever, at most 35 characters. */
public record TransferId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TransferId {
    Identifier.require("transferId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
