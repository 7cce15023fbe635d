package fr.passnumerique.loadtest.model;

import org.jspecify.annotations.Nullable;

/**
 * Towards what chance alone brings to its end in one story of a hundred. It draws from a chance of
 * its own, and only once what it leads from has come: all other stories stay what they are, and
 * with them what each was found to show.
 */
final class SeldomPlot {
  private final Dice dice;
  private final TakenBackPlot takenBack;
  private final KeptPlot kept;

  SeldomPlot(Dice dice, TakenBackPlot takenBack, KeptPlot kept) {
    this.dice = dice;
    this.takenBack = takenBack;
    this.kept = kept;
  }

  /** Null if nothing has come that it leads from, and at times all the same. */
  @Nullable Action next() {
    Action next = dice.percent(60) ? takenBack.straight() : null;
    if (next == null && dice.percent(15)) {
      next = kept.paidToTheBank();
    }
    return next == null && dice.percent(15) ? kept.paymentThatNeverWas() : next;
  }
}
