package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As of which moment balances are asked for; all null for now.
 *
 * @param position of the ledger: after the fact recorded there, and no other; 0 is before the first
 * @param instant of recording, UTC: after every fact recorded until then
 * @param businessDate Europe/Paris: what happened until the end of this day, as far as it was
 *     recorded at the position or instant, or is by now
 */
public record AsOf(
    @Nullable Long position, @Nullable Instant instant, @Nullable LocalDate businessDate) {
  private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LAST = Instant.parse("2199-12-30T00:00:00Z");

  public static final AsOf NOW = new AsOf(null, null, null);

  /**
   * @throws Problem if it names two moments of recording, a position below 0, or a year that no
   *     ledger has
   */
  public AsOf {
    if (position != null && instant != null) {
      throw Problem.badRequest(
          "AS_OF_TWICE",
          "asOfPosition and asOf are two names of one moment; give one",
          List.of(
              Problem.Fault.of(
                  "asOf",
                  instant.toString(),
                  "stands beside asOfPosition " + position,
                  "leave one of them out")));
    }
    if (position != null && position < 0) {
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          "asOfPosition is %d and must be 0 or above".formatted(position),
          List.of(
              Problem.Fault.of(
                  "asOfPosition",
                  position.toString(),
                  "is below 0",
                  "give a position of the ledger, or 0 for before its first fact")));
    }
    if (instant != null) {
      requireYear("asOf", instant.toString(), instant.isBefore(FIRST) || instant.isAfter(LAST));
    }
    if (businessDate != null) {
      requireYear(
          "businessDate",
          businessDate.toString(),
          businessDate.isBefore(Paris.dayOf(FIRST)) || businessDate.isAfter(Paris.dayOf(LAST)));
    }
  }

  private static void requireYear(String field, String value, boolean outOfRange) {
    if (outOfRange) {
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          "the parameter %s must lie in the years 1970 to 2199".formatted(field),
          List.of(
              Problem.Fault.of(
                  field,
                  Problem.shown(value),
                  "lies outside the years 1970 to 2199",
                  "correct the year")));
    }
  }
}
