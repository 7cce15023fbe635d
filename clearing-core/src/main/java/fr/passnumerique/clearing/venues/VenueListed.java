package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
    RIDET,
    /** None: its list alone knows it. */
    NONE
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
   * @param further columns of the standard that clearing only passes on, by their names there, as
   *     the list writes them; without contacts and without free text about persons; none of a sole
   *     trader
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
      List<String> services,
      @LeftOutWhenEmpty Map<String, String> further) {

    public PointOfService {
      services = List.copyOf(services);
      // In one order, so that equal facts give equal text.
      further = Collections.unmodifiableMap(new TreeMap<>(further));
    }

    /** Without further columns. */
    public PointOfService(
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
      this(
          id,
          name,
          street,
          postcode,
          commune,
          communeCode,
          departement,
          itinerant,
          latitude,
          longitude,
          services,
          Map.of());
    }

    /** Whether it says the same, whenever the list was brought up to date. */
    boolean saysAs(PointOfService other) {
      return undated().equals(other.undated());
    }

    private PointOfService undated() {
      if (!further.containsKey(UPDATED)) {
        return this;
      }
      Map<String, String> rest = new TreeMap<>(further);
      rest.remove(UPDATED);
      return new PointOfService(
          id,
          name,
          street,
          postcode,
          commune,
          communeCode,
          departement,
          itinerant,
          latitude,
          longitude,
          services,
          rest);
    }
  }

  /** The standard's column that says when a row was brought up to date. */
  static final String UPDATED = "date_maj";

  /**
   * Whether it says the same, whenever its rows were brought up to date. That it is payable since
   * it was identified is said by a fact of its own.
   */
  boolean saysAs(VenueListed other) {
    if (pointsOfService.size() != other.pointsOfService.size()) {
      return false;
    }
    for (int i = 0; i < pointsOfService.size(); i++) {
      if (!pointsOfService.get(i).saysAs(other.pointsOfService.get(i))) {
        return false;
      }
    }
    return new VenueListed(
            venue, identifiedBy, name, other.payable, other.pointsOfService, contact, source)
        .equals(other);
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
