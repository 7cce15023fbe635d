package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.cover.CoverRegister.Owner;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fold of what clerks say that funders paid in and the bank has not shown: cash in the ledger, so
 * that cheques can be activated, and not yet what the bank says. A statement that closes on its day
 * or later proves or disproves it by its balance; until one does, who leans on it is not proven to
 * be covered.
 */
final class ByHand {
  private final Map<String, Receipt> unseen = new HashMap<>();

  private record Receipt(LocalDate on, Map<Owner, Long> cents) {}

  /**
   * @param entries the fact's
   */
  void fold(Fact fact, List<Entry> entries) {
    switch (fact) {
      case FundsReceived f when f.entry().isEmpty() -> {
        Map<Owner, Long> cents = new HashMap<>();
        for (Entry entry : entries) {
          if (entry.account().kind() == AccountKind.BANK) {
            Owner owner = new Owner(entry.account().agreement(), entry.account().funder());
            cents.merge(owner, entry.cents(), Math::addExact);
          }
        }
        unseen.put(f.receipt().value(), new Receipt(f.valueDate(), Map.copyOf(cents)));
      }
      case BankEntryProved f -> f.receipt().ifPresent(unseen::remove);
      case ReceiptTakenBack f -> unseen.remove(f.receipt().value());
      default -> {}
    }
  }

  /**
   * Of each owner, in cents.
   *
   * @param closingOn last day that a statement closes: what is of it or before is in its balance
   */
  Map<Owner, Long> after(LocalDate closingOn) {
    Map<Owner, Long> cents = new HashMap<>();
    for (Receipt receipt : unseen.values()) {
      if (receipt.on().isAfter(closingOn)) {
        receipt.cents().forEach((owner, part) -> cents.merge(owner, part, Math::addExact));
      }
    }
    return cents;
  }
}
