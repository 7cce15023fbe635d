package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;

/**
 * Pays the venue to this account from now on. The same account again is no change.
 *
 * @param account the vault's entry with IBAN and holder
 * @param fingerprint the vault's keyed digest of the IBAN
 */
public record OpenVenueAccount(VenueId venue, VaultReference account, String fingerprint)
    implements Command<VenueAccountOpened> {}
