package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why money does not settle the call for funds that is named, in order of precedence. */
public enum NamedCallRefusal implements RefusalCode {
  UNKNOWN_CALL(Kind.UNKNOWN),
  /** Of another funder or for another agreement. */
  CALL_OF_ANOTHER_SHARE(Kind.RULE),
  CALL_CANCELLED(Kind.CONFLICT),
  /** Nothing of it is asked for any more. */
  CALL_SETTLED(Kind.CONFLICT);

  private final Kind kind;

  NamedCallRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
