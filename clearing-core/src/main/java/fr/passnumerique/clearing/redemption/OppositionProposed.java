package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import java.util.List;
import java.util.Set;

/**
 * Somebody asked for more cheques to be opposed than one person may oppose alone. They can be spent
 * until a second person approves.
 *
 * @param asked in order of serial, ranges that touch joined
 * @param by the account that asked
 */
public record OppositionProposed(
    OppositionId opposition, List<ChequeRange> asked, Reason reason, String by) implements Fact {
  public OppositionProposed {
    asked = List.copyOf(asked);
  }

  @Override
  public Set<String> tags() {
    return Set.of(ChequesOpposed.tag(opposition));
  }
}
