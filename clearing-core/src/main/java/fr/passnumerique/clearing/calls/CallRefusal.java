package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a call for funds is not made or not cancelled, in order of precedence. */
enum CallRefusal implements RefusalCode {
  /** The identifier is that of a call with other contents. */
  CALL_ALREADY_MADE(Kind.CONFLICT),
  /** For another reason. */
  CALL_ALREADY_CANCELLED(Kind.CONFLICT),
  UNKNOWN_CALL(Kind.UNKNOWN),
  UNKNOWN_AGREEMENT(Kind.UNKNOWN),
  /** It has no share of the agreement and advances none. */
  FUNDER_NOT_IN_AGREEMENT(Kind.RULE),
  DUE_DATE_OUT_OF_RANGE(Kind.RULE),
  AMOUNT_OUT_OF_RANGE(Kind.RULE),
  /** More than ceilings leave, less what is paid in and called already. */
  CALL_ABOVE_CEILING(Kind.RULE),
  /** More than the funder owes for cheques used, less what is called already. */
  CALL_ABOVE_CLAIM(Kind.RULE),
  /** Nothing of it is left to cancel. */
  CALL_ALREADY_PAID(Kind.CONFLICT),
  /** The reference that would be made from the identifier is another's, by accident. */
  REFERENCE_TAKEN(Kind.CONFLICT);

  private final Kind kind;

  CallRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
