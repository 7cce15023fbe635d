package fr.passnumerique.clearing.payee;

/** Why an account that the bank closed is proposed all the same. */
public enum Reopening {
  /** The payee's bank has opened it again: the payee shows a new RIB. */
  OPEN_AGAIN,
  /** The bank says that its rejection or return was a mistake. */
  BANK_WAS_WRONG,
  /** The transfer failed for another cause than the account: a limit, a format, a day. */
  ANOTHER_CAUSE
}
