package fr.passnumerique.projections.labels;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.projections.labels.LabelledPlaces.Found;
import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where cheques can be used today, for anybody. */
@RestController
final class LabelledPlacesEndpoint {
  private static final Duration KEPT_BY_OTHERS = Duration.ofMinutes(1);
  private static final int LONGEST_PAGE = 1_000;

  private final LabelledPlaces places;

  LabelledPlacesEndpoint(LabelledPlaces places) {
    this.places = places;
  }

  /**
   * @param on the day in Paris
   * @param found how many there are, on all pages
   * @param byDepartement how many the words alone find, by INSEE code
   * @param places by commune, then by name
   * @param next number of the next page; left out on the last
   */
  @Schema(name = "LabelledPlacesPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      LocalDate on,
      int found,
      SortedMap<String, Integer> byDepartement,
      List<Place> places,
      @Nullable Integer next) {}

  @GetMapping("/api/public/places")
  @Permit(everyone = true)
  @Operation(
      operationId = "findLabelledPlaces",
      summary = "Where a cheque can be used today, by words and département. Without an account",
      description =
          "The labelled points of service. A place is found if each of the words begins one of its"
              + " name, street, postcode or commune, or its SIRET; accents and capitals do not"
              + " count. Pages may shift when a label is decided meanwhile; readLabelRegister tells"
              + " the register of any day.")
  ResponseEntity<Answer> findLabelledPlaces(
      @Parameter(description = "Words, at most 100 characters; all places if left out")
          @RequestParam(defaultValue = "")
          String q,
      @Parameter(description = "INSEE code") @RequestParam(required = false)
          @Nullable Departement departement,
      @Parameter(description = "From 1") @RequestParam(defaultValue = "1") int page,
      @Parameter(description = "Places a page, at most 1 000") @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    PageSize.requireNumber(page, LONGEST_PAGE);
    Found found = places.find(q, departement == null ? "" : departement.code());
    int count = found.places().size();
    int from = Math.min((page - 1) * limit, count);
    int to = Math.min(from + limit, count);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(KEPT_BY_OTHERS).cachePublic())
        .body(
            new Answer(
                found.on(),
                count,
                found.byDepartement(),
                found.places().subList(from, to),
                to < count ? page + 1 : null));
  }
}
