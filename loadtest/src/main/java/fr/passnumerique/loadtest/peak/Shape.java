package fr.passnumerique.loadtest.peak;

import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How a round's slips are made.
 *
 * @param slips in all
 * @param lines of the next slip
 * @param crowd where they come from
 * @param day on which they are presented
 */
public record Shape(int slips, ToIntFunction<Random> lines, Crowd crowd, Day day) {
  /** Half of the slips are shorter than this. */
  private static final double MEDIAN_LINES = 26;

  /** Of the logarithm: with it the mean is 42 lines. */
  private static final double DEVIATION = 1.0;

  private static final int MOST_LINES = 500;

  /** Where slips come from. */
  enum Crowd {
    /** All venues, each client its own. */
    SPREAD,
    /** One venue, and so one agreement: all clients present for it. */
    HOT
  }

  /** When slips are presented. */
  enum Day {
    TODAY,
    /** While the ledger is prepared: a settlement pays what was accepted before midnight. */
    DAY_BEFORE
  }

  /**
   * @param lines of every slip
   */
  public static Shape of(int slips, int lines) {
    return new Shape(slips, _ -> lines, Crowd.SPREAD, Day.TODAY);
  }

  /**
   * Slips as long as venues send them: many of a dozen lines, some of hundreds, 42 in the mean. A
   * log-normal distribution, cut at 500 lines.
   */
  public static Shape ofRealSizes(int slips) {
    return new Shape(slips, Shape::realSize, Crowd.SPREAD, Day.TODAY);
  }

  private static int realSize(Random random) {
    double lines = MEDIAN_LINES * Math.exp(DEVIATION * random.nextGaussian());
    return (int) Math.clamp(Math.round(lines), 1, MOST_LINES);
  }

  /** About how many lines its slips have together. */
  long manyLines() {
    Random random = new Random(1);
    return Math.round(
        slips
            * IntStream.range(0, 1_000).map(_ -> lines.applyAsInt(random)).average().orElseThrow());
  }

  public Shape hot() {
    return new Shape(slips, lines, Crowd.HOT, day);
  }

  public Shape dayBefore() {
    return new Shape(slips, lines, crowd, Day.DAY_BEFORE);
  }
}
