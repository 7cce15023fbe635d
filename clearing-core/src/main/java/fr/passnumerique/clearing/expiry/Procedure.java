package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Refusals that several steps of the procedure share. */
final class Procedure {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Procedure() {}

  static Refusal unknown(OrderId order) {
    return ExpiryRefusal.UNKNOWN_ORDER.because(
        "order", "order %s is not issued".formatted(order), "correct the identifier");
  }

  static Refusal tooEarly(EndingOrder order, ExpiryStep step, LocalDate today) {
    return tooEarly(
        step,
        "order %s ends on %s: its %s can be taken from %s on, today is %s"
            .formatted(
                order.issued().order(), order.issued().endsOn(), step, order.from(step), today),
        "wait until that day");
  }

  /** The day has come, and slips that were taken before it are still on their way. */
  static Refusal tooEarly(EndingOrder order, ExpiryStep step, Instant now, Instant from) {
    return tooEarly(
        step,
        "order %s ends on %s: its %s can be taken from %s in Paris on, once the slips taken before midnight are recorded, it is %s"
            .formatted(
                order.issued().order(), order.issued().endsOn(), step, inParis(from), inParis(now)),
        "wait until then");
  }

  private static Refusal tooEarly(ExpiryStep step, String rule, String remedy) {
    return ExpiryRefusal.STEP_TOO_EARLY.because("step", rule, remedy).withValue(step.name());
  }

  private static String inParis(Instant instant) {
    return SECOND.format(instant.atZone(Paris.ZONE));
  }
}
