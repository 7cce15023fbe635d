package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cheques that prescribers hold and that want something done: of orders that come to their end,
 * which are handed out first, and no more once all funders have approved it; and those that replace
 * lost ones. Opposed ones that lie in a stock are counted with it.
 */
final class HeldStock {
  private final Map<Batch, Order> byBatch = new HashMap<>();
  private final Map<OrderId, Order> orders = new LinkedHashMap<>();

  /** Of an order that has not expired. */
  private static final class Order {
    private final OrderId id;
    private final Batch batch;
    private final Set<String> asked = new HashSet<>();
    private final Map<PrescriberId, Long> held = new HashMap<>();
    private final Map<PrescriberId, Instant> deliveredAt = new HashMap<>();
    private final LocalDate endsOn;
    private final boolean replaces;
    private Optional<Instant> announcedAt = Optional.empty();
    private Optional<Instant> blockedAt = Optional.empty();

    Order(ChequesIssued issued) {
      this.id = issued.order();
      this.batch = issued.batch();
      this.endsOn = issued.endsOn();
      this.replaces = issued.replaces();
      for (FundedCents part : issued.shares()) {
        asked.add(part.funder().value());
        asked.add(part.cashOwner().value());
      }
    }

    private Optional<Task> task(PrescriberId holder) {
      if (held.getOrDefault(holder, 0L) <= 0) {
        return Optional.empty();
      }
      if (blockedAt.isPresent()) {
        return Optional.of(task(Kind.STOP_HANDING_OUT, blockedAt.get(), Optional.empty()));
      }
      if (replaces) {
        Instant since = deliveredAt.get(holder);
        return Optional.ofNullable(since)
            .map(at -> task(Kind.HAND_OVER_REPLACEMENT, at, Optional.empty()));
      }
      return announcedAt.map(at -> task(Kind.HAND_OUT_BEFORE_END, at, Optional.of(endsOn)));
    }

    private Task task(Kind kind, Instant since, Optional<LocalDate> dueOn) {
      return new Task(kind, id.value(), since, 0, dueOn, Optional.empty());
    }
  }

  void fold(Fact fact, Instant recordedAt) {
    switch (fact) {
      case ChequesIssued f -> {
        Order order = new Order(f);
        byBatch.put(f.batch(), order);
        orders.put(f.order(), order);
      }
      case ChequesDelivered f -> {
        move(f.prescriber(), List.of(f.cheques()), 1);
        Order order = byBatch.get(f.cheques().batch());
        if (order != null) {
          order.deliveredAt.put(f.prescriber(), recordedAt);
        }
      }
      case ChequesHandedOut f -> move(f.prescriber(), f.cheques(), -1);
      case StockReturned f -> move(f.prescriber(), f.cheques(), -1);
      case HandOutCorrected f -> move(f.prescriber(), f.cheques(), 1);
      case ExpiryAnnounced f -> {
        Order order = orders.get(f.order());
        if (order != null) {
          order.announcedAt = Optional.of(recordedAt);
        }
      }
      case ExpirySigned f when f.step() == ExpiryStep.APPROVAL -> approve(f, recordedAt);
      case ChequesExpired f -> {
        Order over = orders.remove(f.order());
        if (over != null) {
          byBatch.remove(over.batch);
        }
      }
      default -> {}
    }
  }

  private void move(PrescriberId prescriber, List<ChequeRange> cheques, int sign) {
    for (ChequeRange range : cheques) {
      Order order = byBatch.get(range.batch());
      if (order != null) {
        order.held.merge(prescriber, (long) sign * range.count(), Long::sum);
      }
    }
  }

  private void approve(ExpirySigned signed, Instant at) {
    Order order = orders.get(signed.order());
    if (order != null && signed.funder().isPresent()) {
      order.asked.remove(signed.funder().get().value());
      if (order.asked.isEmpty() && order.blockedAt.isEmpty()) {
        order.blockedAt = Optional.of(at);
      }
    }
  }

  /**
   * @param prescriber whose tasks, until it has sent the stock back or the order expires
   */
  List<Task> tasks(String prescriber) {
    PrescriberId holder = new PrescriberId(prescriber);
    return orders.values().stream().flatMap(order -> order.task(holder).stream()).toList();
  }
}
