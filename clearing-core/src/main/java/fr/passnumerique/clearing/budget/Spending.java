package fr.passnumerique.clearing.budget;

import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What one funder's share of one agreement has come to, in cents. */
final class Spending {
  /** Over how many days, today included, the rate is measured. */
  static final int WINDOW_DAYS = 90;

  /** Days of a part of the window, by which calm times are told from busy ones. */
  static final int PART_DAYS = 30;

  /** A forecast beyond a century foresees nothing. */
  private static final long MOST_DAYS = 36_525;

  private long ceiling;
  private long issued;
  private long activated;
  private long redeemed;

  /** Activated by day of the record, Europe/Paris; days out of every window are dropped. */
  private final TreeMap<LocalDate, Long> byDay = new TreeMap<>();

  private Optional<LocalDate> firstDay = Optional.empty();

  void limit(long cents) {
    ceiling = cents;
  }

  void issue(long cents) {
    issued = Math.addExact(issued, cents);
  }

  void redeem(long cents) {
    redeemed = Math.addExact(redeemed, cents);
  }

  void activate(LocalDate day, long cents) {
    activated = Math.addExact(activated, cents);
    byDay.merge(day, cents, Math::addExact);
    byDay.headMap(day.minusDays(WINDOW_DAYS)).clear();
    firstDay = Optional.of(firstDay.orElse(day));
  }

  long ceiling() {
    return ceiling;
  }

  long issued() {
    return issued;
  }

  long activated() {
    return activated;
  }

  long redeemed() {
    return redeemed;
  }

  /** Not negative: an amendment may have lowered the ceiling below what is ordered. */
  long leftToOrder() {
    return Math.max(0, ceiling - issued);
  }

  /**
   * What an agreement may still pay for, ordered or not. Not negative: an amendment may have
   * lowered the ceiling below what is activated.
   */
  long leftToActivate() {
    return Math.max(0, ceiling - activated);
  }

  /** Percent of the ceiling that is activated. */
  int usedPercent() {
    return new Cents(activated).percentOf(new Cents(ceiling));
  }

  long activatedWithinWindow(LocalDate today) {
    return activatedWithin(WINDOW_DAYS, today);
  }

  private long activatedWithin(int days, LocalDate last) {
    return byDay.subMap(last.minusDays(days - 1L), true, last, true).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Days over which the rate is measured: the window, or since the first activation. */
  int measuredDays(LocalDate today) {
    return firstDay
        .map(first -> (int) Math.clamp(ChronoUnit.DAYS.between(first, today) + 1, 1, WINDOW_DAYS))
        .orElse(0);
  }

  /**
   * The day on which what remains is used up if activations go on at the rate of the window.
   *
   * @return today if nothing remains; empty if there is no rate
   */
  Optional<LocalDate> exhaustedOn(LocalDate today) {
    return exhaustedOn(today, activatedWithinWindow(today), measuredDays(today));
  }

  /**
   * The same at the rates of the busiest and of the calmest 30 days of the window, so that a
   * forecast does not look surer than it is.
   *
   * @param first at the rate of the busiest
   * @param last at that of the calmest; empty if nothing was activated in those
   */
  record Range(LocalDate first, Optional<LocalDate> last) {}

  /**
   * @return empty if nothing remains or there is no rate, or until two whole parts are measured:
   *     one alone has no other to be compared with
   */
  Optional<Range> exhaustedBetween(LocalDate today) {
    int parts = measuredDays(today) / PART_DAYS;
    if (parts < 2 || leftToActivate() == 0) {
      return Optional.empty();
    }
    LongSummaryStatistics rates =
        IntStream.range(0, parts)
            .mapToLong(part -> activatedWithin(PART_DAYS, today.minusDays((long) part * PART_DAYS)))
            .summaryStatistics();
    return exhaustedOn(today, rates.getMax(), PART_DAYS)
        .map(first -> new Range(first, exhaustedOn(today, rates.getMin(), PART_DAYS)));
  }

  private Optional<LocalDate> exhaustedOn(LocalDate today, long activated, int inDays) {
    if (leftToActivate() == 0) {
      return Optional.of(today);
    }
    if (activated == 0) {
      return Optional.empty();
    }
    // Rounded up: on the day before, something is left.
    long days = Math.ceilDiv(Math.multiplyExact(leftToActivate(), (long) inDays), activated);
    return days > MOST_DAYS ? Optional.empty() : Optional.of(today.plusDays(days));
  }
}
