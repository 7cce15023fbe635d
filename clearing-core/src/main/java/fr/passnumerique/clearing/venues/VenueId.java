package fr.passnumerique.clearing.venues;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/**
 * Names a venue: its SIRET, or RNA or RIDET while it has none, or what {@link Unidentified} makes
 * of its row. It stays the venue's name when it is identified later.
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
