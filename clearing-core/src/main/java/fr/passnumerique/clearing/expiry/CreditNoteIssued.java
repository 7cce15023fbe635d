package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Operator and funder agreed what is due back of an order: the credit note (avoir) for it. From
 * here on nothing of the order can be replaced any more.
 *
 * @param funder who paid it in: of a share paid on use, its pre-financier
 * @param amountCents Σ of the parts, above zero
 * @param issuedOn Europe/Paris
 */
public record CreditNoteIssued(
    CreditNoteId creditNote,
    OrderId order,
    FunderId funder,
    long amountCents,
    LocalDate issuedOn,
    List<FundedCents> parts)
    implements Fact {
  public CreditNoteIssued {
    parts = List.copyOf(parts);
  }

  static String tag(CreditNoteId creditNote) {
    return "credit-note:" + creditNote;
  }

  @Override
  public Set<String> tags() {
    return Set.of(ChequesExpired.tag(order), tag(creditNote));
  }
}
