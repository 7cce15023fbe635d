package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a day makes due: signatures at an order's end, and calls for funds. Read often, so
 * only what is open is looked at: an order from its announcement to the last signature on its
 * statement.
 */
final class DueRegister implements Register {
  /** Whose signature the operator's is. */
  private static final String OPERATOR = "";

  /** Not announced yet: looked up, never walked through. */
  private final Map<String, Ending> running = new HashMap<>();

  private final Map<String, Ending> ending = new LinkedHashMap<>();
  private final CalledFunds called = new CalledFunds();
  private final HeldStock stocks = new HeldStock();
  private final AwaitedCheques awaited = new AwaitedCheques();

  /** An order, its parties, and what each has signed. */
  private static final class Ending {
    private final ChequesIssued issued;
    private final Set<String> funders = new HashSet<>();
    private final Map<ExpiryStep, Set<String>> signed = new TreeMap<>();
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

    private boolean hasSigned(ExpiryStep step, String party) {
      return signed.getOrDefault(step, Set.of()).contains(party);
    }

    /** Nothing waits any more: steps before the statement lapse with the order's expiry. */
    private boolean isOver() {
      return expired
          && hasSigned(ExpiryStep.STATEMENT, OPERATOR)
          && funders.stream().allMatch(funder -> hasSigned(ExpiryStep.STATEMENT, funder));
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    called.fold(fact, position);
    stocks.fold(fact, recordedAt);
    awaited.fold(fact, recordedAt);
    switch (fact) {
      case ChequesIssued f -> running.put(f.order().value(), new Ending(f));
      case ExpiryAnnounced f -> of(f.order());
      // An order may expire unannounced, by hand.
      case ChequesExpired f -> of(f.order()).ifPresent(order -> order.expired = true);
      case ExpirySigned f -> of(f.order()).ifPresent(order -> sign(order, f));
      default -> {}
    }
  }

  /**
   * From here on its parties have something to do.
   *
   * @return empty for an order that is over: it may be announced, or a step before its statement
   *     signed, long after, and nothing waits for that
   */
  private Optional<Ending> of(OrderId id) {
    Ending begins = running.remove(id.value());
    if (begins != null) {
      ending.put(id.value(), begins);
    }
    return Optional.ofNullable(ending.get(id.value()));
  }

  private void sign(Ending order, ExpirySigned f) {
    order
        .signed
        .computeIfAbsent(f.step(), _ -> new HashSet<>())
        .add(f.funder().map(Object::toString).orElse(OPERATOR));
    if (order.isOver()) {
      ending.remove(f.order().value());
    }
  }

  /** How many orders are walked through. */
  int size() {
    return ending.size();
  }

  /** What a prescriber is to do with the cheques that it holds. */
  List<Task> held(String prescriber) {
    return stocks.tasks(prescriber);
  }

  /** The cheques that the operator is to deliver or to replace. */
  List<Task> awaited() {
    return awaited.tasks();
  }

  /**
   * @param funder whose tasks; null for the operator's
   */
  List<Task> tasks(@Nullable String funder, LocalDate today) {
    List<Task> tasks = new ArrayList<>();
    for (Map.Entry<String, Ending> each : ending.entrySet()) {
      Ending order = each.getValue();
      if (funder == null || order.funders.contains(funder)) {
        signatures(each.getKey(), order, funder, today, tasks);
      }
    }
    for (CalledFunds.Call call : called.open()) {
      boolean asked = funder != null && call.fact().funder().value().equals(funder);
      boolean chased = funder == null && call.late(today);
      if (asked || chased) {
        tasks.add(
            new Task(
                asked ? Kind.PAY_CALL : Kind.CHASE_CALL,
                call.fact().call().value(),
                Paris.startOf(call.fact().calledOn()),
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
    if (!order.hasSigned(step, party) && !today.isBefore(order.from(step))) {
      tasks.add(
          new Task(
              kind, id, Paris.startOf(order.from(step)), 0, Optional.empty(), Optional.empty()));
    }
  }
}
