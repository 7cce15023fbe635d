package fr.passnumerique.clearing.http;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query parameters that name a moment; now if all are left out. */
public record WhichMoment(
    @Parameter(description = WhichMoment.AS_OF_POSITION) @Nullable Long asOfPosition,
    @Parameter(description = WhichMoment.AS_OF) @Nullable Instant asOf,
    @Parameter(description = WhichMoment.BUSINESS_DATE) @Nullable LocalDate businessDate) {
  public static final String AS_OF_POSITION =
      "As they stood after the fact at this position of the ledger; 0 is before the first";
  public static final String AS_OF =
      "As they stood at this instant (UTC, to the microsecond, by when facts were recorded): at"
          + " most the one at which the ledger's last fact was recorded. At that one nothing else"
          + " will be, for recorded time rises with each fact; at a later one something still may,"
          + " however long ago it is, since clocks of nodes differ. Each midnight of Paris is a"
          + " fact, so that a day can be told as soon as the next has begun";
  public static final String BUSINESS_DATE =
      "What happened until the end of this day in Paris (value dates, days of hand-out), as far as"
          + " it was recorded at asOfPosition or asOf, or is by now; the day must have been over"
          + " then. Money is told of no day before the ledger's first until which nothing happened"
          + " (AS_OF_TOO_EARLY)";

  public static final WhichMoment NOW = new WhichMoment(null, null, null);

  /**
   * Reads as of the moment.
   *
   * @param head of the ledger, 0 if it is not known
   * @throws Problem INVALID_PARAMETER or AS_OF_TWICE if it names no moment; AS_OF_TOO_LATE or
   *     AS_OF_TOO_EARLY or AS_OF_NOT_KEPT, 422, if it cannot be told exactly
   */
  public <T> T ask(long head, Function<AsOf, T> query) {
    AsOf moment = moment();
    if (asOfPosition != null && head > 0 && asOfPosition > head) {
      throw problem(
          new UntoldMomentException(
              UntoldMomentException.Why.AS_OF_TOO_LATE,
              "asOfPosition",
              asOfPosition.toString(),
              "position %d is not recorded yet".formatted(asOfPosition),
              "ask for %d or before".formatted(head)));
    }
    try {
      return query.apply(moment);
    } catch (UntoldMomentException e) {
      throw problem(e);
    }
  }

  private AsOf moment() {
    if (asOfPosition != null && asOf != null) {
      throw Problem.badRequest(
          "AS_OF_TWICE",
          "asOfPosition and asOf are two names of one moment; give one",
          List.of(
              Problem.Fault.of(
                  "asOf",
                  asOf.toString(),
                  "stands beside asOfPosition " + asOfPosition,
                  "leave one of them out")));
    }
    if (asOfPosition != null && asOfPosition < 0) {
      throw invalid(
          "asOfPosition",
          asOfPosition.toString(),
          "must be 0 or above",
          "give a position of the ledger, or 0 for before its first fact");
    }
    if (asOf != null && !AsOf.hasAYear(asOf)) {
      throw noYear("asOf", asOf.toString());
    }
    if (businessDate != null && !AsOf.hasAYear(businessDate)) {
      throw noYear("businessDate", businessDate.toString());
    }
    return new AsOf(asOfPosition, asOf, businessDate);
  }

  private static Problem noYear(String parameter, String value) {
    return invalid(parameter, value, "must lie in the years 1970 to 2199", "correct the year");
  }

  private static Problem invalid(String parameter, String value, String rule, String remedy) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter %s %s; %s".formatted(parameter, rule, remedy),
        List.of(Problem.Fault.of(parameter, Problem.shown(value), rule, remedy)));
  }

  private static Problem problem(UntoldMomentException e) {
    String message = String.valueOf(e.getMessage());
    return new Problem(
        422,
        e.why().name(),
        message + "; " + e.remedy(),
        List.of(Problem.Fault.of(e.parameter(), e.value(), message, e.remedy())));
  }
}
