package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.ALREADY_DELIVERED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.BATCH_EXPIRED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.CHEQUE_OPPOSED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.DELIVERED_AFTER_END;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.DELIVERED_BEFORE_ISSUE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.DELIVERED_IN_FUTURE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.DELIVERY_ALREADY_RECORDED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_IN_BATCH;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_WHOLE_CARNETS;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.UNKNOWN_BATCH;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.UNKNOWN_PRESCRIBER;

import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the batch (who holds its cheques, which are lost) and at the prescriber being known.
 * Every delivery changes its batch, so no cheque is delivered twice.
 */
final class DeliverChequesDecision implements Decider<DeliverCheques, ChequesDelivered> {
  private final DistributionRegister register;

  DeliverChequesDecision(DistributionRegister register) {
    this.register = register;
  }

  @Override
  public Class<DeliverCheques> command() {
    return DeliverCheques.class;
  }

  @Override
  public Decision<ChequesDelivered> decide(DeliverCheques c, Instant receivedAt) {
    Long recorded = register.delivery(c.delivery());
    if (recorded != null) {
      return new Decision.Known<>(recorded, fact -> reply((ChequesDelivered) fact, c));
    }
    if (register.prescriber(c.prescriber()) == null) {
      return Decision.refuse(unknown(c.prescriber()));
    }
    BatchStock stock = register.batch(c.batch());
    if (stock == null) {
      return Decision.refuse(
          UNKNOWN_BATCH.because(
              "batch",
              "batch %s is not issued".formatted(c.batch()),
              "copy the batch from the order's answer or from a cheque"));
    }
    Refusal refusal = notInBatch(c, stock.issued());
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    ChequeRange cheques = new ChequeRange(c.batch(), c.firstOrdinal(), c.lastOrdinal());
    refusal = notWholeCarnets(cheques, stock);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    refusal = refusal(c, stock, cheques, Paris.dayOf(receivedAt));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    ChequesDelivered fact =
        new ChequesDelivered(
            c.delivery(),
            c.prescriber(),
            cheques,
            c.deliveredOn(),
            stock.cents().shares(cheques.first(), cheques.last()));
    return Decision.accept(
        fact,
        Boundary.of(
            "delivery:" + c.delivery(), "batch:" + c.batch(), "prescriber:" + c.prescriber()),
        fact);
  }

  static Refusal unknown(PrescriberId prescriber) {
    return UNKNOWN_PRESCRIBER.because(
        "prescriber",
        "prescriber %s is not registered".formatted(prescriber),
        "register it first or correct the identifier");
  }

  static Refusal opposed(Serial cheque, String field) {
    return CHEQUE_OPPOSED.because(
        field,
        "a cheque that was reported lost or stolen goes to nobody, %s was".formatted(cheque),
        "leave it out, and have it replaced if it was found missing");
  }

  private static Decision.Reply<ChequesDelivered> reply(
      ChequesDelivered recorded, DeliverCheques c) {
    boolean same =
        recorded.prescriber().equals(c.prescriber())
            && recorded.cheques().batch().equals(c.batch())
            && recorded.cheques().first() == c.firstOrdinal()
            && recorded.cheques().last() == c.lastOrdinal()
            && recorded.deliveredOn().equals(c.deliveredOn());
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            DELIVERY_ALREADY_RECORDED.because(
                "delivery",
                "delivery %s is recorded with other contents".formatted(c.delivery()),
                "choose another identifier for another delivery"));
  }

  static Refusal expired(ChequesIssued batch) {
    return BATCH_EXPIRED.because(
        "batch",
        "what was left of batch %s has expired".formatted(batch.batch()),
        "use cheques of a later order");
  }

  private static @Nullable Refusal notInBatch(DeliverCheques c, ChequesIssued batch) {
    int first = c.firstOrdinal();
    int last = c.lastOrdinal();
    if (first < 1 || last < first || last > batch.chequeCount()) {
      return NOT_IN_BATCH.because(
          first < 1 ? "firstOrdinal" : "lastOrdinal",
          "batch %s has cheques 1 to %d, got %d to %d"
              .formatted(batch.batch(), batch.chequeCount(), first, last),
          "give ordinals of the batch, the lower first");
    }
    return null;
  }

  /**
   * A carnet that is whole in the operator's stock is not torn apart. Of one that is not any more,
   * since some of its cheques are elsewhere or lost, any may go: a cheque that came back alone, or
   * nine of which the tenth was replaced, would else stay where they are until they expire.
   */
  private static @Nullable Refusal notWholeCarnets(ChequeRange cheques, BatchStock stock) {
    int perCarnet = stock.issued().chequesPerCarnet();
    int first = cheques.first();
    int last = cheques.last();
    int wholeFirst = first - (first - 1) % perCarnet;
    int wholeLast = last + (perCarnet - last % perCarnet) % perCarnet;
    boolean tearsFirst = first != wholeFirst && isWhole(wholeFirst, perCarnet, stock);
    boolean tearsLast = last != wholeLast && isWhole(wholeLast - perCarnet + 1, perCarnet, stock);
    return !tearsFirst && !tearsLast
        ? null
        : NOT_WHOLE_CARNETS.because(
            tearsFirst ? "firstOrdinal" : "lastOrdinal",
            "a carnet that is whole in stock is delivered whole, and %d to %d tear one of %d apart"
                .formatted(first, last, perCarnet),
            "deliver %d to %d"
                .formatted(tearsFirst ? wholeFirst : first, tearsLast ? wholeLast : last));
  }

  private static boolean isWhole(int first, int perCarnet, BatchStock stock) {
    ChequeRange carnet = new ChequeRange(stock.issued().batch(), first, first + perCarnet - 1);
    return stock.deliveredWithin(carnet) == 0 && stock.opposedWithin(carnet) == 0;
  }

  private static @Nullable Refusal refusal(
      DeliverCheques c, BatchStock stock, ChequeRange cheques, LocalDate today) {
    ChequesIssued batch = stock.issued();
    if (stock.isExpired()) {
      return expired(batch);
    }
    int delivered = stock.deliveredWithin(cheques);
    if (delivered > 0) {
      return ALREADY_DELIVERED.because(
          delivered == cheques.first() ? "firstOrdinal" : "lastOrdinal",
          "a cheque leaves the operator's stock once, %s has left it"
              .formatted(new Serial(batch.batch(), delivered)),
          "leave it out; what else of its carnet is in stock can be delivered without it");
    }
    int opposed = stock.opposedWithin(cheques);
    if (opposed > 0) {
      return opposed(new Serial(batch.batch(), opposed), "firstOrdinal");
    }
    if (c.deliveredOn().isAfter(today)) {
      return DELIVERED_IN_FUTURE.because(
          "deliveredOn",
          "a delivery is recorded once it is made, deliveredOn is %s and today is %s"
              .formatted(c.deliveredOn(), today),
          "correct the date or record it on that day");
    }
    if (c.deliveredOn().isBefore(batch.issuedOn())) {
      return DELIVERED_BEFORE_ISSUE.because(
          "deliveredOn",
          "batch %s was issued on %s, a delivery on %s is before"
              .formatted(batch.batch(), batch.issuedOn(), c.deliveredOn()),
          "correct the date");
    }
    if (c.deliveredOn().isAfter(batch.endsOn())) {
      return DELIVERED_AFTER_END.because(
          "deliveredOn",
          "cheques of batch %s end on %s, a delivery on %s is after"
              .formatted(batch.batch(), batch.endsOn(), c.deliveredOn()),
          "deliver cheques of a later order");
    }
    return null;
  }
}
