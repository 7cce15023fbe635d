package fr.passnumerique.ui.words;

import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a page calls those whom it speaks of: by their public name, or by the identifier of one that
 * has none or whose register does not have it yet. Each is looked up once.
 */
public final class Names {
  private final Function<String, Optional<String>> publicFunders;
  private final Function<String, Optional<String>> publicPrescribers;
  private final Function<String, Optional<Venue>> listedVenues;
  private final Map<String, String> funders = new HashMap<>();
  private final Map<String, String> prescribers = new HashMap<>();
  private final Map<String, Optional<Venue>> venues = new HashMap<>();

  public Names(
      Function<String, Optional<String>> funders,
      Function<String, Optional<String>> prescribers,
      Function<String, Optional<Venue>> venues) {
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

  /** A sole trader has no public name. */
  public String venue(String id) {
    return found(id).map(Venue::name).filter(name -> !name.isEmpty()).orElse(id);
  }

  public String point(String venue, String id) {
    return Places.of(found(venue)).point(id);
  }

  private Optional<Venue> found(String venue) {
    return venues.computeIfAbsent(venue, listedVenues);
  }
}
