package fr.passnumerique.clearing.reversal;

/**
 * The operator's rules for reversals.
 *
 * <p>What one person reverses alone against one venue on a day is taken together, or who is to ask
 * a second person would split what is above the limit into reversals below it. So rules for cash
 * transactions count (31 CFR 1010.313: several by one person in one business day are one), and so
 * do banks' limits per user and day. The day is that of Paris on which it is recorded. What waits
 * for a second person counts until it is confirmed or given up; what a second person confirmed does
 * not. Roads not taken: all venues together, which would stop a clerk who corrects many small
 * mistakes; the slip, of which a venue presents several a day; all clerks together, since two
 * clerks who agree are the two persons.
 *
 * @param aloneUpToCents what one person may reverse alone, of one venue on one day; above it a
 *     second one confirms
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
