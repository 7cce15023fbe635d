package fr.passnumerique.ui.home;

import static fr.passnumerique.ui.home.Dashboard.cents;

import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.ui.chart.Bars;
import fr.passnumerique.ui.chart.Bars.Share;
import fr.passnumerique.ui.figures.Bar.Series;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What a funder has brought in, and what became of it, in cents: {@code paidIn = unallocated +
 * inCirculation + toPay + dueBack + paid + advanced}.
 *
 * @param paidIn by itself, net of what went back
 * @param toPay of its share of accepted cheques, not booked as paid by the bank
 * @param paid to venues of its share, with what is to be recovered from them
 * @param advanced of cheques used, for shares of others that are paid on use; below zero for what
 *     others advanced for it
 */
public record Brought(
    long paidIn,
    long unallocated,
    long inCirculation,
    long toPay,
    long dueBack,
    long paid,
    long advanced) {
  static final Brought NOTHING = new Brought(0, 0, 0, 0, 0, 0, 0);

  public static Brought of(Amounts of) {
    return new Brought(
        cents(of.paidInCents()),
        cents(of.unallocatedCents()),
        cents(of.outstandingCents()),
        // By share, as what is paid is: what is owed and in transit counts under whose cash it is.
        of.redeemedCents() - cents(of.waivedCents()) + of.untitledCents() - of.paidCents(),
        cents(of.dueBackCents()),
        of.paidCents() + cents(of.receivableCents()),
        cents(of.advancedCents()));
  }

  /** What became of it, as far as it is there: what others advanced is in none of the bars. */
  static <R> Bars drawn(List<R> rows, Function<R, String> label, Function<R, Brought> brought) {
    return Bars.of(
        rows,
        label,
        share(Series.PAID, "Payé", brought, Brought::paid),
        share(Series.TO_PAY, "Reste à payer", brought, Brought::toPay),
        share(Series.IN_CIRCULATION, "En circulation", brought, Brought::inCirculation),
        share(Series.ENDED, "À restituer", brought, Brought::dueBack),
        share(Series.REST, "Non affecté", brought, Brought::unallocated));
  }

  private static <R> Share<R> share(
      Series series, String label, Function<R, Brought> brought, ToLongFunction<Brought> cents) {
    return new Share<>(series, label, row -> cents.applyAsLong(brought.apply(row)));
  }

  Brought plus(Brought other) {
    return new Brought(
        paidIn + other.paidIn,
        unallocated + other.unallocated,
        inCirculation + other.inCirculation,
        toPay + other.toPay,
        dueBack + other.dueBack,
        paid + other.paid,
        advanced + other.advanced);
  }
}
