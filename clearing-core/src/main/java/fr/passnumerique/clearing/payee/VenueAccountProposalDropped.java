package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Set;

/**
 * A proposed account was not confirmed and cannot be any more. It may be proposed again.
 *
 * @param account the vault's entry, as it was proposed
 * @param droppedBy the account
 */
public record VenueAccountProposalDropped(
    VenueId venue, VaultReference account, Ground ground, String droppedBy) implements Fact {

  /** By whom. */
  public enum Ground {
    /** The account that had proposed it. */
    WITHDRAWN,
    /** Another. */
    REFUSED
  }

  @Override
  public Set<String> tags() {
    return Set.of(VenueAccountProposed.tag(venue));
  }
}
