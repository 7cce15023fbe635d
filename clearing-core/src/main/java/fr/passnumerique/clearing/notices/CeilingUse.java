package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.money.Cents;

/** How much of one funder's ceiling of an agreement is activated, in cents. */
final class CeilingUse {
  private long ceiling;
  private long activated;

  void limit(long cents) {
    ceiling = cents;
  }

  /**
   * @param thresholds in percent
   * @return the highest that is reached by it and was not before; 0 if none
   */
  int activate(long cents, int[] thresholds) {
    int before = percent();
    activated += cents;
    int after = percent();
    int reached = 0;
    for (int threshold : thresholds) {
      if (before < threshold && threshold <= after) {
        reached = Math.max(reached, threshold);
      }
    }
    return reached;
  }

  private int percent() {
    return new Cents(activated).percentOf(new Cents(ceiling));
  }
}
