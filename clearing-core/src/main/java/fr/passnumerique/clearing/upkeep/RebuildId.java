package fr.passnumerique.clearing.upkeep;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a rebuild of a projection, chosen by whoever asks for it. */
public record RebuildId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RebuildId {
    Identifier.require("rebuild", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
