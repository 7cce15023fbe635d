package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What funders are asked for, and what of it has come. */
final class Calls {
  private final World world;

  Calls(World world) {
    this.world = world;
  }

  /** One call, and how far it is paid. */
  static final class Call {
    final Action.CallFunds made;
    long received;
    String cancelledFor = "";

    Call(Action.CallFunds made) {
      this.made = made;
    }

    long open() {
      return cancelledFor.isEmpty() ? made.cents() - received : 0;
    }

    private long settle(long cents) {
      long part = Math.min(cents, open());
      received += part;
      return cents - part;
    }
  }

  Told call(Action.CallFunds a, LocalDate today) {
    String id = "call " + a.call();
    Told known = world.known(id, a, "CALL_ALREADY_MADE");
    if (known != null) {
      return known;
    }
    Agreement agreement = world.agreements.get(a.agreement());
    if (agreement == null) {
      return Told.refused("UNKNOWN_AGREEMENT");
    }
    if (!agreement.concerns(a.funder())) {
      return Told.refused("FUNDER_NOT_IN_AGREEMENT");
    }
    if (a.dueOn().isBefore(today) || a.dueOn().isAfter(today.plusDays(366))) {
      return Told.refused("DUE_DATE_OUT_OF_RANGE");
    }
    if (a.cents() < 1) {
      return Told.refused("AMOUNT_OUT_OF_RANGE");
    }
    if (a.cents() > callable(agreement, a.funder())) {
      boolean onUse =
          agreement.versions.getLast().key.stream()
              .anyMatch(s -> s.funder().equals(a.funder()) && !s.preFinancier().isEmpty());
      return Told.refused(onUse ? "CALL_ABOVE_CLAIM" : "CALL_ABOVE_CEILING");
    }
    world.calls.put(a.call(), new Call(a));
    // Its payment reference is assigned by a fact of its own.
    world.furtherFacts++;
    return world.record(id, a, "");
  }

  Told cancel(Action.CancelCall a) {
    Call call = world.calls.get(a.call());
    if (call == null) {
      return Told.refused("UNKNOWN_CALL");
    }
    if (!call.cancelledFor.isEmpty()) {
      return call.cancelledFor.equals(a.reason())
          ? Told.again("")
          : Told.refused("CALL_ALREADY_CANCELLED");
    }
    if (call.open() == 0) {
      return Told.refused("CALL_ALREADY_PAID");
    }
    call.cancelledFor = a.reason();
    return Told.done("");
  }

  /** Up to what its cash is to cover, and for what it owes on use, less what is called already. */
  long callable(Agreement agreement, String funder) {
    long ceilings =
        agreement.versions.getLast().key.stream()
            .filter(share -> share.cashOwner().equals(funder))
            .mapToLong(Action.Share::ceiling)
            .sum();
    long idle = Funds.repayable(world, agreement, funder);
    long cash = agreement.cash.getOrDefault(funder, 0L) - idle;
    long prepaid = Math.max(0, ceilings - cash);
    long used = Math.max(0, world.owedOnUse(agreement, funder) - idle);
    return Math.max(0, prepaid + used - open(agreement.signed.agreement(), funder));
  }

  long open(String agreement, String funder) {
    return of(agreement, funder).stream().mapToLong(Call::open).sum();
  }

  private List<Call> of(String agreement, String funder) {
    return world.calls.values().stream()
        .filter(c -> c.made.agreement().equals(agreement) && c.made.funder().equals(funder))
        .toList();
  }

  /**
   * Money that came in settles the call that it names, then the oldest.
   *
   * @param named empty if the payment carries no call's reference
   * @return what of it settled which
   */
  Map<Call, Long> settle(String agreement, String funder, long cents, String named) {
    List<Call> calls = new ArrayList<>();
    @Nullable Call first = world.calls.get(named);
    if (first != null) {
      calls.add(first);
    }
    calls.addAll(of(agreement, funder));
    Map<Call, Long> settled = new LinkedHashMap<>();
    long left = cents;
    for (Call call : calls) {
      long before = left;
      left = call.settle(left);
      settled.merge(call, before - left, Long::sum);
    }
    return settled;
  }
}
