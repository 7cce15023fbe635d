package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a settlement run, chosen by the operator. */
public record SettlementRunId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SettlementRunId {
    Identifier.require("settlementRunId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
