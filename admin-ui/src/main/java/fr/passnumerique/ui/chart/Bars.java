package fr.passnumerique.ui.chart;

import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.figures.Bar.Part;
import fr.passnumerique.ui.figures.Bar.Series;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The rows of a table as bars of one scale, each parted. Words and figures stand beside the bars
 * and not in the drawing: they are as large on every screen.
 *
 * @param kinds of parts that occur, in the order in which they lie
 */
public record Bars(List<Kind> kinds, List<Line> lines) {

  public record Kind(Series series, String label) {}

  /**
   * @param whole of all its parts, in the table's unit: cents or cheques
   */
  public record Line(String label, long whole, Bar bar) {}

  /**
   * What one part of each bar is.
   *
   * @param of in the table's unit; below zero is drawn as nothing
   */
  public record Share<R>(Series series, String label, ToLongFunction<R> of) {
    private Part part(R row) {
      return new Part(series, Math.max(0, of.applyAsLong(row)));
    }
  }

  /** The full width is the largest whole. */
  @SafeVarargs
  public static <R> Bars of(List<R> rows, Function<R, String> label, Share<R>... shares) {
    long longest = rows.stream().mapToLong(row -> whole(row, shares)).max().orElse(0);
    return new Bars(
        Stream.of(shares)
            .filter(share -> rows.stream().anyMatch(row -> share.part(row).cents() > 0))
            .map(share -> new Kind(share.series(), share.label()))
            .toList(),
        rows.stream()
            .map(
                row ->
                    new Line(
                        label.apply(row),
                        whole(row, shares),
                        Bar.of(
                            longest,
                            Stream.of(shares).map(share -> share.part(row)).toArray(Part[]::new))))
            .toList());
  }

  @SafeVarargs
  private static <R> long whole(R row, Share<R>... shares) {
    return Stream.of(shares).mapToLong(share -> share.part(row).cents()).sum();
  }
}
