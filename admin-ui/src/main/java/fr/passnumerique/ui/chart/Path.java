package fr.passnumerique.ui.chart;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An amount and the stops that it made, one in each column of a drawing.
 *
 * @param cents above zero
 */
public record Path(List<Stop> stops, long cents) {

  /**
   * @param rest whether it stands for several that are too small to be shown: it comes last
   */
  public record Stop(String id, String label, boolean rest) {
    public Stop(String id, String label) {
      this(id, label, false);
    }
  }

  /**
   * The same amounts with at most so many stops in one column: those with the highest amounts, and
   * one for all others. One other alone is shown as itself.
   *
   * @param most with the one for all others, at least 2
   * @param label of so many others
   */
  public static List<Path> few(List<Path> paths, int column, int most, IntFunction<String> label) {
    Map<String, Long> cents =
        paths.stream()
            .collect(
                Collectors.groupingBy(
                    path -> path.stops().get(column).id(),
                    LinkedHashMap::new,
                    Collectors.summingLong(Path::cents)));
    if (cents.size() <= most) {
      return paths;
    }
    Set<String> shown =
        cents.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most - 1L)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(HashSet::new));
    Stop rest = new Stop("", label.apply(cents.size() - shown.size()), true);
    return paths.stream()
        .map(path -> shown.contains(path.stops().get(column).id()) ? path : path.with(column, rest))
        .toList();
  }

  private Path with(int column, Stop stop) {
    return new Path(
        IntStream.range(0, stops.size())
            .mapToObj(at -> at == column ? stop : stops.get(at))
            .toList(),
        cents);
  }
}
