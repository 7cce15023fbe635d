package fr.passnumerique.ui;

import fr.passnumerique.ui.Bar.Part;
import fr.passnumerique.ui.Bar.Series;

/**
 * Is every cheque in circulation covered by cash? All in cents, none negative unless the accounts
 * are wrong.
 *
 * @param cash on the ring-fenced account
 * @param outstanding face value of activated cheques that are not redeemed
 * @param owed accepted from venues and in no transfer
 * @param inTransit in transfers of which the bank has not told the end
 */
record Cover(long cash, long outstanding, long owed, long inTransit) {
  public long commitments() {
    return outstanding + owed + inTransit;
  }

  /** What is left for further activations; below zero when cover is broken. */
  public long margin() {
    return cash - commitments();
  }

  public boolean holds() {
    return margin() >= 0;
  }

  public Badge badge() {
    if (commitments() == 0) {
      return Badge.calm("Rien à couvrir");
    }
    return holds() ? Badge.good("Couvert") : Badge.bad("Découvert");
  }

  public Bar cashBar() {
    return Bar.of(scale(), new Part(Series.PAID, cash));
  }

  public Bar commitmentsBar() {
    return Bar.of(
        scale(),
        new Part(Series.IN_CIRCULATION, outstanding),
        new Part(Series.TO_PAY, owed),
        new Part(Series.IN_TRANSIT, inTransit));
  }

  private long scale() {
    return Math.max(cash, commitments());
  }
}
