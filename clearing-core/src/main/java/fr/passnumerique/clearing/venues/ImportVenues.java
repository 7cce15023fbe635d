package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import java.util.List;
import java.util.Optional;

/**
 * Lists the venues of one file: all that are new or changed are recorded, or nothing is. Sent again
 * it finds all unchanged and adds nothing.
 *
 * <p>Nothing in it is personal: {@link VenueImport} has put that into the vault before.
 *
 * @param source label of the list, an {@code Identifier}; {@link LabelVenues} may name it
 * @param contentDigest of the file and of what was said beside it, SHA-256 in hexadecimal
 * @param listings each venue once, at least one
 * @param expectDigest the digest that a dry run returned: refused if this would not do what that
 *     one showed
 */
public record ImportVenues(
    String source, String contentDigest, List<Listing> listings, Optional<String> expectDigest)
    implements Command<VenuesImported> {

  public ImportVenues {
    listings = List.copyOf(listings);
  }

  /** Whether the venue is a person, so that its name is personal data. */
  public enum Holder {
    SOLE_TRADER,
    LEGAL_PERSON,
    /** The list does not say. Whoever is known as a sole trader stays one. */
    UNSTATED
  }

  /**
   * A venue as the list describes it.
   *
   * @param parents what its rows name as {@code structure_parente}, each once
   * @param pointsOfService its rows, in the list's order
   * @param contact all that is kept in the vault about it; empty leaves what there is
   */
  public record Listing(
      VenueId venue,
      IdentifiedBy identifiedBy,
      Holder holder,
      List<String> parents,
      List<PointOfService> pointsOfService,
      Optional<VaultReference> contact) {
    public Listing {
      parents = List.copyOf(parents);
      pointsOfService = List.copyOf(pointsOfService);
    }

    Listing withContact(Optional<VaultReference> reference) {
      return new Listing(venue, identifiedBy, holder, parents, pointsOfService, reference);
    }
  }
}
