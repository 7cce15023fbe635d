package fr.passnumerique.clearing.notices;

/** What somebody is told of. Names are part of the API. */
public enum NoticeKind {
  /** A slip, {@code count} of its lines refused, {@code cents} accepted. */
  SLIP_WITH_REFUSED_LINES,
  /** The bank has executed a transfer. */
  PAID,
  /** A transfer that was told to be paid is not. */
  PAYMENT_TAKEN_BACK,
  /**
   * The bank has refused a transfer: its sum is owed again, its account closed. For a clerk too.
   */
  TRANSFER_REJECTED,
  /** A transfer that was paid has come back: its sum is owed again. For a clerk too. */
  TRANSFER_RETURNED,
  /** The same, and the bank says that the account is at fault: another is to be given. */
  RETURNED_ACCOUNT_CLOSED,
  /** Lines of the venue's are examined, and a second person is asked. */
  REVERSAL_BEGUN,
  /** Nothing comes of it. */
  REVERSAL_DROPPED,
  /** Lines are void; {@code on} is the last day on which that can be contested. */
  LINES_REVERSED,
  /** The contest is rejected. */
  REVERSAL_UPHELD,
  /** The lines stand again. */
  REVERSAL_LIFTED,
  DEBIT_NOTE_ISSUED,
  /** From {@code on} on; {@code about} is the decision. */
  LABEL_GRANTED,
  LABEL_SUSPENDED,
  LABEL_WITHDRAWN,
  /** Of a venue, which is named, or of a funder. */
  ACCOUNT_CONFIRMED,

  /** Due on {@code on}. */
  FUNDS_CALLED,
  CALL_CANCELLED,
  /** A receipt is booked to the funder. */
  FUNDS_RECEIVED,
  RECEIPT_TAKEN_BACK,
  /** {@code count} percent of the ceiling of an agreement are activated. */
  BUDGET_THRESHOLD,
  /** An order is over, and its statement (état contradictoire) is to be signed. */
  STATEMENT_TO_SIGN,
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

  /** An order ends on {@code on}; a prescriber holds {@code count} of its cheques. */
  ORDER_ENDS,
  CHEQUES_DELIVERED,
  /** {@code count} cheques in the prescriber's stock or of its hand-outs. */
  CHEQUES_OPPOSED,

  /** The seven below ask for a second person, another than who began it. */
  RUN_TO_RELEASE,
  REFUNDS_TO_RELEASE,
  REVERSAL_TO_CONFIRM,
  OPPOSITION_TO_APPROVE,
  VENUE_ACCOUNT_TO_CONFIRM,
  FUNDER_ACCOUNT_TO_CONFIRM,
  /** {@code about} is {@code venue/siret}. */
  IDENTIFICATION_TO_CONFIRM,
  REVERSAL_CONTESTED,
  BANK_FILE_REFUSED,
  /** The bank has paid a transfer that it had refused, or that had come back. */
  TRANSFER_REINSTATED,

  /** A projection passes over a fact; {@code about} is {@code projection/position}. */
  FACT_SET_ASIDE,
  /** It folds it after all. */
  SETTING_ASIDE_LIFTED,
  /** Sums that a rebuild changed are accepted. */
  DIFFERENCES_ACCEPTED
}
