package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why a settlement command is not carried out, in order of precedence. */
enum SettlementRefusal implements RefusalCode {
  UNKNOWN_PROGRAMME(Kind.UNKNOWN),
  UNKNOWN_RUN(Kind.UNKNOWN),
  UNKNOWN_TRANSFER(Kind.UNKNOWN),
  /** The run's identifier belongs to a run of another programme or cut-off. */
  RUN_ID_TAKEN(Kind.CONFLICT),
  /** A second person has to let a run go before its file or an end of its transfers. */
  RUN_NOT_RELEASED(Kind.CONFLICT),
  /** Its file was handed out: it may be with the bank. */
  RUN_ALREADY_RELEASED(Kind.CONFLICT),
  RUN_CANCELLED(Kind.CONFLICT),
  /** Made again now, a run's file would not be the one that was handed out before. */
  FILE_DIFFERS(Kind.CONFLICT),
  /** Its file was never handed out, so that nobody can have told what became of its transfers. */
  FILE_NEVER_HANDED_OUT(Kind.CONFLICT),
  /** What its file, never handed out, would order has come to an end without it. */
  TRANSFER_ENDED(Kind.CONFLICT),
  /** Nothing is left to transfer: all that the run took is netted. */
  NOTHING_TO_TRANSFER(Kind.CONFLICT),
  /** A venue is not made to pay by netting what it contests. */
  NETTING_CONTESTED(Kind.CONFLICT),
  /** The bank says that a rejected transfer of the same lines was paid after all. */
  MAY_BE_PAID_ALREADY(Kind.CONFLICT),
  /** Nothing is sent to an IBAN that the bank closed after the run was opened. */
  ACCOUNT_CLOSED(Kind.CONFLICT),
  /**
   * The bank has booked a debit of the transfer that is to be explained, not recorded beside it.
   */
  DEBIT_UNEXPLAINED(Kind.CONFLICT),
  /** That it was paid on that day was taken back: who said so before may be sending it again. */
  DEBIT_TAKEN_BACK(Kind.CONFLICT),
  TRANSFER_ALREADY_CONFIRMED(Kind.CONFLICT),
  TRANSFER_ALREADY_REJECTED(Kind.CONFLICT),
  /** Who opened a run does not release it. */
  SECOND_PERSON_REQUIRED(Kind.RULE),
  /** Later lines than now could still come before such a cut-off. */
  CUT_OFF_IN_FUTURE(Kind.RULE),
  /**
   * The ledger has no fact from the cut-off on, so a line that is being written now could still be
   * recorded before it. Over within a second of midnight.
   */
  CUT_OFF_NOT_RECORDED(Kind.RULE),
  /** The programme's calendar has no cut-off on that day, and the run is not exceptional. */
  CUT_OFF_NOT_SCHEDULED(Kind.RULE),
  NOTHING_TO_PAY(Kind.RULE),
  /** A calendar governs cut-offs to come. */
  CALENDAR_NOT_LATER(Kind.RULE),
  MINIMUM_OUT_OF_RANGE(Kind.RULE),
  /** What is below a minimum waits for the next cut-off, and without a calendar there is none. */
  MINIMUM_WITHOUT_CALENDAR(Kind.RULE),
  /** No day on which the bank can have booked or rejected the transfer. */
  DATE_OUT_OF_RANGE(Kind.RULE),
  UNKNOWN_REASON(Kind.RULE);

  private final Kind kind;

  SettlementRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
