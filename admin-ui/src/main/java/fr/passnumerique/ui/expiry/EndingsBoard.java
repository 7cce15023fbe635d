package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.table.TableSheet;
import fr.passnumerique.ui.words.Badge;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** The calendar: which orders end when, the next first; those that are over come after. */
record EndingsBoard(TableSheet<Row> table) {
  private static final Columns<Row> COLUMNS =
      Columns.<Row>of()
          .text("commande", "Commande", Row::order)
          .text("convention", "Convention", Row::agreement)
          .order("fin", "À remettre jusqu’au", Row::endsOn)
          .order("tolerance", "Utilisables jusqu’au", Row::lastDay)
          .text("etape", "Étape", row -> row.stage().words());

  private static final Comparator<Row> NEXT_FIRST =
      Comparator.comparing(Row::expired)
          .thenComparing(
              row -> row.expired() ? -row.endsOn().toEpochDay() : row.endsOn().toEpochDay())
          .thenComparing(Row::order);

  /**
   * @param page where its end is shown
   */
  record Row(
      String order,
      String page,
      String agreement,
      LocalDate endsOn,
      LocalDate lastDay,
      boolean expired,
      Badge stage) {}

  static EndingsBoard of(List<ExpiryEndpoint.Ending> endings, LocalDate today, AskedTable asked) {
    return new EndingsBoard(
        COLUMNS.show(
            EndingPages.CALENDAR,
            endings.stream().map(ending -> row(ending, today)).sorted(NEXT_FIRST).toList(),
            asked));
  }

  private static Row row(ExpiryEndpoint.Ending ending, LocalDate today) {
    return new Row(
        ending.order(),
        EndingPages.page(ending.order()),
        ending.agreement(),
        ending.endsOn(),
        ending.lastDay(),
        ending.expired(),
        stage(ending, today));
  }

  private static Badge stage(ExpiryEndpoint.Ending ending, LocalDate today) {
    if (ending.expired()) {
      return Badge.calm("Périmée");
    }
    if (today.isAfter(ending.lastDay())) {
      return Badge.warn("À périmer");
    }
    if (today.isAfter(ending.endsOn())) {
      return Badge.warn("En tolérance");
    }
    return ending.announced() ? Badge.warn("Fin annoncée") : Badge.good("En cours");
  }
}
