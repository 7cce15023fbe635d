package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.redemption.FrenchVerdict;
import fr.passnumerique.clearing.redemption.Verdict;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A verdict as a venue reads it: what it is, why, and what can be done.
 *
 * @param remedy empty when there is nothing to do
 * @param mendable the line can be mended in the slip itself; otherwise it is taken out, or the
 *     remedy lies elsewhere
 */
public record VerdictReading(Badge badge, String explanation, String remedy, boolean mendable) {

  /**
   * @param on the day that explains the verdict, if one does
   */
  public static VerdictReading of(Verdict verdict, Optional<LocalDate> on) {
    FrenchVerdict words = FrenchVerdict.of(verdict, on);
    boolean mendable =
        switch (verdict) {
          case ACCEPTED,
              ALREADY_REDEEMED,
              OPPOSED,
              NOT_ACTIVATED,
              NOT_DISTRIBUTED,
              CONFLICT_OF_INTEREST ->
              false;
          case DUPLICATE_LINE,
              UNKNOWN_CHEQUE,
              BAD_CHECK_CODE,
              SERVICE_DATE_IN_FUTURE,
              SERVICE_BEFORE_DISTRIBUTION,
              EXPIRED_AT_SERVICE_DATE,
              PRESENTED_TOO_LATE,
              VENUE_NOT_LABELLED_AT_SERVICE_DATE,
              SERVICE_NOT_ELIGIBLE,
              OUT_OF_TERRITORY,
              TOO_MANY_IN_ONE_VISIT ->
              true;
        };
    Badge badge =
        verdict == Verdict.ACCEPTED
            ? Badge.good(words.label())
            : mendable ? Badge.bad(words.label()) : Badge.warn(words.label());
    return new VerdictReading(badge, words.explanation(), words.remedy(), mendable);
  }

  /** A line whose code cannot be a cheque's: nothing was judged yet. */
  public static VerdictReading unreadable(String explanation, String remedy) {
    return new VerdictReading(Badge.bad("Illisible"), explanation, remedy, true);
  }
}
