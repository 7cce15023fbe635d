package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a programme (dispositif), chosen by the operator. */
public record ProgrammeId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProgrammeId {
    Identifier.require("programmeId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
