package fr.passnumerique.ui.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a whole as a bar that needs no script.
 *
 * @param segments from left to right, in thousandths of the bar's width
 */
public record Bar(List<Segment> segments) {
  private static final int WIDTH = 1000;

  /** What has one colour on every page, in bars as in charts. */
  public enum Series {
    PAID,
    TO_PAY,
    IN_CIRCULATION,
    IN_TRANSIT,
    REST,
    ENDED;

    /** As style sheets number them, from 1. */
    public int number() {
      return ordinal() + 1;
    }
  }

  record Segment(Series series, int x, int width) {}

  /**
   * @param cents not negative
   */
  public record Part(Series series, long cents) {}

  /**
   * @param whole what the full width stands for; two bars of the same can be compared
   */
  public static Bar of(long whole, Part... parts) {
    List<Segment> segments = new ArrayList<>();
    long before = 0;
    for (Part part : parts) {
      // From the running sums, so that rounding neither leaves gaps nor runs over the end.
      int from = at(before, whole);
      before += part.cents();
      int to = at(before, whole);
      if (to > from) {
        segments.add(new Segment(part.series(), from, to - from));
      }
    }
    return new Bar(List.copyOf(segments));
  }

  private static int at(long sum, long whole) {
    return whole <= 0 ? 0 : (int) Math.round((double) sum / whole * WIDTH);
  }
}
