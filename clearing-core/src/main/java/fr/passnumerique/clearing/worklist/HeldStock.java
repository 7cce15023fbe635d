package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cheques that prescribers hold of orders whose funders have all approved the end: they are to
 * be handed out no more. Opposed ones that lie in a stock are counted with it.
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
    private Optional<Instant> blockedAt = Optional.empty();

    Order(ChequesIssued issued) {
      this.id = issued.order();
      this.batch = issued.batch();
      for (FundedCents part : issued.shares()) {
        asked.add(part.funder().value());
        asked.add(part.cashOwner().value());
      }
    }
  }

  void fold(Fact fact, Instant recordedAt) {
    switch (fact) {
      case ChequesIssued f -> {
        Order order = new Order(f);
        byBatch.put(f.batch(), order);
        orders.put(f.order(), order);
      }
      case ChequesDelivered f -> move(f.prescriber(), List.of(f.cheques()), 1);
      case ChequesHandedOut f -> move(f.prescriber(), f.cheques(), -1);
      case StockReturned f -> move(f.prescriber(), f.cheques(), -1);
      case HandOutCorrected f -> move(f.prescriber(), f.cheques(), 1);
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
    List<Task> tasks = new ArrayList<>();
    for (Order order : orders.values()) {
      if (order.blockedAt.isPresent() && order.held.getOrDefault(holder, 0L) > 0) {
        tasks.add(
            new Task(
                Kind.STOP_HANDING_OUT,
                order.id.value(),
                order.blockedAt.get(),
                0,
                Optional.empty(),
                Optional.empty()));
      }
    }
    return tasks;
  }
}
