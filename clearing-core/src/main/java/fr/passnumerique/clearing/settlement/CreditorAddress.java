package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Where a creditor is, as the register of venues says: that of its first point of service that does
 * not move. In a file it is hybrid if it has a street, else structured: banks refuse what is
 * neither since November 2026.
 *
 * @param street as the register writes it; empty for a sole trader
 * @param country ISO 3166: overseas collectivities have their own
 */
record CreditorAddress(String street, String postcode, String town, String country) {
  private static final Map<String, String> OVERSEAS =
      Map.ofEntries(
          Map.entry("971", "GP"),
          Map.entry("972", "MQ"),
          Map.entry("973", "GF"),
          Map.entry("974", "RE"),
          Map.entry("975", "PM"),
          Map.entry("976", "YT"),
          Map.entry("977", "BL"),
          Map.entry("978", "MF"),
          Map.entry("984", "TF"),
          Map.entry("986", "WF"),
          Map.entry("987", "PF"),
          Map.entry("988", "NC"));

  /** Empty if the register names no town. */
  static Optional<CreditorAddress> of(VenueListed listed) {
    return listed.pointsOfService().stream()
        .filter(point -> !point.commune().isBlank())
        .min(Comparator.comparing(PointOfService::itinerant))
        .map(
            point ->
                new CreditorAddress(
                    point.street(),
                    point.postcode(),
                    point.commune(),
                    country(point.departement())));
  }

  private static String country(Departement departement) {
    return OVERSEAS.getOrDefault(departement.code(), "FR");
  }
}
