package fr.passnumerique.clearing.venues;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/**
 * Names a venue: its SIRET, or RNA or RIDET while it has none; digits and letters without spaces.
 */
public record VenueId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VenueId {
    Identifier.require("venueId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
