package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.RefusalCode;

/**
 * Why a whole slip is not taken: nothing of it is recorded, and its reference stays free; and why
 * one is not withdrawn. In order of precedence. A fault of one line that the rules of redemption
 * know is no refusal but its {@link Verdict}.
 */
enum SlipRefusal implements RefusalCode {
  UNKNOWN_VENUE(Kind.UNKNOWN),
  /** The reference belongs to a slip with other lines. */
  SLIP_REFERENCE_REUSED(Kind.CONFLICT),
  NO_LINES(Kind.RULE),
  TOO_MANY_LINES(Kind.RULE),
  /** A day in another century: no cheque can have been used then. */
  SERVICE_DATE_OUT_OF_RANGE(Kind.RULE),
  /**
   * Not one of this venue's. No verdict, because there would be no département to count the line
   * in; and it is the venue's slip of the pen, to be mended before the slip is sent again.
   */
  UNKNOWN_POINT_OF_SERVICE(Kind.RULE),

  /** A cheque of the slip to be withdrawn is void: only a reversal voids, and nothing undoes it. */
  SLIP_HAS_VOID_CHEQUES(Kind.CONFLICT),
  /** What is left of a cheque's order has expired: the cheque could not be live again. */
  SLIP_HAS_EXPIRED_CHEQUES(Kind.CONFLICT),
  /** The cut-off that takes the slip is past: it stands in a settlement run. */
  SLIP_IN_SETTLEMENT(Kind.CONFLICT);

  private final Kind kind;

  SlipRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
