package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.vault.VaultReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which account each payee of a kind is paid to: one rule for all who need to know. The bank closes
 * an IBAN and not a payee, so a rejected transfer closes the account of every one that is paid to
 * the same IBAN, whether or not the transfer was for it and whoever holds it in the vault. One that
 * has meanwhile opened another keeps it; one that opens a closed IBAN again means it, since the
 * bank may have rejected it for a day only.
 *
 * @param <A> the fact that opens one of this kind
 */
public final class AccountsInForce<A extends OpenedAccount> {
  private final Map<Payee, A> inForce = new HashMap<>();

  /** The payees whose account in force has this fingerprint. */
  private final Map<String, Set<Payee>> holders = new HashMap<>();

  /** Of every account ever opened: a transfer under way may be to one replaced since. */
  private final Map<VaultReference, String> fingerprints = new HashMap<>();

  public void open(A opened) {
    A before = inForce.put(opened.payee(), opened);
    if (before != null) {
      holders(before.fingerprint()).remove(opened.payee());
    }
    fingerprints.put(opened.account(), opened.fingerprint());
    holders(opened.fingerprint()).add(opened.payee());
  }

  /**
   * @throws IllegalStateException if it was never opened
   */
  public void close(VaultReference account) {
    String fingerprint = fingerprints.get(account);
    if (fingerprint == null) {
      throw new IllegalStateException("account %s was never opened".formatted(account));
    }
    Set<Payee> closed = holders.remove(fingerprint);
    if (closed != null) {
      closed.forEach(inForce::remove);
    }
  }

  /** Empty if the payee has none, or the bank closed it. */
  public Optional<A> of(Payee payee) {
    return Optional.ofNullable(inForce.get(payee));
  }

  private Set<Payee> holders(String fingerprint) {
    return holders.computeIfAbsent(fingerprint, _ -> new HashSet<>());
  }
}
