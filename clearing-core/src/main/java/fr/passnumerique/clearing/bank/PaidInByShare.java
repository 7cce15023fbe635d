package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.HashMap;
import java.util.Map;

/**
 * A fold of what each funder has paid in for an agreement and neither moved to another nor been
 * promised back: whether it is set aside for cheques or not.
 */
final class PaidInByShare {
  private final Map<Share, Long> cents = new HashMap<>();

  void fold(Fact fact) {
    switch (fact) {
      case FundsArrived f -> {
        if (f instanceof FundsTransferred moved) {
          add(moved.from(), moved.funder(), -moved.amountCents());
        }
        add(f.arrivedFor(), f.funder(), f.ownCents());
        f.repaid().ifPresent(back -> add(f.arrivedFor(), back.preFinancier(), back.cents()));
      }
      case ReceiptTakenBack f -> {
        add(f.agreement(), f.funder(), -f.ownCents());
        f.repaid().ifPresent(back -> add(f.agreement(), back.preFinancier(), -back.cents()));
      }
      case CreditGivenBack f -> add(f.agreement(), f.funder(), -f.amountCents());
      case GiveBackCancelled f -> add(f.agreement(), f.funder(), f.amountCents());
      default -> {}
    }
  }

  long cents(AgreementId agreement, FunderId funder) {
    return cents.getOrDefault(new Share(agreement, funder), 0L);
  }

  private void add(AgreementId agreement, FunderId funder, long more) {
    cents.merge(new Share(agreement, funder), more, Math::addExact);
  }
}
