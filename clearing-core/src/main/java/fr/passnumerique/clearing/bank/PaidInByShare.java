package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fold of what each funder has paid in for an agreement and neither moved to another nor been
 * promised back: whether it is set aside for cheques or not. What has repaid within the agreement
 * has not left it: nobody could bring it back from anywhere.
 */
final class PaidInByShare {
  private final Map<Share, Long> cents = new HashMap<>();

  /** Give-backs of which the funder has nothing yet. */
  private final Map<CreditNoteId, CreditGivenBack> promised = new LinkedHashMap<>();

  private final Map<CreditNoteId, CreditGivenBack> refunded = new HashMap<>();

  /** The orders that are to refund notes, of whatever they are, until the end is known. */
  private final Map<CreditNoteId, RefundOrderId> underWay = new HashMap<>();

  /** By the agreement to which it went, what has not come back from there. */
  private final Map<Share, Map<AgreementId, Long>> moved = new HashMap<>();

  void fold(Fact fact) {
    switch (fact) {
      case FundsArrived f -> {
        if (f instanceof FundsTransferred transfer && !transfer.staysWithinAgreement()) {
          add(transfer.from(), transfer.funder(), -transfer.amountCents());
          move(transfer.funder(), transfer.from(), transfer.to(), transfer.amountCents());
          move(transfer.funder(), transfer.to(), transfer.from(), -transfer.amountCents());
        }
        add(f.arrivedFor(), f.funder(), f.ownCents());
        f.repaid().ifPresent(back -> add(f.arrivedFor(), back.preFinancier(), back.cents()));
      }
      case ReceiptTakenBack f -> {
        add(f.agreement(), f.funder(), -f.ownCents());
        f.repaid().ifPresent(back -> add(f.agreement(), back.preFinancier(), -back.cents()));
      }
      case CreditGivenBack f -> {
        add(f.agreement(), f.funder(), -f.amountCents());
        promised.put(f.creditNote(), f);
      }
      case GiveBackCancelled f -> {
        add(f.agreement(), f.funder(), f.amountCents());
        promised.remove(f.creditNote());
      }
      case RefundsOrdered f ->
          f.transfers().forEach(one -> underWay.put(one.creditNote(), f.order()));
      case RefundsCancelled f -> f.creditNotes().forEach(underWay::remove);
      case RefundRejected f -> underWay.remove(f.creditNote());
      case RefundReinstated f -> underWay.put(f.creditNote(), f.order());
      case CreditNoteRefunded f -> {
        underWay.remove(f.creditNote());
        pass(f.creditNote(), promised, refunded);
      }
      case RefundReturned f -> pass(f.creditNote(), refunded, promised);
      case RefundTakenBack f -> {
        f.order().ifPresent(order -> underWay.put(f.creditNote(), order));
        pass(f.creditNote(), refunded, promised);
      }
      default -> {}
    }
  }

  private static void pass(
      CreditNoteId note,
      Map<CreditNoteId, CreditGivenBack> from,
      Map<CreditNoteId, CreditGivenBack> to) {
    CreditGivenBack one = from.remove(note);
    if (one != null) {
      to.put(note, one);
    }
  }

  private void move(FunderId funder, AgreementId from, AgreementId to, long more) {
    moved
        .computeIfAbsent(new Share(from, funder), _ -> new TreeMap<>())
        .merge(to, more, Math::addExact);
  }

  long cents(AgreementId agreement, FunderId funder) {
    return cents.getOrDefault(new Share(agreement, funder), 0L);
  }

  /** What was promised back to the funder, who has nothing of it yet, the oldest first. */
  List<CreditGivenBack> promised(AgreementId agreement, FunderId funder) {
    return promised.values().stream()
        .filter(one -> one.agreement().equals(agreement) && one.funder().equals(funder))
        .toList();
  }

  /** By which a note is to be refunded: what it gives back cannot be cancelled; null if by none. */
  @Nullable RefundOrderId underWay(CreditNoteId note) {
    return underWay.get(note);
  }

  /** The other agreements that have money of the funder which was this one's. */
  List<AgreementId> movedTo(AgreementId agreement, FunderId funder) {
    return moved.getOrDefault(new Share(agreement, funder), Map.of()).entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void add(AgreementId agreement, FunderId funder, long more) {
    cents.merge(new Share(agreement, funder), more, Math::addExact);
  }
}
