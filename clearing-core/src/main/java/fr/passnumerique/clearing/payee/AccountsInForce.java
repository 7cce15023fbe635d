package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
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
 * keeps it; one that opens a closed IBAN again has said why, since the bank may have rejected it
 * for a day only.
 */
public final class AccountsInForce {
  /** On one of these is every fact that opens an account or closes one. */
  public static final Set<String> TAGS = Set.of(VenueAccountOpened.ALL, FunderAccountOpened.ALL);

  private final Map<Payee, OpenedAccount> inForce = new HashMap<>();

  /** The payees whose proposed account awaits a second person. */
  private final Set<Payee> proposed = new HashSet<>();

  /** The payees whose account in force has this fingerprint. */
  private final Map<String, Set<Payee>> holders = new HashMap<>();

  /** Of every account ever opened: a transfer under way may be to one replaced since. */
  private final Map<VaultReference, String> fingerprints = new HashMap<>();

  /** By fingerprint, of the IBANs that nobody has opened again since the bank closed them. */
  private final Map<String, Closing> closed = new HashMap<>();

  /** How the bank closed the last account of those that have opened none since. */
  private final Map<Payee, Closing> lost = new HashMap<>();

  /**
   * How the bank closed an IBAN.
   *
   * @param on the bank's day, Europe/Paris
   * @param reason ISO 20022 code
   */
  public record Closing(LocalDate on, String reason) {}

  /**
   * @throws IllegalStateException if an account is closed that was never opened
   */
  public void fold(Fact fact) {
    switch (fact) {
      case VenueAccountProposed f -> proposed.add(Payee.of(f.venue()));
      case VenueAccountProposalDropped f -> proposed.remove(Payee.of(f.venue()));
      case FunderAccountProposed f -> proposed.add(Payee.of(f.funder()));
      case FunderAccountProposalDropped f -> proposed.remove(Payee.of(f.funder()));
      case OpenedAccount f -> open(f);
      case TransferRejected f -> close(f.closedAccount(), f.rejectedOn(), f.reason());
      case TransferReturned f when f.closesAccount() ->
          close(f.closedAccount(), f.returnedOn(), f.reason());
      case RefundRejected f -> close(f.account(), f.rejectedOn(), f.reason());
      case RefundReturned f when f.closesAccount() ->
          close(f.account(), f.returnedOn(), f.reason());
      default -> {}
    }
  }

  /** The fingerprint of the IBAN that a fact closes; empty if it closes none. */
  Optional<String> closedBy(Fact fact) {
    return switch (fact) {
      case TransferRejected f -> Optional.of(fingerprint(f.closedAccount()));
      case TransferReturned f when f.closesAccount() -> Optional.of(fingerprint(f.closedAccount()));
      case RefundRejected f -> Optional.of(fingerprint(f.account()));
      case RefundReturned f when f.closesAccount() -> Optional.of(fingerprint(f.account()));
      default -> Optional.empty();
    };
  }

  private void open(OpenedAccount opened) {
    proposed.remove(opened.payee());
    OpenedAccount before = inForce.put(opened.payee(), opened);
    if (before != null) {
      holders(before.fingerprint()).remove(opened.payee());
    }
    fingerprints.put(opened.account(), opened.fingerprint());
    holders(opened.fingerprint()).add(opened.payee());
    closed.remove(opened.fingerprint());
    lost.remove(opened.payee());
  }

  private String fingerprint(VaultReference account) {
    String fingerprint = fingerprints.get(account);
    if (fingerprint == null) {
      throw new IllegalStateException("account %s was never opened".formatted(account));
    }
    return fingerprint;
  }

  private void close(VaultReference account, LocalDate on, String reason) {
    String fingerprint = fingerprint(account);
    Closing closing = new Closing(on, reason);
    closed.put(fingerprint, closing);
    Set<Payee> paidToIt = holders.remove(fingerprint);
    if (paidToIt != null) {
      paidToIt.forEach(inForce::remove);
      paidToIt.forEach(payee -> lost.put(payee, closing));
    }
  }

  /** Empty if the payee has none, or the bank closed it. */
  public Optional<OpenedAccount> of(Payee payee) {
    return Optional.ofNullable(inForce.get(payee));
  }

  /** Whether an account of the payee is proposed, and nobody has confirmed or dropped it. */
  public boolean isProposed(Payee payee) {
    return proposed.contains(payee);
  }

  /** Whether the bank closed its IBAN and nobody has opened that again since. */
  public boolean isClosed(VaultReference account) {
    return closed.containsKey(fingerprints.getOrDefault(account, ""));
  }

  /** How the bank closed an IBAN that nobody has opened again since; empty if it did not. */
  Optional<Closing> closing(String fingerprint) {
    return Optional.ofNullable(closed.get(fingerprint));
  }

  /** How the bank closed the payee's last account; empty if that is in force, or there was none. */
  Optional<Closing> closing(Payee payee) {
    return Optional.ofNullable(lost.get(payee));
  }

  private Set<Payee> holders(String fingerprint) {
    return holders.computeIfAbsent(fingerprint, _ -> new HashSet<>());
  }
}
