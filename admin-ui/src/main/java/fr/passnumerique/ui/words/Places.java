package fr.passnumerique.ui.words;

import fr.passnumerique.projections.registers.VenueRegister.PointOfService;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where a venue gives which services, to choose from. Empty for a venue that is not listed yet;
 * then both are typed.
 *
 * @param points the points of service by their id, as a person tells them apart
 * @param services labels of the mediation standard, of all points together
 */
public record Places(Map<String, String> points, List<String> services) {
  public static Places of(Optional<Venue> venue) {
    Map<String, String> points = new LinkedHashMap<>();
    TreeSet<String> services = new TreeSet<>();
    for (PointOfService point : venue.map(Venue::pointsOfService).orElse(List.of())) {
      points.put(
          point.id(),
          point.name().isEmpty() ? point.commune() : point.commune() + " – " + point.name());
      services.addAll(point.services());
    }
    return new Places(points, List.copyOf(services));
  }

  /** A point of service in words; its id if it is none of the venue's any more. */
  public String point(String id) {
    return points.getOrDefault(id, id);
  }
}
