package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Set;

/**
 * The account to which a venue is paid from now on; it replaces the one before.
 *
 * @param account the vault's entry with {@link #IBAN} and {@link #HOLDER}
 * @param fingerprint keyed digest of the IBAN: equal for equal IBANs, so that one run makes one
 *     transfer per IBAN without reading it; the key lies with the vault's
 */
public record VenueAccountOpened(VenueId venue, VaultReference account, String fingerprint)
    implements Fact {
  /** In the vault's entry: letters and digits without blanks. */
  public static final String IBAN = "iban";

  /** In the vault's entry: who holds the account, 1 to 70 characters. */
  public static final String HOLDER = "holder";

  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, "account:" + venue, "accounts");
  }
}
