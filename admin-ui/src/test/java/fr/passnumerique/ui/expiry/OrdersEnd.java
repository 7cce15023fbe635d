package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.OrderExpiry;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Answers of readOrderExpiry: 100 cheques of 10 € expired, 60 % the State's and 40 % the region's.
 */
final class OrdersEnd {
  static final Actor CLERK = new Actor("agent", Role.CLERK, "");
  static final Actor STATE = new Actor("etat", Role.FUNDER, "anct");
  static final Actor REGION = new Actor("region", Role.FUNDER, "region");
  static final LocalDate ENDS_ON = LocalDate.parse("2026-08-31");
  static final LocalDate STATEMENT_ON = LocalDate.parse("2026-10-07");

  private OrdersEnd() {}

  static OrderExpiry.Step statement(String party, boolean done) {
    return new OrderExpiry.Step(ExpiryStep.STATEMENT, party, STATEMENT_ON, done, false, false);
  }

  static OrderExpiry.Note note(String funder, long cents, boolean issued) {
    return new OrderExpiry.Note(
        funder,
        cents,
        issued ? Optional.of("O-1~" + funder) : Optional.empty(),
        issued ? Optional.of(STATEMENT_ON) : Optional.empty(),
        Optional.empty());
  }

  /**
   * @param opposedCents opposed and never replaced
   */
  static OrderExpiry told(
      long opposedCents, List<OrderExpiry.Note> dueBack, OrderExpiry.Step... steps) {
    return new OrderExpiry(
        "O-1",
        "creuse-2026",
        "00007",
        ENDS_ON,
        ENDS_ON.plusDays(30),
        100,
        List.of(
            new OrderExpiry.Situation(
                "EXPIRED",
                100,
                1_000_00,
                List.of(new OrderExpiry.OfFunder("region", "23", 400_00)))),
        new ExpiryAnnounced.Counts(100, 60, 30, 0, 0),
        List.of(steps),
        Optional.of(
            new OrderExpiry.Statement(
                new OrderExpiry.Expired(0, 0, 0, 0),
                new OrderExpiry.Expired(100, 100, 1_000_00, 1_000_00),
                opposedCents,
                1_000_00 + opposedCents,
                dueBack)));
  }
}
