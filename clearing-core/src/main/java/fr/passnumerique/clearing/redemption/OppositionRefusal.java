package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why cheques are not opposed or replaced, in order of precedence. A retry comes before any. */
enum OppositionRefusal implements RefusalCode {
  OPPOSITION_ALREADY_RECORDED(Kind.CONFLICT),
  UNKNOWN_OPPOSITION(Kind.UNKNOWN),
  /** It is in force and needed no second person. */
  NOTHING_TO_APPROVE(Kind.CONFLICT),
  /** Whoever proposed it cannot approve it. */
  SECOND_PERSON_NEEDED(Kind.RULE),
  NOTHING_NAMED(Kind.RULE),
  TOO_MANY_NAMED(Kind.RULE),
  /** Not issued; to a prescriber also what it neither holds nor handed out. */
  UNKNOWN_CHEQUE(Kind.UNKNOWN),
  /** All of them are opposed, replaced, expired or void already. */
  NOTHING_TO_OPPOSE(Kind.CONFLICT),

  /** An order or a replacement of other cheques has this name. */
  REPLACEMENT_NAME_TAKEN(Kind.CONFLICT),
  SEVERAL_BATCHES(Kind.RULE),
  ALREADY_REPLACED(Kind.CONFLICT),
  NOT_OPPOSED(Kind.RULE),
  /** The order is over: the value is refunded, or about to be. */
  NOTHING_LEFT(Kind.RULE);

  private final Kind kind;

  OppositionRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
