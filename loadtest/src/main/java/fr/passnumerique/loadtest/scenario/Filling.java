package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Pace;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Shape;
import java.util.ArrayList;
import java.util.List;

/** Rounds that fill a ledger with redeemed lines, and are not measured. */
public final class Filling {
  private static final int SLIPS_OF_ROUND = 2_000;

  /** One line in fifty is bad, but for those that are bad in a way that cannot be yet. */
  private static final double ACCEPTED = 0.98;

  private Filling() {}

  /**
   * @param redeemed lines, within a few per cent
   * @param lines of a slip
   */
  public static List<Shape> shapes(long redeemed, int lines) {
    List<Shape> shapes = new ArrayList<>();
    long slips = (long) Math.ceil(redeemed / (ACCEPTED * lines));
    while (slips > 0) {
      int now = (int) Math.min(slips, SLIPS_OF_ROUND);
      shapes.add(Shape.of(now, lines));
      slips -= now;
    }
    return shapes;
  }

  public static void present(Course course, List<Round> rounds) throws InterruptedException {
    for (Round round : rounds) {
      course.present(round, new Pace.Closed());
    }
  }
}
