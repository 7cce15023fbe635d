package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody asked that a venue be paid to this account. No run pays to it: the account in force, if
 * there is one, stays in force until {@link VenueAccountOpened}.
 *
 * @param account the vault's entry with {@link OpenedAccount#IBAN} and {@link OpenedAccount#HOLDER}
 * @param fingerprint keyed digest of the IBAN
 * @param proposedBy the account that asked: it may not confirm
 * @param reopening why it is proposed although the bank closed it; empty if it did not
 */
public record VenueAccountProposed(
    VenueId venue,
    VaultReference account,
    String fingerprint,
    String proposedBy,
    Proposer proposer,
    @LeftOutWhenEmpty Optional<Reopening> reopening)
    implements Fact {

  /** Of an account that is not closed. */
  public VenueAccountProposed(
      VenueId venue,
      VaultReference account,
      String fingerprint,
      String proposedBy,
      Proposer proposer) {
    this(venue, account, fingerprint, proposedBy, proposer, Optional.empty());
  }

  /** For whom somebody asks. */
  public enum Proposer {
    CLERK,
    /** The venue itself. */
    VENUE
  }

  static String tag(VenueId venue) {
    return "account:" + venue;
  }

  /** Not {@code accounts}: what is proposed changes no run. */
  @Override
  public Set<String> tags() {
    return Set.of(tag(venue));
  }
}
