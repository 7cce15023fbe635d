package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a give-back is not made or not cancelled, in order of precedence. */
enum GiveBackRefusal implements RefusalCode {
  /** The identifier is that of a give-back with other contents. */
  GIVE_BACK_ALREADY_MADE(Kind.CONFLICT),
  UNKNOWN_GIVE_BACK(Kind.UNKNOWN),
  UNKNOWN_AGREEMENT(Kind.UNKNOWN),
  /** It has no share of the agreement and advances none. */
  FUNDER_NOT_IN_AGREEMENT(Kind.RULE),
  AMOUNT_OUT_OF_RANGE(Kind.RULE),
  /** Not so much of the funder's cash for the agreement is free. */
  CREDIT_TOO_LOW(Kind.RULE),
  /** The funder has it. */
  GIVE_BACK_REFUNDED(Kind.CONFLICT),
  /** An order of refunds holds it, and its end is not known. */
  REFUND_UNDER_WAY(Kind.CONFLICT),
  /** The bank says that a transfer which counts as unpaid has refunded it all the same. */
  MAY_BE_PAID_ALREADY(Kind.CONFLICT);

  private final Kind kind;

  GiveBackRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
