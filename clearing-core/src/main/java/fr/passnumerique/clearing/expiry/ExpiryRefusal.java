package fr.passnumerique.clearing.expiry;

import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.CONFLICT;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.RULE;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.UNKNOWN;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a step of an order's end is refused, in order of precedence. */
enum ExpiryRefusal implements RefusalCode {
  UNKNOWN_ORDER(UNKNOWN),
  UNKNOWN_CREDIT_NOTE(UNKNOWN),
  /** The order has no cent of this funder. */
  FUNDER_NOT_IN_ORDER(UNKNOWN),
  CREDIT_NOTE_ALREADY_REFUNDED(CONFLICT),
  /** An order that nobody has released holds it. */
  REFUND_ORDERED(CONFLICT),
  /** The file of the order that holds it was never handed out: nobody can have paid it so. */
  FILE_NEVER_HANDED_OUT(CONFLICT),
  /** A clerk took back that it was refunded on this day. */
  REFUND_TAKEN_BACK(CONFLICT),
  /**
   * The bank has booked a debit of its transfer that is to be explained, not recorded beside it.
   */
  DEBIT_UNEXPLAINED(CONFLICT),
  /** The announcement and the expiry are facts of their own; the operator signs the statement. */
  STEP_NOT_SIGNED(RULE),
  STEP_TOO_EARLY(RULE),
  /** A statement tells what expired: that must be recorded first. */
  NOT_YET_EXPIRED(RULE),
  BOOKED_ON_OUT_OF_RANGE(RULE);

  private final Kind kind;

  ExpiryRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
