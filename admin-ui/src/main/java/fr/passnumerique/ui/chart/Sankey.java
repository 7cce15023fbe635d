package fr.passnumerique.ui.chart;

import fr.passnumerique.ui.chart.Path.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Amounts as bands that run from column to column, as wide as they are high. All lengths are in
 * whole units of the drawing: what lies side by side fills its node to the unit, and neither leaves
 * a gap nor runs over.
 *
 * @param columns from left to right, each from top to bottom
 */
public record Sankey(int width, int height, List<List<Node>> columns, List<Band> bands) {
  private static final int NODE = 12;
  private static final int ABOVE = 52;
  private static final int BELOW = 16;
  private static final int ASIDE = 8;

  /**
   * For what width it is drawn: text is as large in each.
   *
   * @param beyond kept free on the right for the words of the last column; 0 if they stand before
   * @param flow height of all amounts together, without the gaps
   * @param gap between two nodes, high enough for the words of the smaller
   * @param letters that fit beside a node; 0 where each bears its number and a list beside the
   *     drawing says the rest
   */
  public record Shape(int width, int beyond, int flow, int gap, int letters) {
    public static final Shape WIDE = new Shape(960, 300, 300, 38, 34);

    /** Of a phone, where the words of two columns would lie over each other. */
    public static final Shape NARROW = new Shape(300, 0, 220, 24, 0);

    private int above() {
      return letters == 0 ? BELOW : ABOVE;
    }
  }

  /**
   * @param number among all, column by column, from 1
   * @param label as much of its name as fits
   * @param anchor {@code start} or {@code end}, as SVG names them
   */
  public record Node(
      Stop stop,
      int number,
      String label,
      long cents,
      int x,
      int y,
      int height,
      int textX,
      int textY,
      String anchor) {
    public int width() {
      return NODE;
    }

    public int middleX() {
      return x + NODE / 2;
    }

    public int middleY() {
      return y + height / 2;
    }
  }

  /**
   * @param fromHeight by a unit more or less than {@code toHeight}, as each node is filled
   */
  public record Band(
      Node from, Node to, long cents, int fromY, int fromHeight, int toY, int toHeight) {

    /** As the {@code d} of an SVG path. */
    public String outline() {
      int left = from.x() + NODE;
      int right = to.x();
      int middle = (left + right) / 2;
      return "M%d %dC%d %d %d %d %d %dV%dC%d %d %d %d %d %dZ"
          .formatted(
              left,
              fromY,
              middle,
              fromY,
              middle,
              toY,
              right,
              toY,
              toY + toHeight,
              middle,
              toY + toHeight,
              middle,
              fromY + fromHeight,
              left,
              fromY + fromHeight);
    }
  }

  private record Ends(Stop from, Stop to) {}

  /** Where its cents begin, counted from the top of its column without gaps. */
  private record Place(int index, long from, long cents) {}

  /**
   * @param paths each with as many stops
   */
  public static Sankey of(List<Path> paths, Shape shape) {
    if (paths.isEmpty()) {
      return new Sankey(shape.width(), shape.above(), List.of(), List.of());
    }
    long whole = paths.stream().mapToLong(Path::cents).sum();
    int count = paths.getFirst().stops().size();
    List<Map<Stop, Place>> places = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      places.add(places(paths, column, column == 0 ? Map.of() : places.get(column - 1)));
    }
    int most = places.stream().mapToInt(Map::size).max().orElse(0);
    int inner = shape.flow() + shape.gap() * (most - 1);
    Units units = new Units(whole, shape.flow());
    List<Map<Stop, Node>> nodes = new ArrayList<>();
    int number = 1;
    for (int column = 0; column < count; column++) {
      nodes.add(nodes(places.get(column), number, column, count, inner, units, shape));
      number += places.get(column).size();
    }
    List<Band> bands = new ArrayList<>();
    for (int column = 1; column < count; column++) {
      bands.addAll(
          bands(
              paths,
              column,
              places.get(column - 1),
              places.get(column),
              nodes.get(column - 1),
              nodes.get(column),
              units));
    }
    return new Sankey(
        shape.width(),
        shape.above() + inner + BELOW,
        nodes.stream().map(column -> List.copyOf(column.values())).toList(),
        List.copyOf(bands));
  }

  /**
   * From running sums, so that rounding adds up.
   *
   * @param whole cents above zero
   */
  private record Units(long whole, int flow) {
    int at(long cents) {
      return (int) Math.round((double) cents / whole * flow);
    }
  }

  /**
   * Each under what leads to it on the average (its barycentre), which crosses few bands; beside
   * equals the larger first.
   */
  private static Map<Stop, Place> places(List<Path> paths, int column, Map<Stop, Place> before) {
    Map<Stop, Long> cents = new LinkedHashMap<>();
    Map<Stop, Double> weights = new HashMap<>();
    for (Path path : paths) {
      Stop stop = path.stops().get(column);
      cents.merge(stop, path.cents(), Long::sum);
      if (column > 0) {
        Place from = before.get(path.stops().get(column - 1));
        weights.merge(stop, (double) path.cents() * (from == null ? 0 : from.index()), Double::sum);
      }
    }
    Function<Stop, Double> centre = stop -> weights.getOrDefault(stop, 0.0) / known(cents, stop);
    List<Stop> order =
        cents.keySet().stream()
            .sorted(
                Comparator.comparing(Stop::rest)
                    .thenComparing(centre)
                    .thenComparing(stop -> known(cents, stop), Comparator.reverseOrder())
                    .thenComparing(Stop::id))
            .toList();
    Map<Stop, Place> places = new LinkedHashMap<>();
    long sum = 0;
    for (Stop stop : order) {
      long own = known(cents, stop);
      places.put(stop, new Place(places.size(), sum, own));
      sum += own;
    }
    return places;
  }

  private static Map<Stop, Node> nodes(
      Map<Stop, Place> places,
      int number,
      int column,
      int columns,
      int inner,
      Units units,
      Shape shape) {
    // Where numbers stand on the nodes, these are wider than they.
    int beside = shape.letters() == 0 ? ASIDE : 0;
    int x =
        columns == 1
            ? beside
            : beside
                + column * (shape.width() - shape.beyond() - NODE - 2 * beside) / (columns - 1);
    // The first column stands at the top, where nothing is written before it.
    int top =
        column == 0 && shape.letters() > 0
            ? shape.above()
            : shape.above() + (inner - shape.flow() - shape.gap() * (places.size() - 1)) / 2;
    Map<Stop, Node> nodes = new LinkedHashMap<>();
    places.forEach(
        (stop, place) -> {
          int from = units.at(place.from());
          int height = units.at(place.from() + place.cents()) - from;
          int y = top + from + place.index() * shape.gap();
          boolean first = column == 0;
          boolean after = column == columns - 1 && shape.beyond() > 0;
          nodes.put(
              stop,
              new Node(
                  stop,
                  number + place.index(),
                  cut(stop.label(), shape.letters()),
                  place.cents(),
                  x,
                  y,
                  height,
                  first ? x : after ? x + NODE + ASIDE : x - ASIDE,
                  first ? y - 24 : y + height / 2 - 2,
                  first || after ? "start" : "end"));
        });
    return nodes;
  }

  /** Of a map that holds every key that is asked for. */
  private static <K, V> V known(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }

  private static String cut(String label, int letters) {
    return label.length() <= letters || letters == 0
        ? label
        : label.substring(0, letters - 1).stripTrailing() + "…";
  }

  /** In a node those to what lies higher above, on both sides. */
  private static List<Band> bands(
      List<Path> paths,
      int column,
      Map<Stop, Place> from,
      Map<Stop, Place> to,
      Map<Stop, Node> fromNodes,
      Map<Stop, Node> toNodes,
      Units units) {
    Map<Ends, Long> cents =
        paths.stream()
            .collect(
                Collectors.groupingBy(
                    path -> new Ends(path.stops().get(column - 1), path.stops().get(column)),
                    Collectors.summingLong(Path::cents)));
    Comparator<Ends> order =
        Comparator.<Ends>comparingInt(ends -> known(from, ends.from()).index())
            .thenComparingInt(ends -> known(to, ends.to()).index());
    Map<Stop, Long> left = new HashMap<>();
    Map<Stop, Long> arrived = new HashMap<>();
    List<Band> bands = new ArrayList<>();
    cents.keySet().stream()
        .sorted(order)
        .forEach(
            ends -> {
              long own = known(cents, ends);
              Node source = known(fromNodes, ends.from());
              Node target = known(toNodes, ends.to());
              long leaves = known(from, ends.from()).from() + left.getOrDefault(ends.from(), 0L);
              long arrives = known(to, ends.to()).from() + arrived.getOrDefault(ends.to(), 0L);
              left.merge(ends.from(), own, Long::sum);
              arrived.merge(ends.to(), own, Long::sum);
              int fromY = source.y() + units.at(leaves) - units.at(known(from, ends.from()).from());
              int toY = target.y() + units.at(arrives) - units.at(known(to, ends.to()).from());
              bands.add(
                  new Band(
                      source,
                      target,
                      own,
                      fromY,
                      units.at(leaves + own) - units.at(leaves),
                      toY,
                      units.at(arrives + own) - units.at(arrives)));
            });
    return bands;
  }
}
