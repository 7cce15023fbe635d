package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Credit notes are to be refunded by credit transfers, one each. Moves no money, and nothing goes
 * to the bank before a second person releases it.
 *
 * @param transfers at least one
 * @param orderedBy the account
 */
public record RefundsOrdered(RefundOrderId order, List<Transfer> transfers, String orderedBy)
    implements Fact {
  public RefundsOrdered {
    transfers = List.copyOf(transfers);
  }

  /**
   * One credit transfer.
   *
   * @param transfer its end-to-end identification
   * @param account in force when the order was made
   * @param parts those of the credit note
   * @param free that of the credit note
   */
  public record Transfer(
      TransferId transfer,
      CreditNoteId creditNote,
      FunderId funder,
      VaultReference account,
      long amountCents,
      List<FundedCents> parts,
      @LeftOutWhenEmpty Optional<FreeCents> free) {
    public Transfer {
      parts = List.copyOf(parts);
    }
  }

  static String tag(RefundOrderId order) {
    return "refund-order:" + order;
  }

  long amountCents() {
    return transfers.stream().mapToLong(Transfer::amountCents).reduce(0, Math::addExact);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add(tag(order));
    for (Transfer transfer : transfers) {
      tags.add("credit-note:" + transfer.creditNote());
      tags.add("transfer:" + transfer.transfer());
    }
    return tags;
  }
}
