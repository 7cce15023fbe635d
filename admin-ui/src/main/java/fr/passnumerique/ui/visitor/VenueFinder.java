package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.labels.LabelledPlaces;
import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.CauseWords;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A venue by its SIRET or its name. The operator and the auditor find every one, with its postings;
 * the others what is public: where it is labelled.
 */
final class VenueFinder implements Finder {
  /** Fewer letters begin too many names. */
  private static final int FEWEST = 3;

  private final PrintedNames printed;
  private final LabelledPlaces places;

  VenueFinder(PrintedNames printed, LabelledPlaces places) {
    this.printed = printed;
    this.places = places;
  }

  @Override
  public Stream<Found> find(String typed, Actor reader) {
    if (typed.length() < FEWEST) {
      return Stream.empty();
    }
    // A SIRET is printed in groups.
    String id = typed.replaceAll("[\\s.\\u00A0]", "").toUpperCase(Locale.ROOT);
    return switch (reader.role()) {
      case CLERK, AUDITOR ->
          Stream.concat(
              printed.venue(id).stream().flatMap(each -> venue(each, Matched.IDENTIFIER)),
              printed.venuesNamed(typed, MOST).stream().flatMap(each -> venue(each, Matched.NAME)));
      case FUNDER, VENUE, PRESCRIBER -> {
        boolean digits = id.chars().allMatch(Character::isDigit);
        // One line for a venue of many points of service.
        Map<String, Place> first = new LinkedHashMap<>();
        places.find(digits ? id : typed, "").places().stream()
            .filter(place -> !digits || place.venue().equals(id))
            .forEach(place -> first.putIfAbsent(place.venue(), place));
        yield first.values().stream()
            .limit(MOST)
            .flatMap(place -> place(place, digits ? Matched.IDENTIFIER : Matched.NAME));
      }
    };
  }

  private static Stream<Found> venue(PrintedNames.Venue venue, Matched matched) {
    return Found.of(
        Kind.VENUE,
        new CauseWords("Lieu", venue.id(), address("/ecritures", "venue", venue.id())),
        venue.name(),
        matched);
  }

  private static Stream<Found> place(Place place, Matched matched) {
    return Found.of(
        Kind.PLACE,
        new CauseWords("Lieu labellisé", place.venue(), address("/lieux", "q", place.venue())),
        place.name().isEmpty() ? place.commune() : place.name() + ", " + place.commune(),
        matched);
  }

  private static String address(String path, String parameter, String value) {
    return UriComponentsBuilder.fromPath(path)
        .queryParam(parameter, "{value}")
        .encode()
        .buildAndExpand(value)
        .toUriString();
  }
}
