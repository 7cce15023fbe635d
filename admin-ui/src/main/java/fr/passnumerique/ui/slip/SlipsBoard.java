package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.settlement.SlipSort;
import fr.passnumerique.clearing.settlement.SlipState;
import fr.passnumerique.ui.table.TableSheet.Heading;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Slips as they are asked for.
 *
 * @param own of the venue that looks
 * @param programmes to choose from, their names by identifier
 * @param next address of the next page; null on the last
 * @param first address of the first page; null on it
 * @param export address of the file of all that are asked for
 */
record SlipsBoard(
    boolean own,
    Asked asked,
    List<SlipRow> rows,
    Map<String, String> programmes,
    @Nullable String next,
    @Nullable String first,
    String export) {
  /**
   * What is asked for; empty texts leave a condition open.
   *
   * @param reference of a slip that there is not
   */
  record Asked(
      String reference,
      String venue,
      @Nullable SlipState state,
      String programme,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      boolean withRejected,
      SlipSort sort) {
    String page(@Nullable Long before) {
      return sorted(sort, before);
    }

    private String sorted(SlipSort sort, @Nullable Long before) {
      return encoded(
          filtered(SlipsPage.PATH)
              .queryParamIfPresent("sort", Optional.of(sort).filter(by -> by != SlipSort.NEWEST))
              .queryParamIfPresent("before", Optional.ofNullable(before)));
    }

    /** The file is of no order that a reader of a page chose. */
    String export() {
      return encoded(filtered("/api/slips/export"));
    }

    private UriComponentsBuilder filtered(String path) {
      return UriComponentsBuilder.fromPath(path)
          .queryParamIfPresent("venue", given(venue))
          .queryParamIfPresent("state", Optional.ofNullable(state))
          .queryParamIfPresent("programme", given(programme))
          .queryParamIfPresent("from", Optional.ofNullable(from))
          .queryParamIfPresent("to", Optional.ofNullable(to))
          .queryParamIfPresent("withRejected", Optional.of(withRejected).filter(only -> only));
    }

    private static String encoded(UriComponentsBuilder address) {
      return address.encode().build().toUriString();
    }

    private static Optional<String> given(String text) {
      return Optional.of(text).filter(value -> !value.isEmpty());
    }

    public boolean isNarrowed() {
      return !reference.isEmpty()
          || !venue.isEmpty()
          || state != null
          || !programme.isEmpty()
          || from != null
          || to != null
          || withRejected;
    }
  }

  public Heading byDay() {
    return heading("Présenté le", false, SlipSort.NEWEST, SlipSort.OLDEST);
  }

  public Heading byAmount() {
    return heading("Accepté", true, SlipSort.HIGHEST, SlipSort.LOWEST);
  }

  private Heading heading(String label, boolean number, SlipSort down, SlipSort up) {
    return new Heading(
        label,
        number,
        asked.sort() == down ? "descending" : asked.sort() == up ? "ascending" : null,
        asked.sorted(asked.sort() == down ? up : down, null));
  }

  public List<SlipState> states() {
    return List.of(SlipState.values());
  }
}
