package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.settlement.SlipState;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Slips, the newest first.
 *
 * @param own of the venue that looks
 * @param programmes to choose from, their names by identifier
 * @param older address of the next page; null on the last
 * @param newest address of the first page; null on it
 * @param export address of the file of all that are asked for
 */
record SlipsBoard(
    boolean own,
    Asked asked,
    List<SlipRow> rows,
    Map<String, String> programmes,
    @Nullable String older,
    @Nullable String newest,
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
      @Nullable LocalDate to) {
    String address(String path, @Nullable Long before) {
      return UriComponentsBuilder.fromPath(path)
          .queryParamIfPresent("venue", given(venue))
          .queryParamIfPresent("state", Optional.ofNullable(state))
          .queryParamIfPresent("programme", given(programme))
          .queryParamIfPresent("from", Optional.ofNullable(from))
          .queryParamIfPresent("to", Optional.ofNullable(to))
          .queryParamIfPresent("before", Optional.ofNullable(before))
          .encode()
          .build()
          .toUriString();
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
          || to != null;
    }
  }

  public List<SlipState> states() {
    return List.of(SlipState.values());
  }
}
