package fr.passnumerique.clearing.budget;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Budgets as they are now. */
public final class BudgetQuery {
  private final BudgetRegister register;
  private final ReadLock registers;
  private final Clock clock;
  private final List<Integer> thresholds;

  BudgetQuery(BudgetRegister register, ReadLock registers, Clock clock, List<Integer> thresholds) {
    this.register = register;
    this.registers = registers;
    this.clock = clock;
    this.thresholds = List.copyOf(thresholds);
  }

  /**
   * @param position of the last fact in it
   * @param today Europe/Paris
   * @param thresholdsPercent of a ceiling from which on its funder is to be told
   */
  public record Budgets(
      long position, LocalDate today, List<Integer> thresholdsPercent, List<Row> budgets) {}

  /**
   * @param ceilingCents of the last version signed
   * @param activatedCents what is used of it
   * @param redeemedCents accepted at the funder's cost: neither void since nor of a venue that
   *     waives its pay
   * @param leftToOrderCents ceiling − issued, not below 0: what orders may still take; above it
   *     they are refused ({@code CEILING_EXCEEDED})
   * @param leftToActivateCents ceiling − activated, not below 0: of what is ordered already and of
   *     what may still be ordered, what the funder has not had to pay in yet
   * @param usedPercent of the ceiling, rounded down
   * @param thresholdPercent the highest that is reached; 0 if none
   * @param calledCents of the calls that are open, what has not come: no cash. One that is paid or
   *     cancelled counts nothing
   * @param activatedLast90DaysCents and over how many days its rate is measured
   * @param exhaustedOn left out if it is not foreseeable
   * @param exhaustedFrom if activations go on as in the busiest 30 days of the last 90; left out
   *     with it, and until 60 days are measured
   * @param exhaustedUntil as in the calmest 30; left out also if nothing was activated in those,
   *     for then no end can be told
   * @param forecast how the day was found, or why there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String agreement,
      String funder,
      long ceilingCents,
      long issuedCents,
      long activatedCents,
      long redeemedCents,
      long leftToOrderCents,
      long leftToActivateCents,
      int usedPercent,
      int thresholdPercent,
      long calledCents,
      long activatedLast90DaysCents,
      int measuredDays,
      @Nullable LocalDate exhaustedOn,
      @Nullable LocalDate exhaustedFrom,
      @Nullable LocalDate exhaustedUntil,
      String forecast) {}

  /** Of every funder and agreement. */
  public Budgets read() {
    return read(AskedShares.ALL);
  }

  /**
   * Of a funder its own shares.
   *
   * @throws fr.passnumerique.clearing.http.Problem 404 if what is named is not known to the actor
   */
  public Budgets of(Actor actor, @Nullable AgreementId agreement, @Nullable FunderId funder) {
    return read(AskedShares.of(actor, agreement, funder, register, registers));
  }

  private Budgets read(AskedShares asked) {
    return registers.read(() -> rows(asked));
  }

  private Budgets rows(AskedShares asked) {
    LocalDate today = Paris.dayOf(clock.instant());
    List<Row> rows = new ArrayList<>();
    register
        .spending()
        .forEach(
            (key, spending) -> {
              if (asked.concern(new AgreementId(key.agreement()), new FunderId(key.funder()))) {
                rows.add(row(key, spending, today));
              }
            });
    return new Budgets(register.position(), today, thresholds, List.copyOf(rows));
  }

  private Row row(BudgetRegister.Key key, Spending spending, LocalDate today) {
    LocalDate exhaustedOn = spending.exhaustedOn(today).orElse(null);
    Optional<Spending.Range> between = spending.exhaustedBetween(today);
    int used = spending.usedPercent();
    return new Row(
        key.agreement(),
        key.funder(),
        spending.ceiling(),
        spending.issued(),
        spending.activated(),
        spending.redeemed(),
        spending.leftToOrder(),
        spending.leftToActivate(),
        used,
        thresholds.stream().filter(threshold -> used >= threshold).reduce(0, Math::max),
        register.called(key),
        spending.activatedWithinWindow(today),
        spending.measuredDays(today),
        exhaustedOn,
        between.map(Spending.Range::first).orElse(null),
        between.flatMap(Spending.Range::last).orElse(null),
        forecast(spending, exhaustedOn, today));
  }

  private static String forecast(
      Spending spending, @Nullable LocalDate exhaustedOn, LocalDate today) {
    if (spending.leftToActivate() == 0) {
      return "nothing is left to activate";
    }
    return exhaustedOn == null
        ? "not foreseeable: the last %d days give no rate".formatted(Spending.WINDOW_DAYS)
        : "what is left to activate, at the rate of activations of the last %d days"
            .formatted(spending.measuredDays(today));
  }
}
