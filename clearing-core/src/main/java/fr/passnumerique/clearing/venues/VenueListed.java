package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A venue as it stands after an import: the whole description, which replaces the one before.
 * Points of service that the import did not name are in it as they were.
 *
 * @param name public; empty for a sole trader, whose name is personal data and stands in the vault
 * @param payable false until identified by a SIRET: listable but not payable
 * @param pointsOfService at least one, each id once
 * @param contact telephone, e-mails and what is personal of a sole trader, in the vault; empty if
 *     there is nothing of the kind
 * @param source label of the import that said so last; an {@code Identifier}
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

  public VenueListed {
    pointsOfService = List.copyOf(pointsOfService);
  }

  /** Which register the venue's identifier is from. */
  public enum IdentifiedBy {
    SIRET,
    RNA,
    RIDET
  }

  /**
   * Where mediation takes place: one row of a LaMednum list.
   *
   * <p>A sole trader often works at home under the own name: name, street and position are left out
   * here and stand in the vault.
   *
   * @param name as the list writes it, brackets and all; empty for a sole trader
   * @param street as the list writes it; empty for a sole trader
   * @param postcode five digits; says nothing about the département
   * @param commune name as the list writes it
   * @param communeCode INSEE, not the postcode
   * @param departement of spending: that of the commune, not of the venue's seat
   * @param latitude degrees north, WGS 84, as the list has it: it may lie far from the commune
   * @param longitude degrees east
   * @param services labels of the mediation standard as the list writes them
   */
  public record PointOfService(
      PointOfServiceId id,
      String name,
      String street,
      String postcode,
      String commune,
      String communeCode,
      Departement departement,
      boolean itinerant,
      Optional<Double> latitude,
      Optional<Double> longitude,
      List<String> services) {
    public PointOfService {
      services = List.copyOf(services);
    }
  }

  /** What a decision about all venues of one source looks at. */
  static String sourceTag(String source) {
    return "venues:" + source;
  }

  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, sourceTag(source));
  }
}
