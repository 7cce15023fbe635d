package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Operator and funder agreed what is due back of an order: the credit note (avoir) for it. From
 * here on nothing of the order can be replaced any more.
 *
 * @param funder who paid it in: of a share paid on use its pre-financier, until that was repaid
 * @param amountCents Σ of the parts, above zero
 * @param issuedOn Europe/Paris
 * @param recovered reversed lines whose value it credits, of a supplementary note; empty for the
 *     note of the statement
 * @param preFinancier out of whose cash it is given: the funder pays on use, and had repaid this
 *     one for the lines before they were reversed, or for slips that were withdrawn since. The
 *     parts are the funder's own then
 */
public record CreditNoteIssued(
    CreditNoteId creditNote,
    OrderId order,
    FunderId funder,
    long amountCents,
    LocalDate issuedOn,
    List<FundedCents> parts,
    @LeftOutWhenEmpty List<Recovered> recovered,
    @LeftOutWhenEmpty Optional<FunderId> preFinancier)
    implements Fact, CreditNote {

  /** A reversed line whose value came back. */
  public record Recovered(ReversalId reversal, VenueId venue, Serial cheque) {}

  public CreditNoteIssued {
    parts = List.copyOf(parts);
    recovered = List.copyOf(recovered);
  }

  static String tag(CreditNoteId creditNote) {
    return "credit-note:" + creditNote;
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of(ChequesExpired.tag(order), tag(creditNote)));
    preFinancier.ifPresent(_ -> parts.forEach(part -> tags.add("agreement:" + part.agreement())));
    for (Recovered line : recovered) {
      tags.add("reversal:" + line.reversal());
      tags.add("reversals:" + line.venue());
    }
    return tags;
  }
}
