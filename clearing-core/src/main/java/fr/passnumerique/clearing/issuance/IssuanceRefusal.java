package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.CONFLICT;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.RULE;
import static fr.passnumerique.clearing.ledger.RefusalCode.Kind.UNKNOWN;

import fr.passnumerique.clearing.ledger.RefusalCode;

/**
 * Why orders and activations are refused, in order of precedence. A retry comes before any of them.
 */
public enum IssuanceRefusal implements RefusalCode {
  ORDER_ALREADY_ISSUED(CONFLICT),
  ACTIVATION_ALREADY_RECORDED(CONFLICT),

  UNKNOWN_AGREEMENT(UNKNOWN),
  UNKNOWN_ORDER(UNKNOWN),
  UNKNOWN_BATCH(UNKNOWN),

  /** The day of the order is before or after the agreement's period. */
  OUTSIDE_AGREEMENT_PERIOD(RULE),
  OUTSIDE_AGREEMENT_TERRITORY(RULE),
  CHEQUE_COUNT_OUT_OF_RANGE(RULE),
  NOT_WHOLE_CARNETS(RULE),
  /** J is before the day of the order. */
  ENDS_BEFORE_ORDER(RULE),
  ENDS_TOO_LATE(RULE),
  /** The funder's share of all that is issued would be more than it agreed to. */
  CEILING_EXCEEDED(RULE),
  BATCHES_EXHAUSTED(RULE),

  /** The range is reversed or leaves the batch. */
  NOT_IN_BATCH(RULE),
  /** J and the tolerance are over: nothing can be spent any more. */
  BATCH_OVER(RULE),
  ALREADY_ACTIVATED(RULE),
  /** A cheque to be activated was reported lost or stolen. */
  OPPOSED(RULE),
  /**
   * Less cash is there than is owed already, or the bank has taken some that nobody has explained:
   * no further cheque is covered until that is repaired.
   */
  COVER_BREACHED(RULE),
  /** A funder's receipts, less what is set aside, do not cover its cents of these cheques. */
  CASH_MISSING(RULE);

  private final Kind kind;

  IssuanceRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
