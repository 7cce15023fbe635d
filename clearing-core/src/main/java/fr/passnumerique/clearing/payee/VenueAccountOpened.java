package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Optional;
import java.util.Set;

/**
 * The account to which a venue is paid from now on; it replaces the one before.
 *
 * @param account the vault's entry with {@link OpenedAccount#IBAN} and {@link OpenedAccount#HOLDER}
 * @param fingerprint keyed digest of the IBAN: equal for equal IBANs, so that one run makes one
 *     transfer per IBAN without reading it; the key lies with the vault's
 * @param proposedBy the account that asked for it; empty in facts from before two persons were
 *     needed
 * @param confirmedBy another account, a clerk's
 */
public record VenueAccountOpened(
    VenueId venue,
    VaultReference account,
    String fingerprint,
    @LeftOutWhenEmpty Optional<String> proposedBy,
    @LeftOutWhenEmpty Optional<String> confirmedBy)
    implements OpenedAccount {
  /** On every fact that opens or closes a venue's account: the bank closes an IBAN for all. */
  public static final String ALL = "accounts";

  /** As one person opened it alone. */
  public VenueAccountOpened(VenueId venue, VaultReference account, String fingerprint) {
    this(venue, account, fingerprint, Optional.empty(), Optional.empty());
  }

  @Override
  public Payee payee() {
    return Payee.of(venue);
  }

  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, VenueAccountProposed.tag(venue), ALL);
  }
}
