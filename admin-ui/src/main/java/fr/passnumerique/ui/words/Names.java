package fr.passnumerique.ui.words;

import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page calls those whom it speaks of: by their public name, or by the identifier of one that
 * has none or whose register does not have it yet. Each is looked up once, and venues that are
 * named {@linkplain #ahead ahead} all at once.
 */
public final class Names {
  private final Function<String, Optional<String>> publicFunders;
  private final Function<String, Optional<String>> publicPrescribers;
  private final Function<Collection<String>, List<Venue>> listedVenues;
  private final Map<String, String> funders = new HashMap<>();
  private final Map<String, String> prescribers = new HashMap<>();
  private final Map<String, Optional<Venue>> venues = new HashMap<>();

  public Names(
      Function<String, Optional<String>> funders,
      Function<String, Optional<String>> prescribers,
      Function<Collection<String>, List<Venue>> venues) {
    this.publicFunders = funders;
    this.publicPrescribers = prescribers;
    this.listedVenues = venues;
  }

  public String funder(String id) {
    return funders.computeIfAbsent(id, each -> publicFunders.apply(each).orElse(each));
  }

  public String prescriber(String id) {
    return prescribers.computeIfAbsent(id, each -> publicPrescribers.apply(each).orElse(each));
  }

  /**
   * Looks up the venues of a table before its rows name them: a look for each costs a round trip to
   * the database, and a page of fifty rows half of the time that it may take.
   */
  public void ahead(Stream<String> of) {
    Set<String> unknown = of.filter(id -> !venues.containsKey(id)).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      unknown.forEach(id -> venues.put(id, Optional.empty()));
      listedVenues.apply(unknown).forEach(venue -> venues.put(venue.venue(), Optional.of(venue)));
    }
  }

  /** A sole trader has no public name. */
  public String venue(String id) {
    return found(id).map(Venue::name).filter(name -> !name.isEmpty()).orElse(id);
  }

  public String point(String venue, String id) {
    return Places.of(found(venue)).point(id);
  }

  private Optional<Venue> found(String venue) {
    ahead(Stream.of(venue));
    return venues.getOrDefault(venue, Optional.empty());
  }
}
