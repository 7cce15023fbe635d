package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Set;

/**
 * The account to which a venue is paid from now on; it replaces the one before.
 *
 * @param account the IBAN and its holder, in the vault
 * @param fingerprint keyed digest of the IBAN: equal for equal IBANs, so that one run makes one
 *     transfer per IBAN without reading it; the key lies with the vault's
 */
public record VenueAccountOpened(VenueId venue, VaultReference account, String fingerprint)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, "account:" + venue, "accounts");
  }
}
