package fr.passnumerique.clearing.redemption;

/**
 * The verdict on a line of a slip. Rejections stand in their order of precedence: the first that
 * applies is given. This is the one place where the order is defined.
 */
public enum Verdict {
  ACCEPTED,
  /** The same cheque stands earlier in the slip with a valid check part. */
  DUPLICATE_LINE,
  UNKNOWN_CHEQUE,
  BAD_CHECK_CODE,
  SERVICE_DATE_IN_FUTURE,
  /** Says when, not where. A void cheque answers this too. */
  ALREADY_REDEEMED,
  OPPOSED,
  NOT_ACTIVATED,
  NOT_DISTRIBUTED,
  SERVICE_BEFORE_DISTRIBUTION,
  EXPIRED_AT_SERVICE_DATE,
  PRESENTED_TOO_LATE,
  VENUE_NOT_LABELLED_AT_SERVICE_DATE,
  SERVICE_NOT_ELIGIBLE,
  OUT_OF_TERRITORY,
  CONFLICT_OF_INTEREST,
  TOO_MANY_IN_ONE_VISIT
}
