package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.figures.Bar.Part;
import fr.passnumerique.ui.figures.Bar.Series;
import fr.passnumerique.ui.words.Badge;

/**
 * Is every cheque in circulation covered by cash, and does the bank confirm it? As {@code
 * readCover} says; all in cents.
 *
 * @param cash on the ring-fenced account
 * @param outstanding face value of activated cheques that are neither redeemed nor out of
 *     circulation
 * @param owed accepted from venues and in no transfer
 * @param inTransit in transfers that no statement shows as debited
 * @param dueBack to be refunded to the funders
 * @param missing what is short, by funder and agreement: what others have left does not make it up
 */
public record Cover(
    CoverRead.State state,
    long cash,
    long outstanding,
    long owed,
    long inTransit,
    long dueBack,
    long missing) {

  public static Cover of(CoverRead read) {
    CoverRead.Amounts total = read.total();
    return new Cover(
        read.state(),
        total.cashCents(),
        total.outstandingCents(),
        total.acceptedUnpaidCents() - total.inTransitCents(),
        total.inTransitCents(),
        total.dueBackCents(),
        total.missingCents());
  }

  public long commitments() {
    return outstanding + owed + inTransit + dueBack;
  }

  /** What is left for further activations, where nobody's cash is short. */
  public long margin() {
    return cash - commitments();
  }

  public boolean holds() {
    return state != CoverRead.State.BREACH;
  }

  public boolean proven() {
    return state == CoverRead.State.COVERED;
  }

  public Badge badge() {
    return switch (state) {
      case BREACH -> Badge.bad("Rupture de couverture");
      case UNPROVEN ->
          commitments() == 0 ? Badge.calm("Rien à couvrir") : Badge.warn("Couvert, non prouvé");
      case COVERED -> commitments() == 0 ? Badge.calm("Rien à couvrir") : Badge.good("Couvert");
    };
  }

  public Bar cashBar() {
    return Bar.of(scale(), new Part(Series.PAID, Math.max(0, cash)));
  }

  public Bar commitmentsBar() {
    return Bar.of(
        scale(),
        new Part(Series.IN_CIRCULATION, outstanding),
        new Part(Series.TO_PAY, owed),
        new Part(Series.IN_TRANSIT, inTransit),
        new Part(Series.ENDED, dueBack));
  }

  private long scale() {
    return Math.max(cash, commitments());
  }
}
