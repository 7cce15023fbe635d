package fr.passnumerique.clearing.payee;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Optional;

/**
 * An account of a venue or of a funder, as it stands.
 *
 * @param venue empty if it is a funder's
 * @param funder empty if it is a venue's
 * @param account the vault's entry
 * @param proposedBy the account that asked for it; empty if it was opened before two persons were
 *     needed
 * @param decidedBy who confirmed it or dropped it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PayeeAccount(
    Optional<VenueId> venue,
    Optional<FunderId> funder,
    VaultReference account,
    Standing standing,
    Optional<String> proposedBy,
    Optional<String> decidedBy) {

  /** How far it has come. */
  public enum Standing {
    /** Nothing is paid to it. */
    PROPOSED,
    /** The payee is paid to it. */
    IN_FORCE,
    /** Taken back by the account that proposed it. */
    WITHDRAWN,
    REFUSED
  }

  /**
   * @throws IllegalArgumentException if the fact is about no payee's account
   */
  public static PayeeAccount of(Fact fact) {
    return switch (fact) {
      case VenueAccountProposed f -> proposed(Payee.of(f.venue()), f.account(), f.proposedBy());
      case FunderAccountProposed f -> proposed(Payee.of(f.funder()), f.account(), f.proposedBy());
      case VenueAccountOpened f -> opened(f, f.proposedBy(), f.confirmedBy());
      case FunderAccountOpened f ->
          opened(f, Optional.of(f.proposedBy()), Optional.of(f.confirmedBy()));
      case VenueAccountProposalDropped f ->
          dropped(Payee.of(f.venue()), f.account(), f.ground(), f.droppedBy());
      case FunderAccountProposalDropped f ->
          dropped(Payee.of(f.funder()), f.account(), f.ground(), f.droppedBy());
      default ->
          throw new IllegalArgumentException(
              "a %s is about no account".formatted(fact.getClass().getSimpleName()));
    };
  }

  private static PayeeAccount proposed(Payee payee, VaultReference account, String by) {
    return of(payee, account, Standing.PROPOSED, Optional.of(by), Optional.empty());
  }

  private static PayeeAccount opened(
      OpenedAccount opened, Optional<String> proposedBy, Optional<String> confirmedBy) {
    return of(opened.payee(), opened.account(), Standing.IN_FORCE, proposedBy, confirmedBy);
  }

  private static PayeeAccount dropped(
      Payee payee, VaultReference account, VenueAccountProposalDropped.Ground ground, String by) {
    Standing standing =
        switch (ground) {
          case WITHDRAWN -> Standing.WITHDRAWN;
          case REFUSED -> Standing.REFUSED;
        };
    return of(payee, account, standing, Optional.empty(), Optional.of(by));
  }

  private static PayeeAccount of(
      Payee payee,
      VaultReference account,
      Standing standing,
      Optional<String> proposedBy,
      Optional<String> decidedBy) {
    return switch (payee) {
      case Payee.Venue(VenueId venue) ->
          new PayeeAccount(
              Optional.of(venue), Optional.empty(), account, standing, proposedBy, decidedBy);
      case Payee.Funder(FunderId funder) ->
          new PayeeAccount(
              Optional.empty(), Optional.of(funder), account, standing, proposedBy, decidedBy);
    };
  }
}
