package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a clerk's word on the bank's is not taken, in order of precedence. */
enum BankRefusal implements RefusalCode {
  UNKNOWN_ENTRY(Kind.UNKNOWN),
  UNKNOWN_AGREEMENT(Kind.UNKNOWN),
  UNKNOWN_RECEIPT(Kind.UNKNOWN),
  UNKNOWN_TRANSFER(Kind.UNKNOWN),
  /** No run of that name was released. */
  UNKNOWN_RUN(Kind.UNKNOWN),
  UNKNOWN_DEBIT_NOTE(Kind.UNKNOWN),
  /** No credit note of that name was recorded as refunded by hand, or executed by a status. */
  REFUND_NOT_RECORDED(Kind.UNKNOWN),
  UNKNOWN_EXCEPTION(Kind.UNKNOWN),
  /** An entry is explained once. */
  ENTRY_ALREADY_MATCHED(Kind.CONFLICT),
  EXCEPTION_ALREADY_CLOSED(Kind.CONFLICT),
  /** For another reason. */
  RECEIPT_ALREADY_TAKEN_BACK(Kind.CONFLICT),
  /** What the bank has shown is the bank's to correct. */
  RECEIPT_SHOWN(Kind.CONFLICT),
  /** It does not count as paid on that day. */
  NOT_CONFIRMED(Kind.CONFLICT),
  /** The bank has shown its debit, and corrects it itself. */
  CONFIRMATION_SHOWN(Kind.CONFLICT),
  /** For another reason. */
  CONFIRMATION_ALREADY_TAKEN_BACK(Kind.CONFLICT),
  /** What followed from it cannot be undone. */
  CONFIRMATION_MOVED_ON(Kind.CONFLICT),
  /** Another refund of that day was taken back before. */
  TRANSFER_NOT_NAMED(Kind.CONFLICT),
  /** The bank has shown its debit, and corrects it itself, or its return. */
  REFUND_SHOWN(Kind.CONFLICT),
  /** For another reason. */
  REFUND_ALREADY_TAKEN_BACK(Kind.CONFLICT),
  /** The reference is that of another agreement or funder. */
  REFERENCE_TAKEN(Kind.CONFLICT),
  /** A closing balance that nobody can know yet. */
  STATEMENT_IN_FUTURE(Kind.RULE),
  /** A payment's end on a day that has not begun. */
  STATUS_IN_FUTURE(Kind.RULE),
  /** Not one word of whose or what it is, or several. */
  EXPLANATION_MISSING(Kind.RULE),
  /** Only money that came in can be a funder's. */
  NOT_A_CREDIT(Kind.RULE),
  FUNDER_NOT_IN_AGREEMENT(Kind.RULE),
  AMOUNT_OUT_OF_RANGE(Kind.RULE),
  PARTS_DO_NOT_SUM(Kind.RULE),
  /** It was given back, or transferred to another agreement. */
  RECEIPT_MOVED_ON(Kind.RULE),
  /** A receipt, or several, of another amount, or one that is proved or taken back already. */
  RECEIPT_DIFFERS(Kind.RULE),
  /** A transfer of another amount, or one that cannot have been paid or come back so. */
  TRANSFER_DIFFERS(Kind.RULE),
  /** A debit of another amount than the run's transfers that wait for theirs. */
  RUN_DIFFERS(Kind.RULE),
  /** What a bank kept, and not of which transfer. */
  CHARGES_WITHOUT_TRANSFER(Kind.RULE),
  /** A refund of another amount, or one that the bank has shown already. */
  REFUND_DIFFERS(Kind.RULE),
  /** More than a debit note still asks for, or than its payment by a clerk's word. */
  ABOVE_DEBIT_NOTE(Kind.RULE),
  /** Its payment is on the bank's statement already. */
  DEBIT_NOTE_ALREADY_PAID(Kind.CONFLICT),
  /** What a payment has left that the bank tells no more, and of another debit note. */
  DEBIT_NOTE_DIFFERS(Kind.RULE),
  /**
   * What the bank tells no more of a debit note was credited since, or is not to be asked again.
   */
  DEBIT_NOTE_PAYMENT_STANDS(Kind.RULE),
  ENTRIES_DO_NOT_OFFSET(Kind.RULE),
  /** Money moved: it is explained, not closed. */
  EXCEPTION_IS_AN_ENTRY(Kind.RULE),
  /** A statement leaves them out, and no later balance is proven until they are told or gone. */
  ENTRIES_STILL_BOOKED(Kind.RULE),
  REFERENCE_NOT_USABLE(Kind.RULE);

  private final Kind kind;

  BankRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
