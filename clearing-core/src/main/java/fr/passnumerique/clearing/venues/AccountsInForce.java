package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.vault.VaultReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which account each venue is paid to: one rule for all who need to know. The bank closes an IBAN
 * and not a venue, so a rejected transfer closes the account of every venue that is paid to the
 * same IBAN, whether or not the transfer was for it and whoever holds it in the vault. A venue that
 * has meanwhile opened another keeps it; one that opens a closed IBAN again means it, since the
 * bank may have rejected it for a day only.
 */
public final class AccountsInForce {
  private final Map<VenueId, VenueAccountOpened> inForce = new HashMap<>();

  /** The venues whose account in force has this fingerprint. */
  private final Map<String, Set<VenueId>> holders = new HashMap<>();

  /** Of every account ever opened: a transfer under way may be to one replaced since. */
  private final Map<VaultReference, String> fingerprints = new HashMap<>();

  public void open(VenueAccountOpened opened) {
    VenueAccountOpened before = inForce.put(opened.venue(), opened);
    if (before != null) {
      holders(before.fingerprint()).remove(opened.venue());
    }
    fingerprints.put(opened.account(), opened.fingerprint());
    holders(opened.fingerprint()).add(opened.venue());
  }

  /**
   * @throws IllegalStateException if it was never opened
   */
  public void close(VaultReference account) {
    String fingerprint = fingerprints.get(account);
    if (fingerprint == null) {
      throw new IllegalStateException("account %s was never opened".formatted(account));
    }
    Set<VenueId> closed = holders.remove(fingerprint);
    if (closed != null) {
      closed.forEach(inForce::remove);
    }
  }

  /** Empty if the venue has none, or the bank closed it. */
  public Optional<VenueAccountOpened> of(VenueId venue) {
    return Optional.ofNullable(inForce.get(venue));
  }

  private Set<VenueId> holders(String fingerprint) {
    return holders.computeIfAbsent(fingerprint, _ -> new HashSet<>());
  }
}
