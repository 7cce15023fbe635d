package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A venue as an import describes it: the whole description, which replaces the one before. The
 * points of service that an import does not name stay as they were.
 *
 * @param name public; of a sole trader the name is personal data and stands in the vault instead
 * @param payable false until identified by a SIRET: listable but not payable
 * @param contact e-mail, telephone and a sole trader's name, if any was given
 */
public record VenueListed(
    VenueId venue,
    IdentifiedBy identifiedBy,
    String name,
    boolean payable,
    List<PointOfService> pointsOfService,
    Optional<VaultReference> contact,
    String source)
    implements Fact {

  /** Which register the venue's identifier is from. */
  public enum IdentifiedBy {
    SIRET,
    RNA,
    RIDET
  }

  /**
   * Where mediation takes place: one row of a LaMednum list.
   *
   * @param commune name as the list writes it
   * @param communeCode INSEE, not the postcode; empty if the list has none
   * @param departement of spending: that of the commune, not of the venue's seat
   * @param services labels of the mediation standard as the list writes them
   */
  public record PointOfService(
      PointOfServiceId id,
      String name,
      String commune,
      String communeCode,
      Departement departement,
      boolean itinerant,
      Optional<Double> latitude,
      Optional<Double> longitude,
      List<String> services) {}

  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue);
  }
}
