package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks that a day makes due: signatures at an order's end, and calls for funds. */
final class DueRegister implements Register {
  /** Whose signature the operator's is. */
  private static final String OPERATOR = "";

  private final Map<String, Ending> orders = new HashMap<>();
  private final CalledFunds called = new CalledFunds();

  /** An order, its parties, and what each has signed. */
  private static final class Ending {
    private final ChequesIssued issued;
    private final Set<String> funders = new HashSet<>();
    private final Map<ExpiryStep, Set<String>> signed = new EnumMap<>(ExpiryStep.class);
    private boolean announced;
    private boolean expired;

    private Ending(ChequesIssued issued) {
      this.issued = issued;
      for (FundedCents part : issued.shares()) {
        funders.add(part.funder().value());
        funders.add(part.cashOwner().value());
      }
    }

    private LocalDate from(ExpiryStep step) {
      return step.from(issued.endsOn(), issued.toleranceDays());
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    called.fold(fact, position);
    switch (fact) {
      case ChequesIssued f -> orders.put(f.order().value(), new Ending(f));
      case ExpiryAnnounced f -> order(f.order()).announced = true;
      case ChequesExpired f -> order(f.order()).expired = true;
      case ExpirySigned f ->
          order(f.order())
              .signed
              .computeIfAbsent(f.step(), _ -> new HashSet<>())
              .add(f.funder().map(Object::toString).orElse(OPERATOR));
      default -> {}
    }
  }

  private Ending order(Object id) {
    Ending order = orders.get(id.toString());
    if (order == null) {
      throw new IllegalStateException("order %s was never issued".formatted(id));
    }
    return order;
  }

  /**
   * @param funder whose tasks; null for the operator's
   */
  List<Task> tasks(@Nullable String funder, LocalDate today) {
    List<Task> tasks = new ArrayList<>();
    for (Map.Entry<String, Ending> each : orders.entrySet()) {
      Ending order = each.getValue();
      if (order.announced && (funder == null || order.funders.contains(funder))) {
        signatures(each.getKey(), order, funder, today, tasks);
      }
    }
    for (CalledFunds.Call call : called.calls()) {
      boolean asked = funder != null && call.fact().funder().value().equals(funder);
      boolean chased = funder == null && call.late(today);
      if (call.openCents() > 0 && (asked || chased)) {
        tasks.add(
            new Task(
                asked ? Kind.PAY_CALL : Kind.CHASE_CALL,
                call.fact().call().value(),
                ParisCalendar.startOf(call.fact().calledOn()),
                call.openCents(),
                Optional.of(call.fact().dueOn()),
                Optional.empty()));
      }
    }
    return tasks;
  }

  private static void signatures(
      String id, Ending order, @Nullable String funder, LocalDate today, List<Task> tasks) {
    if (funder != null && !order.expired) {
      due(Kind.APPROVE_EXPIRY, ExpiryStep.APPROVAL, id, order, funder, today, tasks);
      due(Kind.ACKNOWLEDGE_EXPIRY, ExpiryStep.ACKNOWLEDGEMENT, id, order, funder, today, tasks);
    }
    if (order.expired) {
      String party = funder == null ? OPERATOR : funder;
      due(Kind.SIGN_STATEMENT, ExpiryStep.STATEMENT, id, order, party, today, tasks);
    }
  }

  private static void due(
      Kind kind,
      ExpiryStep step,
      String id,
      Ending order,
      String party,
      LocalDate today,
      List<Task> tasks) {
    boolean signed = order.signed.getOrDefault(step, Set.of()).contains(party);
    if (!signed && !today.isBefore(order.from(step))) {
      tasks.add(
          new Task(
              kind,
              id,
              ParisCalendar.startOf(order.from(step)),
              0,
              Optional.empty(),
              Optional.empty()));
    }
  }
}
