package fr.passnumerique.clearing.venues;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Optional;

/**
 * An account of a venue, as it stands.
 *
 * @param account the vault's entry
 * @param proposedBy the account that asked for it; empty if it was opened before two persons were
 *     needed
 * @param decidedBy who confirmed it or dropped it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PayeeAccount(
    VenueId venue,
    VaultReference account,
    Standing standing,
    Optional<String> proposedBy,
    Optional<String> decidedBy) {

  /** How far it has come. */
  public enum Standing {
    /** Nothing is paid to it. */
    PROPOSED,
    /** The venue is paid to it. */
    IN_FORCE,
    /** Taken back by the account that proposed it. */
    WITHDRAWN,
    REFUSED
  }

  static PayeeAccount of(VenueAccountProposed proposed) {
    return new PayeeAccount(
        proposed.venue(),
        proposed.account(),
        Standing.PROPOSED,
        Optional.of(proposed.proposedBy()),
        Optional.empty());
  }

  static PayeeAccount of(VenueAccountOpened opened) {
    return new PayeeAccount(
        opened.venue(),
        opened.account(),
        Standing.IN_FORCE,
        opened.proposedBy(),
        opened.confirmedBy());
  }

  static PayeeAccount of(VenueAccountProposalDropped dropped) {
    return new PayeeAccount(
        dropped.venue(),
        dropped.account(),
        switch (dropped.ground()) {
          case WITHDRAWN -> Standing.WITHDRAWN;
          case REFUSED -> Standing.REFUSED;
        },
        Optional.empty(),
        Optional.of(dropped.droppedBy()));
  }
}
