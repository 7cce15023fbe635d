package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which account each payee is paid to: one rule for all who need to know, venues and funders alike,
 * since a commune may be both on one IBAN. The bank closes an IBAN and not a payee, so a rejected
 * transfer or refund closes the account of every one that is paid to the same IBAN, whether or not
 * the money was for it and whoever holds it in the vault. One that has meanwhile opened another
 * keeps it; one that opens a closed IBAN again means it, since the bank may have rejected it for a
 * day only.
 */
public final class AccountsInForce {
  /** On one of these is every fact that opens an account or closes one. */
  public static final Set<String> TAGS = Set.of(VenueAccountOpened.ALL, FunderAccountOpened.ALL);

  private final Map<Payee, OpenedAccount> inForce = new HashMap<>();

  /** The payees whose account in force has this fingerprint. */
  private final Map<String, Set<Payee>> holders = new HashMap<>();

  /** Of every account ever opened: a transfer under way may be to one replaced since. */
  private final Map<VaultReference, String> fingerprints = new HashMap<>();

  /** Of the IBANs that nobody has opened again since the bank closed them. */
  private final Set<String> closed = new HashSet<>();

  /**
   * @throws IllegalStateException if an account is closed that was never opened
   */
  public void fold(Fact fact) {
    switch (fact) {
      case OpenedAccount f -> open(f);
      case TransferRejected f -> close(f.closedAccount());
      case TransferReturned f -> close(f.closedAccount());
      case RefundRejected f -> close(f.account());
      case RefundReturned f -> close(f.account());
      default -> {}
    }
  }

  private void open(OpenedAccount opened) {
    OpenedAccount before = inForce.put(opened.payee(), opened);
    if (before != null) {
      holders(before.fingerprint()).remove(opened.payee());
    }
    fingerprints.put(opened.account(), opened.fingerprint());
    holders(opened.fingerprint()).add(opened.payee());
    closed.remove(opened.fingerprint());
  }

  private void close(VaultReference account) {
    String fingerprint = fingerprints.get(account);
    if (fingerprint == null) {
      throw new IllegalStateException("account %s was never opened".formatted(account));
    }
    closed.add(fingerprint);
    Set<Payee> paidToIt = holders.remove(fingerprint);
    if (paidToIt != null) {
      paidToIt.forEach(inForce::remove);
    }
  }

  /** Empty if the payee has none, or the bank closed it. */
  public Optional<OpenedAccount> of(Payee payee) {
    return Optional.ofNullable(inForce.get(payee));
  }

  /** Whether the bank closed its IBAN and nobody has opened that again since. */
  public boolean isClosed(VaultReference account) {
    return closed.contains(fingerprints.getOrDefault(account, ""));
  }

  private Set<Payee> holders(String fingerprint) {
    return holders.computeIfAbsent(fingerprint, _ -> new HashSet<>());
  }
}
