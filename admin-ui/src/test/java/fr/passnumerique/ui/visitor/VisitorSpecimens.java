package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.redemption.HoldersCounter.PublicCheck;
import fr.passnumerique.clearing.redemption.HoldersCounter.Standing;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.projections.labels.LabelledPlaces.Found;
import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Trouble;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The pages for anybody, made up. */
@Controller
public final class VisitorSpecimens {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

  private final French french;

  VisitorSpecimens(French french) {
    this.french = french;
  }

  @GetMapping("/specimen/places/{state}")
  String places(@PathVariable String state, Model model) {
    List<Place> places =
        switch (state) {
          case "empty" -> List.of();
          case "abroad" -> List.of(place(1, "974", -20.88, 55.45), place(2, "974", -21.34, 55.48));
          case "far" -> List.of(place(1, "16", 46.0, 0.1), place(2, "16", null, null));
          default ->
              IntStream.range(0, 45)
                  .mapToObj(each -> place(each, "16", 44 + each / 10.0, each / 10.0))
                  .toList();
        };
    SortedMap<String, Integer> counts = new TreeMap<>();
    places.forEach(place -> counts.merge(place.departement(), 1, Integer::sum));
    model.addAttribute(
        "sheet",
        PlacesSheet.of(
            new Found(TODAY, places, counts, Set.of("16", "974")),
            state.equals("full") ? "" : "mairie",
            "",
            state.equals("full") ? 2 : 1,
            french));
    return "places";
  }

  @GetMapping("/specimen/accessibility")
  String accessibility() {
    return "accessibility";
  }

  @GetMapping("/specimen/holder/{state}")
  String holder(@PathVariable String state, Model model) {
    switch (state) {
      case "asked" -> {}
      case "refused" ->
          model.addAttribute("trouble", Trouble.of("Trop de contrôles", "Attendez une minute."));
      default ->
          model.addAttribute("told", HoldersWords.of(check(Standing.valueOf(state)), french));
    }
    return "holder";
  }

  private static PublicCheck check(Standing standing) {
    boolean valid = standing == Standing.VALID;
    return new PublicCheck(
        valid,
        standing,
        valid ? 1_000L : null,
        valid ? TODAY : null,
        valid ? List.of(new Departement("16")) : null,
        valid ? List.of() : null);
  }

  static Place place(
      int number, String departement, @Nullable Double latitude, @Nullable Double longitude) {
    return new Place(
        "40109226700020",
        "point-" + number,
        number % 7 == 0 ? "" : "Bus France Services – Mairie " + number,
        number % 7 == 0 ? "" : number + " rue de la Mairie",
        "16140",
        "Saint-Fraigne-" + number,
        "16317",
        departement,
        number % 2 == 0,
        latitude,
        longitude,
        List.of("Aide aux démarches administratives"),
        TODAY);
  }
}
