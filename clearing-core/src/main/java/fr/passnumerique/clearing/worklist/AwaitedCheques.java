package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cheques that somebody waits for from the operator: of an order of which none was delivered, and
 * new ones for those that people had in hand and that are opposed. Nobody waits any more once the
 * order has expired.
 */
final class AwaitedCheques {
  private final Map<OrderId, Batch> batches = new HashMap<>();
  private final Map<Batch, Undelivered> undelivered = new LinkedHashMap<>();
  private final Map<String, Opposed> opposed = new LinkedHashMap<>();

  private record Undelivered(OrderId order, Instant since) {}

  /** What is left of an opposition, by batch. */
  private static final class Opposed {
    private final Instant since;
    private final List<ChequeRange> asked;
    private final Map<Batch, Long> waiting = new HashMap<>();

    Opposed(Instant since, List<ChequeRange> asked) {
      this.since = since;
      this.asked = asked;
      asked.forEach(range -> waiting.merge(range.batch(), (long) range.count(), Long::sum));
    }

    private boolean holds(Serial cheque) {
      return asked.stream()
          .anyMatch(
              range ->
                  range.batch().equals(cheque.batch())
                      && range.first() <= cheque.ordinal()
                      && cheque.ordinal() <= range.last());
    }

    private void replace(Serial cheque) {
      if (holds(cheque)) {
        waiting.computeIfPresent(cheque.batch(), (_, left) -> left > 1 ? left - 1 : null);
      }
    }
  }

  void fold(Fact fact, Instant at) {
    switch (fact) {
      case ChequesIssued f -> {
        batches.put(f.order(), f.batch());
        undelivered.put(f.batch(), new Undelivered(f.order(), at));
      }
      case ChequesDelivered f -> undelivered.remove(f.cheques().batch());
      case ChequesOpposed f -> {
        List<ChequeRange> held =
            f.titles().stream()
                .filter(title -> title.where() == Whereabouts.HANDED_OUT)
                .flatMap(title -> title.cheques().stream())
                .toList();
        if (!held.isEmpty()) {
          opposed.put(f.opposition().value(), new Opposed(at, held));
        }
      }
      case ChequesReplaced f -> {
        f.replaced().forEach(cheque -> opposed.values().forEach(each -> each.replace(cheque)));
        opposed.values().removeIf(each -> each.waiting.isEmpty());
      }
      case ChequesExpired f -> {
        Batch over = batches.remove(f.order());
        if (over != null) {
          undelivered.remove(over);
          opposed.values().forEach(each -> each.waiting.remove(over));
          opposed.values().removeIf(each -> each.waiting.isEmpty());
        }
      }
      default -> {}
    }
  }

  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    undelivered
        .values()
        .forEach(
            order -> tasks.add(task(Kind.DELIVER_ORDER, order.order().value(), order.since())));
    opposed.forEach((id, each) -> tasks.add(task(Kind.REPLACE_CHEQUES, id, each.since)));
    return tasks;
  }

  private static Task task(Kind kind, String about, Instant since) {
    return new Task(kind, about, since, 0, Optional.empty(), Optional.empty());
  }
}
