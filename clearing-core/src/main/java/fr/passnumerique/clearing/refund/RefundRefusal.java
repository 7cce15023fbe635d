package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a refund is not taken, in order of precedence. */
enum RefundRefusal implements RefusalCode {
  UNKNOWN_REFUND_ORDER(Kind.UNKNOWN),
  /** The order has no such transfer. */
  UNKNOWN_TRANSFER(Kind.UNKNOWN),
  UNKNOWN_CREDIT_NOTE(Kind.UNKNOWN),
  /** The identifier is that of an order with other notes. */
  REFUND_ORDER_ALREADY_MADE(Kind.CONFLICT),
  REFUND_ORDER_CANCELLED(Kind.CONFLICT),
  /** What is with the bank may be paid: it is not cancelled any more. */
  REFUND_ORDER_RELEASED(Kind.CONFLICT),
  REFUND_ORDER_NOT_RELEASED(Kind.CONFLICT),
  /** Its file was never handed out, so that nobody can have told what became of its transfers. */
  FILE_NEVER_HANDED_OUT(Kind.CONFLICT),
  /** What its file, never handed out, would order has come to an end without it. */
  TRANSFER_ENDED(Kind.CONFLICT),
  NOTES_MISSING(Kind.RULE),
  LISTED_TWICE(Kind.RULE),
  CREDIT_NOTE_ALREADY_REFUNDED(Kind.CONFLICT),
  /** Another order holds it, and its end is not known. */
  REFUND_UNDER_WAY(Kind.CONFLICT),
  /** The funder has no account in force, or the bank closed it by a rejection. */
  FUNDER_ACCOUNT_MISSING(Kind.RULE),
  /** An account that was in force when the order was made is so no more. */
  FUNDER_ACCOUNT_CHANGED(Kind.CONFLICT),
  /** The bank says that a rejected transfer of the same note was paid after all. */
  MAY_BE_PAID_ALREADY(Kind.CONFLICT),
  /** The bank has booked a debit of a transfer that is to be explained first. */
  DEBIT_UNEXPLAINED(Kind.CONFLICT),
  SECOND_PERSON_REQUIRED(Kind.RULE),
  TRANSFER_ALREADY_CONFIRMED(Kind.CONFLICT),
  TRANSFER_ALREADY_REJECTED(Kind.CONFLICT),
  /** No day on which the bank can have rejected the transfer. */
  DATE_OUT_OF_RANGE(Kind.RULE),
  UNKNOWN_REASON(Kind.RULE),
  /** The bank would take another file under the same identification for the one it has. */
  FILE_DIFFERS(Kind.CONFLICT);

  /** What is to be done about a refund whose end is not known. */
  static final String UNTIL_THE_BANK_SAYS =
      "import what the bank says of it; where that is by other means that it was not paid,"
          + " rejectRefund, and first takeRefundBack if it counts as executed";

  private final Kind kind;

  RefundRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
