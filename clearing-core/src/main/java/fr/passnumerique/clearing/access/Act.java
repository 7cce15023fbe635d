package fr.passnumerique.clearing.access;

/** What can be done to an account. Names are kept for ever. */
public enum Act {
  ACCOUNT_CREATED,
  ACCOUNT_APPROVED,
  ACCOUNT_DISABLED,
  PASSWORD_CHANGED,
  KEY_MADE,
  KEY_REVOKED,
  /** A first code showed that its owner has the second factor. */
  FACTOR_ENROLLED,
  /** Another took it away, since it was lost. */
  FACTOR_RESET,
  RECOVERY_CODES_RENEWED,
  /** A login went by a recovery code instead of the second factor. */
  RECOVERY_CODE_USED,
  SESSION_ENDED
}
