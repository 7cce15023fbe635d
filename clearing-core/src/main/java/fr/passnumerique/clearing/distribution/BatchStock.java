package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.distribution.Holdings.Held;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the cheques of one batch: a range per delivery, and a bit per cheque that is handed
 * out, and per one that is lost.
 */
final class BatchStock {
  private final CentsOfCheques cents;

  private final Holdings holdings = new Holdings();
  private final BitSet handedOut = new BitSet();
  private final BitSet opposed = new BitSet();
  private final BitSet redeemed = new BitSet();
  private boolean expired;

  /** By ordinal: the position of the last correction by which it was not handed out after all. */
  private final Map<Integer, Long> correctedAt = new HashMap<>();

  /** The day on which a funder of the order approved the block of its cheques. */
  private final Map<FunderId, LocalDate> approvedOn = new HashMap<>();

  BatchStock(CentsOfCheques cents) {
    this.cents = cents;
  }

  ChequesIssued issued() {
    return cents.issued();
  }

  CentsOfCheques cents() {
    return cents;
  }

  void deliver(ChequeRange cheques, PrescriberId prescriber, LocalDate deliveredOn) {
    holdings.deliver(cheques, prescriber, deliveredOn);
  }

  void handOut(ChequeRange cheques) {
    handedOut.set(cheques.first(), cheques.last() + 1);
  }

  void approve(FunderId funder, LocalDate on) {
    approvedOn.putIfAbsent(funder, on);
  }

  /**
   * The day of the last approval, once all who have a share of the order, or advance one, have
   * approved; null before.
   */
  @Nullable LocalDate blockedOn() {
    LocalDate last = null;
    for (FundedCents part : issued().shares()) {
      for (FunderId funder : List.of(part.funder(), part.cashOwner())) {
        LocalDate on = approvedOn.get(funder);
        if (on == null) {
          return null;
        }
        last = last == null || on.isAfter(last) ? on : last;
      }
    }
    return last;
  }

  void expire() {
    expired = true;
  }

  /** From then on its cheques stay where they are. */
  boolean isExpired() {
    return expired;
  }

  /** The delivery that holds this cheque; null while it is in the operator's stock. */
  @Nullable Held holding(int ordinal) {
    return holdings.at(ordinal);
  }

  /** What this prescriber can still hand out: in order, and what touches is one range. */
  List<ChequeRange> inStockOf(PrescriberId prescriber) {
    List<ChequeRange> inStock = new ArrayList<>();
    if (expired) {
      return inStock;
    }
    BitSet gone = (BitSet) handedOut.clone();
    gone.or(opposed);
    for (ChequeRange held : holdings.of(issued().batch(), prescriber)) {
      int first = gone.nextClearBit(held.first());
      while (first <= held.last()) {
        int next = gone.nextSetBit(first);
        int last = next < 0 ? held.last() : Math.min(held.last(), next - 1);
        ChequeRange before = inStock.isEmpty() ? null : inStock.getLast();
        if (before != null && before.last() + 1 == first) {
          inStock.removeLast();
          first = before.first();
        }
        inStock.add(new ChequeRange(held.batch(), first, last));
        first = gone.nextClearBit(last + 1);
      }
    }
    return inStock;
  }

  /** The first cheque of the range that was delivered to anyone; 0 if none was. */
  int deliveredWithin(ChequeRange cheques) {
    Integer next = holdings.nextFrom(cheques.first());
    return next != null && next <= cheques.last() ? next : 0;
  }

  /** The first cheque of the range that was never delivered to this prescriber; 0 if all were. */
  int notHeldWithin(ChequeRange cheques, PrescriberId prescriber) {
    int ordinal = cheques.first();
    while (ordinal <= cheques.last()) {
      Held delivered = holding(ordinal);
      if (delivered == null || !delivered.prescriber().equals(prescriber)) {
        return ordinal;
      }
      ordinal = delivered.last() + 1;
    }
    return 0;
  }

  void takeBack(ChequeRange cheques) {
    holdings.takeBack(cheques);
  }

  void correctHandOut(ChequeRange cheques, long position) {
    handedOut.clear(cheques.first(), cheques.last() + 1);
    for (int ordinal = cheques.first(); ordinal <= cheques.last(); ordinal++) {
      correctedAt.put(ordinal, position);
    }
  }

  /** Those of a hand-out's cheques that no correction put back into stock since. */
  List<ChequeRange> leftOf(ChequeRange handedOut, long position) {
    List<ChequeRange> left = new ArrayList<>();
    int first = handedOut.first();
    for (int ordinal = first; ordinal <= handedOut.last(); ordinal++) {
      if (correctedAt.getOrDefault(ordinal, 0L) > position) {
        if (first < ordinal) {
          left.add(new ChequeRange(handedOut.batch(), first, ordinal - 1));
        }
        first = ordinal + 1;
      }
    }
    if (first <= handedOut.last()) {
      left.add(new ChequeRange(handedOut.batch(), first, handedOut.last()));
    }
    return left;
  }

  void redeem(int ordinal) {
    redeemed.set(ordinal);
  }

  void release(int ordinal) {
    redeemed.clear(ordinal);
  }

  /** The first cheque of the range that is not handed out; 0 if all are. */
  int notHandedOutWithin(ChequeRange cheques) {
    int ordinal = handedOut.nextClearBit(cheques.first());
    return ordinal <= cheques.last() ? ordinal : 0;
  }

  /** The first cheque of the range that a slip redeemed; 0 if none is. */
  int redeemedWithin(ChequeRange cheques) {
    int ordinal = redeemed.nextSetBit(cheques.first());
    return ordinal >= cheques.first() && ordinal <= cheques.last() ? ordinal : 0;
  }

  void oppose(ChequeRange cheques) {
    opposed.set(cheques.first(), cheques.last() + 1);
  }

  /** The first cheque of the range that was reported lost or stolen; 0 if none was. */
  int opposedWithin(ChequeRange cheques) {
    int ordinal = opposed.nextSetBit(cheques.first());
    return ordinal >= cheques.first() && ordinal <= cheques.last() ? ordinal : 0;
  }

  /** The first cheque of the range that is handed out; 0 if none is. */
  int handedOutWithin(ChequeRange cheques) {
    int ordinal = handedOut.nextSetBit(cheques.first());
    return ordinal >= cheques.first() && ordinal <= cheques.last() ? ordinal : 0;
  }

  /** The latest delivery of cheques of the range, all of which are delivered. */
  LocalDate deliveredOn(ChequeRange cheques) {
    LocalDate latest = LocalDate.MIN;
    int ordinal = cheques.first();
    while (ordinal <= cheques.last()) {
      Held delivered = holding(ordinal);
      if (delivered == null) {
        throw new IllegalArgumentException("cheque %d is not delivered".formatted(ordinal));
      }
      latest = delivered.deliveredOn().isAfter(latest) ? delivered.deliveredOn() : latest;
      ordinal = delivered.last() + 1;
    }
    return latest;
  }
}
