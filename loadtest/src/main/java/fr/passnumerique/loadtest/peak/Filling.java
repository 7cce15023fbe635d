package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Plan.Round;
import java.util.ArrayList;
import java.util.List;

/** Rounds that fill a ledger with redeemed lines, and are not measured. */
final class Filling {
  private static final int SLIPS_OF_ROUND = 2_000;

  /** One line in fifty is bad, but for those that are bad in a way that cannot be yet. */
  private static final double ACCEPTED = 0.98;

  private Filling() {}

  /**
   * @param redeemed lines, within a few per cent
   * @param lines of a slip
   */
  static List<Shape> shapes(long redeemed, int lines) {
    List<Shape> shapes = new ArrayList<>();
    long slips = (long) Math.ceil(redeemed / (ACCEPTED * lines));
    while (slips > 0) {
      int now = (int) Math.min(slips, SLIPS_OF_ROUND);
      shapes.add(Shape.of(now, lines));
      slips -= now;
    }
    return shapes;
  }

  static void present(Course course, List<Round> rounds) throws InterruptedException {
    for (Round round : rounds) {
      course.present(round, new Pace.Closed());
    }
  }
}
