package fr.passnumerique.clearing.settlement;

/** Why a clerk takes back that a transfer is paid, by a confirmation or by a status of the bank. */
public enum WhyNotPaid {
  /** Another transfer's. */
  WRONG_TRANSFER,
  /** The bank says that it has rejected it. */
  REJECTED,
  /** The account shows no debit of it. */
  NEVER_DEBITED,
  OTHER
}
