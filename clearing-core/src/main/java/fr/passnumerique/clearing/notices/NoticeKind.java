package fr.passnumerique.clearing.notices;

/**
 * What somebody is told of. Names are part of the API, and so is what {@code about} holds: the
 * identifier of one thing, as its own operations take it, and of which thing is said below. Where a
 * thing is known within another alone the two stand with a slash between them, {@code outer/inner};
 * the last slash parts them.
 */
public enum NoticeKind {
  /** About the slip's reference: {@code count} of its lines refused, {@code cents} accepted. */
  SLIP_WITH_REFUSED_LINES,
  /** About the transfer, as the four after it: the bank has executed it. */
  PAID,
  /** A transfer that was told to be paid is not. */
  PAYMENT_TAKEN_BACK,
  /**
   * The bank has refused a transfer: its sum is owed again, its account closed. For a clerk too,
   * about {@code run/transfer}.
   */
  TRANSFER_REJECTED,
  /**
   * A transfer that was paid has come back: its sum is owed again. For a clerk too, about {@code
   * run/transfer}.
   */
  TRANSFER_RETURNED,
  /** The same, and the bank says that the account is at fault: another is to be given. */
  RETURNED_ACCOUNT_CLOSED,
  /**
   * About the reversal, as the four after it: lines of the venue's are examined, and a second
   * person is asked.
   */
  REVERSAL_BEGUN,
  /** Nothing comes of it. */
  REVERSAL_DROPPED,
  /** Lines are void; {@code on} is the last day on which that can be contested. */
  LINES_REVERSED,
  /** The contest is rejected. */
  REVERSAL_UPHELD,
  /** The lines stand again. */
  REVERSAL_LIFTED,
  /** About the debit note. */
  DEBIT_NOTE_ISSUED,
  /** About the decision, as the two after it: from {@code on} on. */
  LABEL_GRANTED,
  LABEL_SUSPENDED,
  LABEL_WITHDRAWN,
  /** About the venue or the funder whose it is. */
  ACCOUNT_CONFIRMED,

  /** About the call, as the next one: due on {@code on}. */
  FUNDS_CALLED,
  CALL_CANCELLED,
  /** About the receipt, as the next one: it is booked to the funder. */
  FUNDS_RECEIVED,
  RECEIPT_TAKEN_BACK,
  /** About the agreement: {@code count} percent of its ceiling are activated. */
  BUDGET_THRESHOLD,
  /** About the order: it is over, and its statement (état contradictoire) is to be signed. */
  STATEMENT_TO_SIGN,
  /** About the credit note, as the six after it. */
  CREDIT_NOTE_ISSUED,
  /** What was to be given back is free again. */
  CREDIT_NOTE_CANCELLED,
  CREDIT_NOTE_REFUNDED,
  /** One that was told to be refunded is not. */
  REFUND_TAKEN_BACK,
  /** The bank has refused the refund of a credit note. For a clerk too. */
  REFUND_REJECTED,
  /** It has paid one that it had refused, or that had come back. For a clerk too. */
  REFUND_REINSTATED,
  /** One that was refunded has come back. For a clerk too. */
  REFUND_RETURNED,

  /** About the order: it ends on {@code on}; a prescriber holds {@code count} of its cheques. */
  ORDER_ENDS,
  /** About the delivery, of {@code count} cheques. */
  CHEQUES_DELIVERED,
  /** About the opposition: {@code count} cheques in the prescriber's stock or of its hand-outs. */
  CHEQUES_OPPOSED,

  /** The seven from here on ask for a second person, another than who began it. About the run. */
  RUN_TO_RELEASE,
  /** About the refund order. */
  REFUNDS_TO_RELEASE,
  /** About the reversal. */
  REVERSAL_TO_CONFIRM,
  /** About the opposition. */
  OPPOSITION_TO_APPROVE,
  /** About the venue. */
  VENUE_ACCOUNT_TO_CONFIRM,
  /** About the funder. */
  FUNDER_ACCOUNT_TO_CONFIRM,
  /** About {@code venue/siret}. */
  IDENTIFICATION_TO_CONFIRM,
  /** About the reversal. */
  REVERSAL_CONTESTED,
  /** About the file, by its fingerprint. */
  BANK_FILE_REFUSED,
  /**
   * About {@code run/transfer}: the bank has paid it, which it had refused or which had come back.
   */
  TRANSFER_REINSTATED,

  /** About {@code projection/position}, as the next one: the projection passes over that fact. */
  FACT_SET_ASIDE,
  /** It folds it after all. */
  SETTING_ASIDE_LIFTED,
  /** About the rebuild: the sums that it changed are accepted. */
  DIFFERENCES_ACCEPTED
}
