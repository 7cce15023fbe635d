package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why something about venues is refused; the first that applies, in this order. */
public enum VenueRefusal implements RefusalCode {
  /** The venue is on no list that was imported. */
  UNKNOWN_VENUE(Kind.UNKNOWN),
  /** No venue was imported under this label. */
  UNKNOWN_SOURCE(Kind.UNKNOWN),
  /** A list would make public the name of a venue that is known as a sole trader. */
  SOLE_TRADER_NAMED(Kind.CONFLICT),
  /** The venues or the file are no longer what the quoted dry run saw. */
  DIGEST_DIFFERS(Kind.CONFLICT),
  /** A label from before this century, or from more than a year ahead. */
  DATE_OUT_OF_RANGE(Kind.RULE),
  /** The venue is labelled from another day or by another decision. */
  ALREADY_LABELLED(Kind.CONFLICT),
  /** Without a SIRET a venue is listed but not paid. */
  VENUE_NOT_PAYABLE(Kind.RULE),
  /** Another account of the venue awaits a second person. */
  ACCOUNT_PROPOSAL_PENDING(Kind.CONFLICT),
  /** No account awaits a second person. */
  NO_ACCOUNT_PROPOSED(Kind.CONFLICT),
  /** Another account than the one named awaits a second person. */
  ACCOUNT_PROPOSAL_DIFFERS(Kind.CONFLICT),
  /** Whoever proposes an account does not confirm it. */
  SECOND_PERSON_NEEDED(Kind.RULE);

  private final Kind kind;

  VenueRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
