package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped.Ground;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Set;

/**
 * A funder's proposed account was not confirmed and cannot be any more. It may be proposed again.
 *
 * @param account the vault's entry, as it was proposed
 * @param droppedBy the account
 */
public record FunderAccountProposalDropped(
    FunderId funder, VaultReference account, Ground ground, String droppedBy) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(FunderAccountProposed.tag(funder));
  }
}
