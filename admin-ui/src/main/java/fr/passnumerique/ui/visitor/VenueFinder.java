package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.labels.LabelledPlaces;
import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.CauseWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A venue by its SIRET, its SIREN or its name. The operator and the auditor find every one, with
 * its page; the others what is public: where it is labelled.
 */
final class VenueFinder implements Finder {
  /** Fewer letters begin too many names. */
  private static final int FEWEST = 3;

  private static final Pattern SIREN = Pattern.compile("[0-9]{9}");

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
    String id = identifier(typed);
    return switch (reader.role()) {
      case CLERK, AUDITOR ->
          Stream.of(
                  printed.venue(id).stream().flatMap(each -> venue(each, Matched.IDENTIFIER)),
                  ofCompany(id),
                  printed.venuesNamed(typed, MOST + 1).stream()
                      .flatMap(each -> venue(each, Matched.NAME)))
              .flatMap(found -> found);
      case FUNDER, VENUE, PRESCRIBER -> {
        if (typed.length() > LabelledPlaces.LONGEST) {
          yield Stream.empty();
        }
        List<Place> identified =
            venues(places.find(id, ""))
                .filter(place -> identifier(place.venue()).equals(id))
                .toList();
        yield identified.isEmpty()
            ? venues(places.find(typed, ""))
                .limit(MOST + 1L)
                .flatMap(
                    place ->
                        place(
                            place,
                            LabelledPlaces.isNamed(place, typed) ? Matched.NAME : Matched.ADDRESS))
            : identified.stream().flatMap(place -> place(place, Matched.IDENTIFIER));
      }
    };
  }

  private Stream<Found> ofCompany(String siren) {
    return SIREN.matcher(siren).matches()
        ? printed.venuesOfCompany(siren, MOST + 1).stream()
            .flatMap(each -> venue(each, Matched.IDENTIFIER))
        : Stream.empty();
  }

  /** A SIRET is printed in groups. */
  private static String identifier(String printed) {
    return printed.replaceAll("[\\s.\\u00A0]", "").toUpperCase(Locale.ROOT);
  }

  /** One line for a venue of many points of service. */
  private static Stream<Place> venues(LabelledPlaces.Found found) {
    Map<String, Place> first = new LinkedHashMap<>();
    found.places().forEach(place -> first.putIfAbsent(place.venue(), place));
    return first.values().stream();
  }

  private static Stream<Found> venue(PrintedNames.Venue venue, Matched matched) {
    return Found.of(
        Kind.VENUE,
        new CauseWords("Lieu", venue.id(), Address.of("/lieux/{venue}", venue.id())),
        venue.name(),
        matched);
  }

  private static Stream<Found> place(Place place, Matched matched) {
    return Found.of(
        Kind.PLACE,
        new CauseWords(
            "Lieu labellisé", place.venue(), Address.of("/lieux?q={venue}", place.venue())),
        place.name().isEmpty() ? place.commune() : place.name() + ", " + place.commune(),
        matched);
  }
}
