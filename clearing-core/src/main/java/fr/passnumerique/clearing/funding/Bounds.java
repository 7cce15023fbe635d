package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a number, day, name or list may be at all. Each check answers null or the refusal. */
final class Bounds {
  /**
   * 100 billion euros. Far above any budget and far below a long, so that no sum of the ledger can
   * leave its range by a slip of the keyboard.
   */
  static final long MOST_CENTS = 10_000_000_000_000L;

  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);
  private static final int LONGEST_NAME = 160;

  private Bounds() {}

  static @Nullable Refusal name(String name) {
    return ReadableText.fits(name, LONGEST_NAME)
        ? null
        : FundingRefusal.NAME_NOT_READABLE.because(
            "name",
            "a name is 1 to %d visible characters without a space at either end"
                .formatted(LONGEST_NAME),
            "give the name as it should be printed");
  }

  static @Nullable Refusal number(
      FundingRefusal code, String field, long value, long least, long most, String remedy) {
    return value >= least && value <= most
        ? null
        : code.because(
                field, "%s must be %d to %d, got %d".formatted(field, least, most, value), remedy)
            .withValue(Long.toString(value));
  }

  static @Nullable Refusal amount(FundingRefusal code, String field, long cents) {
    return cents >= 1 && cents <= MOST_CENTS
        ? null
        : code.because(
                field,
                "%s must be 1 to %d cents (%s), got %d"
                    .formatted(field, MOST_CENTS, new Cents(MOST_CENTS).inEnglish(), cents),
                "give cents of a euro, 1000 for 10 €")
            .withValue(Long.toString(cents));
  }

  static @Nullable Refusal day(String field, LocalDate day) {
    return day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)
        ? FundingRefusal.DATE_OUT_OF_RANGE.because(
            field,
            "%s must lie between %s and %s, got %s".formatted(field, FIRST_DAY, LAST_DAY, day),
            "correct the year")
        : null;
  }

  static @Nullable Refusal length(String field, List<?> list, int most) {
    return list.size() <= most
        ? null
        : FundingRefusal.LIST_TOO_LONG.because(
            field,
            "%s holds at most %d entries, got %d".formatted(field, most, list.size()),
            "leave some out, or leave all out if everything is meant");
  }

  static @Nullable Refusal distinct(String field, List<?> list) {
    Set<Object> seen = new HashSet<>();
    for (Object entry : list) {
      if (!seen.add(entry)) {
        return FundingRefusal.LISTED_TWICE.because(
            field, "%s names %s twice".formatted(field, entry), "name it once");
      }
    }
    return null;
  }

  /** The first that is not null. */
  static @Nullable Refusal first(@Nullable Refusal... refusals) {
    for (Refusal refusal : refusals) {
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
