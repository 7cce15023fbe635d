package fr.passnumerique.clearing.venues;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.Optional;

/**
 * By which SIRET a venue is identified, or is to be.
 *
 * @param standing as of when this was recorded: one in force then may have been corrected since
 * @param replaces the SIRET that is said to be wrong; left out of the first
 * @param identifiedBy the account that recorded the first, or proposed this one; left out where it
 *     was dropped
 * @param decidedBy the account that confirmed or dropped it; left out of the first, and until then
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Identification(
    VenueId venue,
    String siret,
    Standing standing,
    Optional<String> replaces,
    Optional<String> identifiedBy,
    Optional<String> decidedBy) {

  /** How far it has come. */
  public enum Standing {
    /** Another SIRET identifies the venue until a second person confirms this one. */
    PROPOSED,
    IN_FORCE,
    DROPPED
  }

  /**
   * @throws IllegalArgumentException if the fact is about no identification
   */
  static Identification of(Fact fact) {
    return switch (fact) {
      case VenueIdentified f ->
          new Identification(
              f.venue(),
              f.siret(),
              Standing.IN_FORCE,
              f.replaces(),
              Optional.of(f.identifiedBy()),
              f.confirmedBy());
      case VenueIdentificationProposed f ->
          new Identification(
              f.venue(),
              f.siret(),
              Standing.PROPOSED,
              Optional.of(f.replaces()),
              Optional.of(f.proposedBy()),
              Optional.empty());
      case VenueIdentificationDropped f ->
          new Identification(
              f.venue(),
              f.siret(),
              Standing.DROPPED,
              Optional.of(f.replaces()),
              Optional.empty(),
              Optional.of(f.droppedBy()));
      default ->
          throw new IllegalArgumentException(
              "a %s is about no identification".formatted(fact.getClass().getSimpleName()));
    };
  }
}
