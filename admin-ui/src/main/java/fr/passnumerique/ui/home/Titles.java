package fr.passnumerique.ui.home;

import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.figures.Bar.Part;
import fr.passnumerique.ui.figures.Bar.Series;

/**
 * How far the cheques have come, at face value in cents: {@code issued = inStock + atPrescribers +
 * live + accepted + ended}.
 *
 * @param live handed out and not redeemed
 * @param accepted from venues, paid or not
 * @param unpaid accepted and not booked as paid
 * @param ended expired, opposed, replaced or void
 */
public record Titles(
    long issued,
    long inStock,
    long atPrescribers,
    long live,
    long accepted,
    long unpaid,
    long paid,
    long ended) {
  /** In somebody's hand, or accepted from it. */
  public long handedOut() {
    return live + accepted;
  }

  /** Accepted by venues that are free of charge, and never paid. */
  public long waived() {
    return accepted - unpaid - paid;
  }

  public Bar bar() {
    return Bar.of(
        issued,
        new Part(Series.PAID, paid),
        new Part(Series.TO_PAY, unpaid),
        new Part(Series.IN_CIRCULATION, live),
        new Part(Series.IN_TRANSIT, atPrescribers),
        new Part(Series.REST, inStock),
        new Part(Series.ENDED, ended + waived()));
  }
}
