package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a command about a reversal is not carried out, in order of precedence. */
enum ReversalRefusal implements RefusalCode {
  UNKNOWN_SLIP(Kind.UNKNOWN),
  UNKNOWN_REVERSAL(Kind.UNKNOWN),
  UNKNOWN_DEBIT_NOTE(Kind.UNKNOWN),
  UNKNOWN_ORDER(Kind.UNKNOWN),
  /**
   * The identifier belongs to a reversal of other lines, for another reason or with another note.
   */
  REVERSAL_ID_TAKEN(Kind.CONFLICT),
  DEBIT_NOTE_ID_TAKEN(Kind.CONFLICT),
  /** The payment of that day was taken back: who recorded it may be sending it again. */
  PAYMENT_TAKEN_BACK(Kind.CONFLICT),
  UNKNOWN_PAYMENT(Kind.UNKNOWN),
  /** What the bank has shown is the bank's to correct. */
  PAYMENT_SHOWN(Kind.CONFLICT),
  /** What it brought is on a credit note, or is owed to the venue again. */
  PAYMENT_MOVED_ON(Kind.CONFLICT),
  NO_LINES(Kind.RULE),
  /** The slip has no such line, or the line was rejected: there is nothing to reverse. */
  LINE_NOT_ACCEPTED(Kind.RULE),
  /** Accepted and not paid: nothing would come back, and its value is due back already. */
  LINE_WAIVED(Kind.RULE),
  /** Its cheques are live again. */
  SLIP_WITHDRAWN(Kind.CONFLICT),
  LINE_ALREADY_REVERSED(Kind.CONFLICT),
  /** A run that may still be cancelled, or whose transfer may still be rejected, nets it. */
  LINE_BEING_NETTED(Kind.CONFLICT),
  /** It waits for its second person. */
  REVERSAL_NOT_CONFIRMED(Kind.CONFLICT),
  REVERSAL_ALREADY_CONFIRMED(Kind.CONFLICT),
  /** It was given up before it counted. */
  REVERSAL_DROPPED(Kind.CONFLICT),
  CONTEST_TOO_LATE(Kind.RULE),
  /** Its value is on a credit note, since it was not contested in time. */
  REVERSAL_CREDITED(Kind.CONFLICT),
  NOT_CONTESTED(Kind.CONFLICT),
  /** With another note. */
  ALREADY_CONTESTED(Kind.CONFLICT),
  CONTEST_ALREADY_DECIDED(Kind.CONFLICT),
  /** A run that may still be cancelled, or whose transfer may still be rejected, nets its lines. */
  REVERSAL_BEING_NETTED(Kind.CONFLICT),
  /** Who reverses does not confirm, and decides no contest. */
  SECOND_PERSON_REQUIRED(Kind.RULE),
  NOTHING_TO_CLAIM(Kind.RULE),
  DATE_OUT_OF_RANGE(Kind.RULE),
  /** The bank has booked what may have paid the note: that is explained instead. */
  CREDIT_UNEXPLAINED(Kind.CONFLICT);

  private final Kind kind;

  ReversalRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
