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
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cheques that somebody waits for from the operator: of an order of which none was delivered, and
 * new ones for those that people had in hand and that are opposed. Nobody waits any more once the
 * order has expired.
 */
final class AwaitedCheques {
  private final Map<OrderId, Batch> batches = new HashMap<>();
  private final Map<Batch, Undelivered> undelivered = new LinkedHashMap<>();
  private final Map<String, Opposed> opposed = new LinkedHashMap<>();

  /**
   * Whose opposition stops which cheques that people had in hand, by batch and first ordinal: also
   * those that a slip had redeemed, which nobody misses unless it is withdrawn.
   */
  private final Map<Batch, TreeMap<Integer, Stopped>> stopped = new HashMap<>();

  private record Undelivered(OrderId order, Instant since) {}

  private record Stopped(String opposition, int last) {}

  /** What is left of an opposition, by batch. */
  private static final class Opposed {
    private final Instant since;
    private final Map<Batch, Long> waiting = new HashMap<>();

    Opposed(Instant since) {
      this.since = since;
    }

    private void await(Batch batch, long count) {
      waiting.merge(batch, count, Long::sum);
    }

    private void replace(Batch batch) {
      waiting.computeIfPresent(batch, (_, left) -> left > 1 ? left - 1 : null);
    }
  }

  void fold(Fact fact, Instant at) {
    switch (fact) {
      case ChequesIssued f -> {
        batches.put(f.order(), f.batch());
        undelivered.put(f.batch(), new Undelivered(f.order(), at));
      }
      case ChequesDelivered f -> undelivered.remove(f.cheques().batch());
      case ChequesOpposed f -> oppose(f, at);
      case SlipWithdrawn f ->
          f.opposed()
              .forEach(
                  cheque -> stops(cheque).ifPresent(id -> await(id, at).await(cheque.batch(), 1)));
      case ChequesReplaced f -> {
        f.replaced().forEach(this::replace);
        opposed.values().removeIf(each -> each.waiting.isEmpty());
      }
      case ChequesExpired f -> {
        Batch over = batches.remove(f.order());
        if (over != null) {
          undelivered.remove(over);
          stopped.remove(over);
          opposed.values().forEach(each -> each.waiting.remove(over));
          opposed.values().removeIf(each -> each.waiting.isEmpty());
        }
      }
      default -> {}
    }
  }

  private void oppose(ChequesOpposed fact, Instant at) {
    String opposition = fact.opposition().value();
    for (ChequesOpposed.TitlesHeld title : fact.titles()) {
      if (title.where() == Whereabouts.HANDED_OUT) {
        for (ChequeRange range : title.cheques()) {
          stop(range, opposition);
          await(opposition, at).await(range.batch(), range.count());
        }
      }
    }
    // Whoever spent them had them in hand.
    fact.accepted().forEach(range -> stop(range, opposition));
  }

  private void stop(ChequeRange range, String opposition) {
    stopped
        .computeIfAbsent(range.batch(), _ -> new TreeMap<>())
        .put(range.first(), new Stopped(opposition, range.last()));
  }

  private Opposed await(String opposition, Instant at) {
    return opposed.computeIfAbsent(opposition, _ -> new Opposed(at));
  }

  /** The opposition that stops a cheque. */
  private Optional<String> stops(Serial cheque) {
    return Optional.ofNullable(stopped.get(cheque.batch()))
        .map(ranges -> ranges.floorEntry(cheque.ordinal()))
        .map(Map.Entry::getValue)
        .filter(range -> cheque.ordinal() <= range.last())
        .map(Stopped::opposition);
  }

  private void replace(Serial cheque) {
    stops(cheque).map(opposed::get).ifPresent(each -> each.replace(cheque.batch()));
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
