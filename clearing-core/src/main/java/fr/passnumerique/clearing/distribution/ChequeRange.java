package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.issuance.Batch;

/**
 * Consecutive cheques of one batch.
 *
 * @param first ordinal, from 1, inclusive
 * @param last ordinal, inclusive
 */
public record ChequeRange(Batch batch, int first, int last) {
  public ChequeRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "a range of cheques goes from 1 or more upwards, not from %d to %d"
              .formatted(first, last));
    }
  }

  public int count() {
    return last - first + 1;
  }
}
