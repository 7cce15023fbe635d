package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Problem;
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
  public static final AsOf NOW = new AsOf(null, null, null);

  /**
   * @throws Problem if it names two moments of recording, or a position below 0
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
  }
}
