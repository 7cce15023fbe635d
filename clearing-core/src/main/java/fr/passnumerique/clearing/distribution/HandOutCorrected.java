package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cheques that were recorded as handed out were not: they are in the prescriber's stock, and their
 * validity has not begun.
 *
 * @param cheques in order of serial, ranges that touch joined
 */
public record HandOutCorrected(
    CorrectionId correction,
    PrescriberId prescriber,
    List<ChequeRange> cheques,
    List<FundedCents> shares)
    implements Fact {
  public HandOutCorrected {
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
