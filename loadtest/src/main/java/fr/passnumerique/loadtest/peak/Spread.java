package fr.passnumerique.loadtest.peak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The median of some figures, and how far they lie apart. */
public record Spread(double median, double least, double most) {
  public static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  public static <T> Spread of(List<T> samples, ToDoubleFunction<T> figure) {
    return of(samples.stream().map(figure::applyAsDouble).toList());
  }

  /**
   * @param format of one figure
   */
  public String text(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + "–" + format + ")", median, least, most);
  }
}
