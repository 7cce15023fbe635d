package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The bank debited the ring-fenced account for a credit note: the funder has its money back.
 *
 * @param bookedOn the bank's date, Europe/Paris
 * @param parts those of the credit note
 */
public record CreditNoteRefunded(
    CreditNoteId creditNote,
    FunderId funder,
    long amountCents,
    LocalDate bookedOn,
    List<FundedCents> parts)
    implements Fact {
  public CreditNoteRefunded {
    parts = List.copyOf(parts);
  }

  @Override
  public Set<String> tags() {
    return Set.of(CreditNoteIssued.tag(creditNote));
  }
}
