package fr.passnumerique.clearing.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The years in which whatever a ledger tells can lie. One rule for every day and moment that is
 * sent, in a parameter or a body: {@code java.time} reads years of nine digits, and a day before
 * the first of them, or the instant at which it begins, would be a failure of ours.
 */
public final class LedgerYears {
  private static final int FIRST = 1970;
  private static final int LAST = 2199;

  static final String RULE = "lies outside the years %d to %d".formatted(FIRST, LAST);
  static final String REMEDY = "correct the year";

  private LedgerYears() {}

  /** Of another year. */
  static final class Outside extends DateTimeException {
    private static final long serialVersionUID = 1L;

    private Outside() {
      super(RULE);
    }
  }

  /**
   * @throws DateTimeException if it is no day, {@link Outside} if it is one of another year
   */
  static LocalDate day(String text) {
    LocalDate day = LocalDate.parse(text);
    require(day.getYear());
    return day;
  }

  /**
   * @throws DateTimeException if it is no instant, {@link Outside} if it is one of another year
   */
  static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    require(instant.atOffset(ZoneOffset.UTC).getYear());
    return instant;
  }

  /** Whether a day lies in them. */
  public static boolean hold(LocalDate day) {
    return hold(day.getYear());
  }

  private static boolean hold(int year) {
    return year >= FIRST && year <= LAST;
  }

  private static void require(int year) {
    if (!hold(year)) {
      throw new Outside();
    }
  }
}
