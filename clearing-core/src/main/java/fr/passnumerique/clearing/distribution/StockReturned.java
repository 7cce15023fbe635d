package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A prescriber's stock went back to the operator's: sent back, or never delivered as it was
 * recorded.
 *
 * @param cheques in order of serial, ranges that touch joined
 */
public record StockReturned(
    CorrectionId correction,
    PrescriberId prescriber,
    List<ChequeRange> cheques,
    List<FundedCents> shares)
    implements Fact {
  public StockReturned {
    cheques = List.copyOf(cheques);
    shares = List.copyOf(shares);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add(TakeBackDecision.tag(prescriber, correction));
    cheques.forEach(range -> tags.add("batch:" + range.batch()));
    return tags;
  }
}
