package fr.passnumerique.clearing.notices;

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

  /** Rounded down, as a budget's is: a threshold is not met early. */
  private int percent() {
    return ceiling == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, activated * 100 / ceiling);
  }
}
