package fr.passnumerique.ui.visitor;

import fr.passnumerique.projections.labels.LabelledPlaces.Found;
import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import fr.passnumerique.ui.words.French;
import java.text.Collator;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Some labelled places, as a list and on a map.
 *
 * @param words that were asked for
 * @param departement that was asked for; empty for all
 * @param choices départements that have a place at all, by name
 * @param byDepartement those in which the words find one, the most first
 * @param before address of the page before; null on the first
 * @param after address of the next page; null on the last
 */
record PlacesSheet(
    LocalDate on,
    String words,
    String departement,
    int found,
    List<Choice> choices,
    List<InDepartement> byDepartement,
    List<Place> places,
    PlacesMap map,
    int page,
    int pages,
    @Nullable String before,
    @Nullable String after) {
  private static final int A_PAGE = 20;

  record Choice(String code, String name) {}

  /**
   * @param address of those places alone
   * @param permille of the most that one has
   */
  record InDepartement(String code, String name, int count, int permille, String address) {}

  static PlacesSheet of(Found found, String words, String departement, int asked, French french) {
    int count = found.places().size();
    int pages = Math.max(1, (count + A_PAGE - 1) / A_PAGE);
    int page = Math.clamp(asked, 1, pages);
    int most = found.byDepartement().values().stream().mapToInt(Integer::intValue).max().orElse(1);
    Collator byName = Collator.getInstance(Locale.FRANCE);
    return new PlacesSheet(
        found.on(),
        words,
        departement,
        count,
        found.departements().stream()
            .map(code -> new Choice(code, French.departement(code)))
            .sorted((one, other) -> byName.compare(one.name(), other.name()))
            .toList(),
        found.byDepartement().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .map(
                each ->
                    new InDepartement(
                        each.getKey(),
                        French.departement(each.getKey()),
                        each.getValue(),
                        1_000 * each.getValue() / most,
                        address(words, each.getKey(), 1)))
            .toList(),
        found.places().subList((page - 1) * A_PAGE, Math.min(page * A_PAGE, count)),
        PlacesMap.of(found.places(), !words.isBlank() || !departement.isEmpty()),
        page,
        pages,
        page == 1 ? null : address(words, departement, page - 1),
        page == pages ? null : address(words, departement, page + 1));
  }

  private static String address(String words, String departement, int page) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath("/lieux");
    if (!words.isBlank()) {
      address.queryParam("q", "{q}");
    }
    if (!departement.isEmpty()) {
      address.queryParam("departement", "{departement}");
    }
    if (page > 1) {
      address.queryParam("page", page);
    }
    return address
        .encode()
        .buildAndExpand(Map.of("q", words, "departement", departement))
        .toUriString();
  }
}
