package fr.passnumerique.ui.venue;

import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import fr.passnumerique.ui.chart.Bars;
import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.figures.Bar.Part;
import fr.passnumerique.ui.figures.Bar.Series;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.home.Dashboard;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a venue sees first. All amounts in cents.
 *
 * @param name public; empty for a sole trader or a venue that is not listed yet
 * @param labelledFrom null while not labelled
 * @param accepted = owed + inTransit + paid
 */
record VenueBoard(
    Situation situation,
    String venue,
    String name,
    @Nullable LocalDate labelledFrom,
    long accepted,
    long owed,
    long inTransit,
    long paid,
    List<Dashboard.SpendingRow> spending) {

  static VenueBoard of(String id, Balances read, Situation situation, Optional<Venue> venue) {
    return new VenueBoard(
        situation,
        id,
        venue.map(Venue::name).orElse(""),
        venue.map(Venue::labelledFrom).orElse(null),
        read.totals().redeemedCents(),
        read.totals().owedCents(),
        read.totals().inTransitCents(),
        read.totals().paidCents(),
        Dashboard.rows(read.spendingDepartements(), Dashboard::spending));
  }

  public Bar bar() {
    return Bar.of(
        accepted,
        new Part(Series.PAID, paid),
        new Part(Series.IN_TRANSIT, inTransit),
        new Part(Series.TO_PAY, owed));
  }

  public Bars spendingDrawn() {
    return Dashboard.SpendingRow.drawn(spending);
  }
}
