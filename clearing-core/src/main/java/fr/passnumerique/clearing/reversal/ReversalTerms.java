package fr.passnumerique.clearing.reversal;

/**
 * The operator's rules for reversals.
 *
 * @param aloneUpToCents what one person may reverse alone; above it a second one confirms
 * @param contestDays how long the venue may contest, from the day after the reversal
 * @param debitNoteDays after which what was not netted is asked for
 */
record ReversalTerms(long aloneUpToCents, int contestDays, int debitNoteDays) {
  /** 500 €, 30 days, 90 days. */
  static final ReversalTerms USUAL = new ReversalTerms(50_000, 30, 90);

  ReversalTerms {
    if (aloneUpToCents < 0 || contestDays < 0 || debitNoteDays < 0) {
      throw new IllegalArgumentException(
          "pass.reversal.* must not be below zero: %d cents, %d and %d days"
              .formatted(aloneUpToCents, contestDays, debitNoteDays));
    }
  }
}
