package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.Calendars.Dated;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Boundary: the programme's calendars. It governs cut-offs of later days only, so no run that is
 * being opened depends on it.
 */
final class SetSettlementCalendarDecision
    implements Decider<SetSettlementCalendar, SettlementCalendarSet> {
  /** 10 000 €: above it no venue would ever be paid but for lateness. */
  static final long HIGHEST_MINIMUM_CENTS = 1_000_000;

  private final SettlementRegister register;

  SetSettlementCalendarDecision(SettlementRegister register) {
    this.register = register;
  }

  @Override
  public Class<SetSettlementCalendar> command() {
    return SetSettlementCalendar.class;
  }

  @Override
  public Decision<SettlementCalendarSet> decide(SetSettlementCalendar c, Instant receivedAt) {
    if (!register.isKnown(c.programme())) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.UNKNOWN_PROGRAMME,
              "programmeId",
              "programme %s is not defined".formatted(c.programme()),
              "name a programme that is"));
    }
    Dated same = register.calendars().setFor(c.programme(), c.from());
    if (same != null
        && same.fact().calendar().equals(c.calendar())
        && same.fact().minimumCents() == c.minimumCents()) {
      return new Decision.Known<>(
          same.position(), recorded -> new Decision.Reply.Same<>((SettlementCalendarSet) recorded));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    if (!c.from().isAfter(today)) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.CALENDAR_NOT_LATER,
              "from",
              "a calendar governs cut-offs to come, and that of %s is past on %s"
                  .formatted(c.from(), today),
              "name %s or a later day".formatted(today.plusDays(1))));
    }
    if (c.minimumCents() < 0 || c.minimumCents() > HIGHEST_MINIMUM_CENTS) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.MINIMUM_OUT_OF_RANGE,
              "minimumCents",
              "a transfer's minimum is 0 to %d cents, got %d"
                  .formatted(HIGHEST_MINIMUM_CENTS, c.minimumCents()),
              "give 0 for none"));
    }
    if (c.minimumCents() > 0 && c.calendar().every() == SettlementCalendar.Every.ANY) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.MINIMUM_WITHOUT_CALENDAR,
              "minimumCents",
              "what is below %s is carried over to the next cut-off, and without a calendar there is none"
                  .formatted(new Cents(c.minimumCents()).inEnglish()),
              "name the days on which the programme settles, or give 0"));
    }
    SettlementCalendarSet set =
        new SettlementCalendarSet(c.programme(), c.from(), c.calendar(), c.minimumCents(), c.by());
    return Decision.accept(set, Boundary.of(set.tags()), set);
  }
}
