package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.LocalDate;

/** Refusals that several steps of the procedure share. */
final class Procedure {
  private Procedure() {}

  static Refusal unknown(OrderId order) {
    return ExpiryRefusal.UNKNOWN_ORDER.because(
        "order", "order %s is not issued".formatted(order), "correct the identifier");
  }

  static Refusal tooEarly(EndingOrder order, ExpiryStep step, LocalDate today) {
    return ExpiryRefusal.STEP_TOO_EARLY.because(
        "step",
        "order %s ends on %s: its %s can be taken from %s on, today is %s"
            .formatted(
                order.issued().order(), order.issued().endsOn(), step, order.from(step), today),
        "wait until that day");
  }
}
