package fr.passnumerique.projections.labels;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WantedText;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.projections.labels.LabelRegister.Asked;
import fr.passnumerique.projections.labels.LabelRegister.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where can a cheque be used today? The points of service that are labelled, by words of their name
 * and town and by département, for anybody. Safe for any number of threads.
 *
 * <p>The register of the day is held in memory, of a whole country some thousand rows, and read
 * anew once something of it was recorded or the day is over: who asks without an account costs the
 * database one look at three indexes. An index of words in the database would have to be told how
 * French is spelt.
 */
public final class LabelledPlaces {
  /** Of what is looked for: each word of it is compared with every place. */
  public static final int LONGEST = 100;

  private static final int PAGE = 1_000;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final LabelRegister labels;
  private final Clock clock;
  private volatile Edition held = new Edition("", LocalDate.MIN, List.of(), Set.of());

  /**
   * @param venue its SIRET, RNA or RIDET
   * @param id its own, in its list
   * @param name empty for a sole trader, as is the street
   * @param departement INSEE code
   * @param since first day of the label, Europe/Paris
   */
  @Schema(name = "LabelledPlace")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Place(
      String venue,
      String id,
      String name,
      String street,
      String postcode,
      String commune,
      String communeCode,
      String departement,
      boolean itinerant,
      @Nullable Double latitude,
      @Nullable Double longitude,
      List<String> services,
      LocalDate since) {}

  /**
   * @param on the day, Europe/Paris
   * @param places by commune, then by name
   * @param byDepartement how many the words alone find, by INSEE code
   * @param departements those that have a place at all
   */
  public record Found(
      LocalDate on,
      List<Place> places,
      SortedMap<String, Integer> byDepartement,
      Set<String> departements) {}

  private record Edition(
      String number, LocalDate on, List<Entry> entries, Set<String> departements) {}

  /**
   * @param words that it is found by, with a blank before each
   */
  private record Entry(Place place, String words) {
    static Entry of(Place place) {
      return new Entry(
          place,
          folded(
              String.join(
                  " ",
                  place.name(),
                  place.street(),
                  place.postcode(),
                  place.commune(),
                  place.venue())));
    }
  }

  LabelledPlaces(LabelRegister labels, Clock clock) {
    this.labels = labels;
    this.clock = clock;
  }

  /**
   * @param words each of which begins a word of the place's name, street, postcode or commune, or
   *     its SIRET; accents and capitals do not count; empty for all
   * @param departement INSEE code; empty for all
   * @throws Problem INVALID_VALUE if the words have more than {@link #LONGEST} characters
   */
  public Found find(String words, String departement) {
    WantedText.require(words, LONGEST);
    Edition today = today();
    List<String> asked = words(words);
    SortedMap<String, Integer> byDepartement = new TreeMap<>();
    List<Place> places = new ArrayList<>();
    for (Entry entry : today.entries()) {
      if (begin(asked, entry.words())) {
        Place place = entry.place();
        byDepartement.merge(place.departement(), 1, Integer::sum);
        if (departement.isEmpty() || departement.equals(place.departement())) {
          places.add(place);
        }
      }
    }
    return new Found(today.on(), places, byDepartement, today.departements());
  }

  /** Whether the name alone is found by these words. */
  public static boolean isNamed(Place place, String words) {
    return begin(words(words), folded(place.name()));
  }

  private static List<String> words(String text) {
    return Stream.of(folded(text).split(" ")).filter(w -> !w.isEmpty()).distinct().toList();
  }

  private static boolean begin(List<String> asked, String words) {
    return asked.stream().allMatch(word -> words.contains(" " + word));
  }

  private Edition today() {
    String number = labels.edition();
    LocalDate day = Paris.dayOf(clock.instant());
    Edition edition = held;
    if (!edition.number().equals(number) || !edition.on().equals(day)) {
      edition = read(number, day);
    }
    return edition;
  }

  /** By one of those who ask at once; the others wait for it. */
  private synchronized Edition read(String number, LocalDate day) {
    if (held.number().equals(number) && held.on().equals(day)) {
      return held;
    }
    List<Place> places = new ArrayList<>();
    String after = "";
    Asked asked = new Asked(day, null, LabelState.LABELLED, null, null);
    while (after != null) {
      Page page = labels.read(asked, after, PAGE);
      page.venues()
          .forEach(
              venue -> venue.pointsOfService().forEach(point -> places.add(place(venue, point))));
      after = page.next();
    }
    Map<Place, String> order = new IdentityHashMap<>();
    places.forEach(place -> order.put(place, folded(place.commune()) + folded(place.name())));
    places.sort(Comparator.comparing(order::get));
    held =
        new Edition(
            number,
            day,
            places.stream().map(Entry::of).toList(),
            places.stream().map(Place::departement).collect(Collectors.toUnmodifiableSet()));
    return held;
  }

  private static Place place(LabelRegister.Venue venue, LabelRegister.Point point) {
    return new Place(
        venue.venue(),
        point.id(),
        point.name(),
        point.street(),
        point.postcode(),
        point.commune(),
        point.communeCode(),
        point.departement(),
        point.itinerant(),
        point.latitude(),
        point.longitude(),
        point.services(),
        point.since());
  }

  /** {@code « Saint-Étienne »} as {@code " saint etienne"}. */
  private static String folded(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return " " + BETWEEN_WORDS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
