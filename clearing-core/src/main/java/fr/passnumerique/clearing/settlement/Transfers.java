package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where every transfer stands that was ever ordered, and which lines it took. These are kept for
 * good, so this grows with what was ever paid: 8 bytes a line and some hundreds a slip, for 9
 * million lines a year some 200 MB by reckoning. The bank may send a paid transfer back on any day,
 * or pay one that it had rejected, and its word is never refused; what is owed then are these
 * lines, which the facts of the return do not name and a fold cannot look up. The road not taken,
 * forgetting them after a time in which banks can recall, would make a late return stop the node.
 */
final class Transfers {
  private final Map<TransferId, Transfer> states = new HashMap<>();

  /** Runs are listed by the hundred, and each may have thousands of transfers. */
  private final Map<SettlementRunId, Count> counts = new HashMap<>();

  /** As they were ordered, of transfers that have an end: the bank may take it back. */
  private final Map<TransferId, Transfer.Ordered> ended = new HashMap<>();

  /** All, each numbered by its place from 1. */
  private final List<TransferId> numbered = new ArrayList<>();

  /** Knows of each the first transfer that took lines of it. */
  private final PresentedSlips slips;

  /**
   * By position of the slip's fact, the later ones, which few slips have; of a lifted reversal's,
   * all.
   */
  private final Map<Long, List<Taken>> later = new HashMap<>();

  /**
   * That a transfer took lines of a slip.
   *
   * @param place among all that it took
   */
  record Taken(TransferId transfer, int place) {}

  /**
   * How many of a run's transfers are how far.
   *
   * @param waiting those without an end
   */
  record Count(
      int waiting, long waitingCents, int executed, int confirmed, int rejected, int returned) {
    static final Count NONE = new Count(0, 0, 0, 0, 0, 0);

    private static Count of(Transfer transfer) {
      return switch (transfer) {
        case Transfer.Ordered order -> new Count(1, order.amountCents(), 0, 0, 0, 0);
        case Transfer.Executed _ -> new Count(0, 0, 1, 0, 0, 0);
        case Transfer.Confirmed _ -> new Count(0, 0, 0, 1, 0, 0);
        case Transfer.Rejected _ -> new Count(0, 0, 0, 0, 1, 0);
        case Transfer.Returned _ -> new Count(0, 0, 0, 0, 0, 1);
        case Transfer.Cancelled _ -> NONE;
      };
    }

    private Count plus(Count other, int sign) {
      return new Count(
          waiting + sign * other.waiting,
          waitingCents + sign * other.waitingCents,
          executed + sign * other.executed,
          confirmed + sign * other.confirmed,
          rejected + sign * other.rejected,
          returned + sign * other.returned);
    }

    /** By the bank's word or its booking. */
    int paid() {
      return executed + confirmed;
    }

    /** Rejected or come back: owed again. */
    int failed() {
      return rejected + returned;
    }
  }

  Transfers(PresentedSlips slips) {
    this.slips = slips;
  }

  /** Null if it was never ordered. */
  @Nullable Transfer of(TransferId id) {
    return states.get(id);
  }

  /**
   * @throws IllegalStateException if it was never ordered
   */
  Transfer known(TransferId id) {
    Transfer transfer = states.get(id);
    if (transfer == null) {
      throw new IllegalStateException("transfer %s was never ordered".formatted(id));
    }
    return transfer;
  }

  Count count(SettlementRunId run) {
    return counts.getOrDefault(run, Count.NONE);
  }

  /** As it was ordered, whatever has become of it; null if it was never sent. */
  Transfer.@Nullable Ordered order(TransferId id) {
    return states.get(id) instanceof Transfer.Ordered ordered ? ordered : ended.get(id);
  }

  /** The transfer that is to pay a line, while its end is not known; null if there is none. */
  @Nullable TransferId paying(long slip, Serial cheque) {
    for (Taken taken : ofSlip(slip)) {
      if (known(taken.transfer()) instanceof Transfer.Ordered order
          && order.taken().get(taken.place()).lines().contains(cheque)) {
        return taken.transfer();
      }
    }
    return null;
  }

  /** All that ever took lines of a slip, in the order in which they did. */
  List<Taken> ofSlip(long slip) {
    List<Taken> taken = new ArrayList<>();
    PresentedSlips.First first = slips.first(slip);
    if (first != null) {
      taken.add(new Taken(numbered.get(first.transfer() - 1), first.place()));
    }
    taken.addAll(later.getOrDefault(slip, List.of()));
    return taken;
  }

  // --- facts

  void send(TransferId id, Transfer.Ordered order) {
    if (put(id, order) != null) {
      // It goes out again with the lines that it had taken.
      return;
    }
    numbered.add(id);
    for (int place = 0; place < order.taken().size(); place++) {
      long slip = order.taken().get(place).position();
      if (!slips.takeFirst(slip, numbered.size(), place)) {
        later.computeIfAbsent(slip, _ -> new ArrayList<>(1)).add(new Taken(id, place));
      }
    }
  }

  /** Its end is known, and may be taken back. */
  Transfer.Ordered end(TransferId id, Transfer as) {
    Transfer.Ordered order = stop(id, as);
    ended.put(id, order);
    return order;
  }

  /** It never went to the bank. */
  Transfer.Ordered cancel(TransferId id, SettlementRunId run) {
    return stop(id, new Transfer.Cancelled(run));
  }

  private Transfer.Ordered stop(TransferId id, Transfer as) {
    Transfer.Ordered order = onItsWay(id);
    put(id, as);
    return order;
  }

  /** It has come from one end to another: debited since it was executed, come back since paid. */
  void move(TransferId id, Transfer to) {
    put(id, to);
  }

  private @Nullable Transfer put(TransferId id, Transfer now) {
    Transfer before = states.put(id, now);
    Count count = before == null ? count(now.run()) : count(now.run()).plus(Count.of(before), -1);
    counts.put(now.run(), count.plus(Count.of(now), 1));
    return before;
  }

  private Transfer.Ordered onItsWay(TransferId id) {
    if (known(id) instanceof Transfer.Ordered ordered) {
      return ordered;
    }
    throw new IllegalStateException("transfer %s has two ends".formatted(id));
  }
}
