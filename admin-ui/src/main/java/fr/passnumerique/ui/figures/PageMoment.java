package fr.passnumerique.ui.figures;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a page that name a moment: the API's own, and {@code position}, by which
 * pages named theirs before; now if all are left out.
 */
public record PageMoment(
    @Nullable Long asOfPosition,
    @Nullable Instant asOf,
    @Nullable LocalDate businessDate,
    @Nullable Long position) {

  /**
   * @throws Problem AS_OF_TWICE if {@code position} stands beside another name of the same moment
   */
  public WhichMoment which() {
    return of(asOfPosition, asOf, businessDate, position);
  }

  /** As {@link #which()}, of a page that knows no business day. */
  public static WhichMoment of(
      @Nullable Long asOfPosition,
      @Nullable Instant asOf,
      @Nullable LocalDate businessDate,
      @Nullable Long position) {
    if (position == null) {
      return new WhichMoment(asOfPosition, asOf, businessDate);
    }
    if (asOfPosition != null || asOf != null) {
      throw Problem.badRequest(
          "AS_OF_TWICE",
          "position is another name of asOfPosition, and names a moment beside another; give one",
          List.of(
              Problem.Fault.of(
                  "position",
                  position.toString(),
                  "stands beside another name of the moment",
                  "leave one of them out")));
    }
    return new WhichMoment(position, null, businessDate);
  }
}
