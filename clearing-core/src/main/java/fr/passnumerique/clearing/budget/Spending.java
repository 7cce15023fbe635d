package fr.passnumerique.clearing.budget;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/** What one funder's share of one agreement has come to, in cents. */
final class Spending {
  /** Over how many days, today included, the rate is measured. */
  static final int WINDOW_DAYS = 90;

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

  /** Whole percent of the ceiling that is activated, rounded down: a threshold is not met early. */
  int usedPercent() {
    return ceiling == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, activated * 100 / ceiling);
  }

  long activatedWithinWindow(LocalDate today) {
    return byDay.subMap(today.minusDays(WINDOW_DAYS - 1L), true, today, true).values().stream()
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
    if (leftToActivate() == 0) {
      return Optional.of(today);
    }
    long within = activatedWithinWindow(today);
    if (within == 0) {
      return Optional.empty();
    }
    // Rounded up: on the day before, something is left.
    long days =
        Math.ceilDiv(Math.multiplyExact(leftToActivate(), (long) measuredDays(today)), within);
    return days > MOST_DAYS ? Optional.empty() : Optional.of(today.plusDays(days));
  }
}
