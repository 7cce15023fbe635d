package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.VenueAccountProposed.Proposer;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who can be paid, to which account, and which account awaits a second person. */
final class PayeeRegister implements Register {
  private final Set<FunderId> funders = new HashSet<>();

  /** By what its last list identified it. */
  private final Map<VenueId, Listed> listed = new HashMap<>();

  private final Set<VenueId> identified = new HashSet<>();

  /** Of these, which name each keeps, by the SIRET that identifies it. */
  private final Map<String, VenueId> bySiret = new HashMap<>();

  private final AccountsInForce accounts = new AccountsInForce();

  private final Map<Payee, Proposal> proposals = new HashMap<>();

  /** For whom the account opened last was proposed. */
  private final Map<Payee, Proposer> proposers = new HashMap<>();

  private final Map<Payee, Decided> dropped = new HashMap<>();
  private final Map<Payee, Decided> opened = new HashMap<>();

  private record Listed(IdentifiedBy by, boolean payable) {}

  /**
   * @param reopening why it is proposed although the bank closed it before; empty if it did not, or
   *     has closed it since
   * @param position of the fact
   */
  record Proposal(
      VaultReference account,
      String fingerprint,
      String by,
      Proposer proposer,
      Optional<Reopening> reopening,
      long position) {
    private Proposal closed(String closed) {
      return fingerprint.equals(closed)
          ? new Proposal(account, fingerprint, by, proposer, Optional.empty(), position)
          : this;
    }
  }

  /**
   * @param position of the fact
   */
  record Decided(VaultReference account, long position) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    accounts.fold(fact);
    accounts
        .closedBy(fact)
        .ifPresent(closed -> proposals.replaceAll((_, proposal) -> proposal.closed(closed)));
    switch (fact) {
      case FunderRegistered f -> funders.add(f.funder());
      case VenueListed f -> listed.put(f.venue(), new Listed(f.identifiedBy(), f.payable()));
      case VenueIdentified f -> {
        identified.add(f.venue());
        f.replaces().ifPresent(bySiret::remove);
        bySiret.put(f.siret(), f.venue());
      }
      case VenueAccountProposed f ->
          proposals.put(
              Payee.of(f.venue()),
              new Proposal(
                  f.account(),
                  f.fingerprint(),
                  f.proposedBy(),
                  f.proposer(),
                  f.reopening(),
                  position));
      case FunderAccountProposed f ->
          proposals.put(
              Payee.of(f.funder()),
              new Proposal(
                  f.account(),
                  f.fingerprint(),
                  f.proposedBy(),
                  Proposer.CLERK,
                  f.reopening(),
                  position));
      case VenueAccountProposalDropped f -> drop(Payee.of(f.venue()), f.account(), position);
      case FunderAccountProposalDropped f -> drop(Payee.of(f.funder()), f.account(), position);
      case OpenedAccount f -> open(f, position);
      default -> {}
    }
  }

  private void drop(Payee payee, VaultReference account, long position) {
    proposals.remove(payee);
    dropped.put(payee, new Decided(account, position));
  }

  private void open(OpenedAccount fact, long position) {
    // Whatever was proposed before: an account that one person opened alone overtakes it.
    Proposal proposal = proposals.remove(fact.payee());
    if (proposal != null && proposal.account().equals(fact.account())) {
      proposers.put(fact.payee(), proposal.proposer());
    } else {
      proposers.remove(fact.payee());
    }
    opened.put(fact.payee(), new Decided(fact.account(), position));
  }

  // --- questions

  /** Why nobody is known by that name; empty if somebody is, who then stays so. */
  Optional<Refusal> unknown(Payee payee) {
    return switch (payee) {
      case Payee.Venue(VenueId venue) when bySiret.containsKey(venue.value()) ->
          Optional.of(
              PayeeRefusal.UNKNOWN_VENUE
                  .because(
                      payee.field(),
                      "%s is the SIRET that identifies venue %s, which keeps that name"
                          .formatted(venue, bySiret.get(venue.value())),
                      "name venue " + bySiret.get(venue.value()))
                  .withValue(venue.value()));
      case Payee.Venue(VenueId venue) when !listed.containsKey(venue) ->
          Optional.of(
              PayeeRefusal.UNKNOWN_VENUE
                  .because(
                      payee.field(),
                      "venue %s is on no list that was imported".formatted(venue),
                      "import a list that has it, or correct the identifier")
                  .withValue(venue.value()));
      case Payee.Funder(FunderId funder) when !funders.contains(funder) ->
          Optional.of(
              PayeeRefusal.UNKNOWN_FUNDER
                  .because(
                      payee.field(),
                      "funder %s is not registered".formatted(funder),
                      "register it first or correct the identifier")
                  .withValue(funder.value()));
      default -> Optional.empty();
    };
  }

  /** Why the payee can have no account; empty if it can. Looks at the venue: {@link #boundary}. */
  Optional<Refusal> unpayable(Payee payee) {
    Optional<Refusal> unknown = unknown(payee);
    if (unknown.isPresent() || !(payee instanceof Payee.Venue(VenueId venue))) {
      return unknown;
    }
    Listed known = listed.get(venue);
    if (known == null || known.payable() || identified.contains(venue)) {
      return Optional.empty();
    }
    String by = known.by() == IdentifiedBy.NONE ? "list" : known.by().toString();
    return Optional.of(
        PayeeRefusal.VENUE_NOT_PAYABLE.because(
            payee.field(),
            "venue %s is known by its %s only, and a venue is paid when it is identified by a SIRET"
                .formatted(venue, by),
            "identify it by its SIRET (identifyVenue) and open the account then"));
  }

  /** The account that is paid to; empty if there is none or the bank closed it. */
  Optional<PayeeAccount> inForce(Payee payee) {
    return accounts.of(payee).map(PayeeAccount::of);
  }

  /** How the bank closed an IBAN that nobody has opened again since; empty if it did not. */
  Optional<AccountsInForce.Closing> closing(String fingerprint) {
    return accounts.closing(fingerprint);
  }

  /** How the bank closed the account that was paid to last; empty if one is paid to. */
  Optional<AccountsInForce.Closing> closing(Payee payee) {
    return accounts.closing(payee);
  }

  /** Null if no account of the payee awaits a second person. */
  @Nullable Proposal proposal(Payee payee) {
    return proposals.get(payee);
  }

  /** For whom the account opened last was proposed; empty if one person opened it alone. */
  Optional<Proposer> proposer(Payee payee) {
    return Optional.ofNullable(proposers.get(payee));
  }

  /** The account opened last, whether or not the bank closed it since. */
  @Nullable Decided lastOpened(Payee payee) {
    return opened.get(payee);
  }

  @Nullable Decided lastDropped(Payee payee) {
    return dropped.get(payee);
  }
}
