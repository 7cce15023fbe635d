package fr.passnumerique.ui.visitor;

import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Places on a map, drawn here and by nothing from elsewhere: a point for those that lie close
 * together, larger for more. North is up, a degree of longitude as long as it is in the middle of
 * what is shown.
 *
 * <p>Mainland France and Corsica, or what of it the places asked for take up; where all of them lie
 * elsewhere, their own surroundings.
 *
 * @param coast paths of {@link Coast}
 * @param elsewhere how many of the places lie outside of it
 * @param nowhere how many have no position: a sole trader's is nobody's to know
 */
record PlacesMap(
    Frame frame,
    List<String> coast,
    List<Dot> dots,
    List<Label> towns,
    Scale scale,
    int elsewhere,
    int nowhere) {
  /** Units of the drawing in a degree of latitude. */
  private static final double UNITS = 100;

  private static final double KM_IN_A_DEGREE = 111.2;
  private static final double MIDDLE_OF_FRANCE = 46.5;
  private static final Frame FRANCE = new Frame(-525, -475, 1020, 1005);

  /** No closer than this, or two places would seem far apart. */
  private static final double NARROWEST = 60;

  /** So many communes can be named without hiding each other. */
  private static final int NAMED = 12;

  /** Points that lie closer than this part of the width are one. */
  private static final int CELLS = 110;

  private static final int[] LENGTHS_KM = {5, 10, 20, 50, 100, 200};

  /** To know one's way by. */
  private static final Map<String, double[]> TOWNS =
      Map.ofEntries(
          Map.entry("Paris", new double[] {48.857, 2.352}),
          Map.entry("Lille", new double[] {50.632, 3.057}),
          Map.entry("Strasbourg", new double[] {48.574, 7.753}),
          Map.entry("Lyon", new double[] {45.758, 4.835}),
          Map.entry("Marseille", new double[] {43.297, 5.381}),
          Map.entry("Toulouse", new double[] {43.605, 1.444}),
          Map.entry("Bordeaux", new double[] {44.838, -0.579}),
          Map.entry("Nantes", new double[] {47.218, -1.554}),
          Map.entry("Brest", new double[] {48.390, -4.486}),
          Map.entry("Ajaccio", new double[] {41.927, 8.737}));

  /** In units of the drawing. */
  record Frame(double x, double y, double width, double height) {
    String viewBox() {
      return "%s %s %s %s".formatted(number(x), number(y), number(width), number(height));
    }

    boolean holds(double[] point) {
      return point[0] >= x && point[0] <= x + width && point[1] >= y && point[1] <= y + height;
    }
  }

  /**
   * @param says how many, and where
   */
  record Dot(String x, String y, String radius, String says) {}

  /**
   * @param anchor which end of the name is at the place
   */
  record Label(String x, String y, String anchor, String name) {}

  /**
   * @param x of its beginning, as {@code y} of its line
   * @param end of its line
   */
  record Scale(String x, String y, String end, String words) {}

  /** Size of letters, in units of the drawing. */
  public String letters() {
    return number(frame.width() / 30);
  }

  /** Width of the thinnest line. */
  public String line() {
    return number(frame.width() / 500);
  }

  public String viewBox() {
    return frame.viewBox();
  }

  /**
   * @param closer whether to show no more than they take up
   */
  static PlacesMap of(List<Place> places, boolean closer) {
    Projection france = new Projection(MIDDLE_OF_FRANCE);
    List<Place> known =
        places.stream().filter(p -> p.latitude() != null && p.longitude() != null).toList();
    List<Place> here = known.stream().filter(p -> FRANCE.holds(france.of(p))).toList();
    boolean abroad = closer && here.isEmpty() && !known.isEmpty();
    List<Place> drawn = abroad ? known : here;
    Projection projection = abroad ? Projection.of(known) : france;
    Frame frame =
        closer && !drawn.isEmpty() ? around(drawn.stream().map(projection::of).toList()) : FRANCE;
    List<Place> shown = drawn.stream().filter(p -> frame.holds(projection.of(p))).toList();
    return new PlacesMap(
        frame,
        Coast.LINES.stream().map(line -> path(line, projection)).toList(),
        dots(shown, projection, frame),
        labels(shown, projection, frame),
        scale(frame),
        known.size() - shown.size(),
        places.size() - known.size());
  }

  private record Projection(double middle) {
    static Projection of(List<Place> places) {
      return new Projection(
          places.stream().mapToDouble(place -> place.latitude()).average().orElse(0));
    }

    double[] of(Place place) {
      return of(new double[] {place.latitude(), place.longitude()});
    }

    double[] of(double[] degrees) {
      return new double[] {
        (degrees[1] - 2.5) * Math.cos(Math.toRadians(middle)) * UNITS,
        (MIDDLE_OF_FRANCE - degrees[0]) * UNITS
      };
    }
  }

  /**
   * A square about most of them, with a margin: lists have positions that are far from the commune
   * that they name, and one of those would make all others one point.
   */
  private static Frame around(List<double[]> points) {
    double[] across = middle(points.stream().mapToDouble(point -> point[0]));
    double[] down = middle(points.stream().mapToDouble(point -> point[1]));
    double side = Math.max(NARROWEST, 1.5 * Math.max(across[1] - across[0], down[1] - down[0]));
    return side >= FRANCE.width()
        ? FRANCE
        : new Frame((across[0] + across[1] - side) / 2, (down[0] + down[1] - side) / 2, side, side);
  }

  /** From where to where they lie, without the tenth at either end. */
  private static double[] middle(DoubleStream along) {
    double[] sorted = along.sorted().toArray();
    int tenth = (sorted.length - 1) / 10;
    return new double[] {sorted[tenth], sorted[sorted.length - 1 - tenth]};
  }

  private static List<Dot> dots(List<Place> places, Projection projection, Frame frame) {
    double cell = frame.width() / CELLS;
    Map<List<Long>, List<Place>> together = new LinkedHashMap<>();
    for (Place place : places) {
      double[] at = projection.of(place);
      together
          .computeIfAbsent(
              List.of(Math.round(at[0] / cell), Math.round(at[1] / cell)), _ -> new ArrayList<>())
          .add(place);
    }
    return together.values().stream().map(few -> dot(few, projection, frame)).toList();
  }

  /** Where the first of them lies; its area grows with their number. */
  private static Dot dot(List<Place> places, Projection projection, Frame frame) {
    double[] at = projection.of(places.getFirst());
    double radius = frame.width() / 130 * Math.min(4, Math.sqrt(1 + places.size() / 2.0));
    String commune = places.getFirst().commune();
    return new Dot(
        number(at[0]),
        number(at[1]),
        number(radius),
        places.size() == 1 ? commune : "%s : %d lieux".formatted(commune, places.size()));
  }

  /** Of towns that everybody knows; where there is none, of the communes themselves. */
  private static List<Label> labels(List<Place> shown, Projection projection, Frame frame) {
    List<Label> known =
        TOWNS.entrySet().stream()
            .map(town -> Map.entry(town.getKey(), projection.of(town.getValue())))
            .filter(town -> frame.holds(town.getValue()))
            .map(town -> label(town.getKey(), town.getValue(), frame))
            .toList();
    Map<String, double[]> communes = new LinkedHashMap<>();
    shown.forEach(place -> communes.putIfAbsent(place.commune(), projection.of(place)));
    return known.isEmpty() && communes.size() <= NAMED
        ? communes.entrySet().stream()
            .map(commune -> label(commune.getKey(), commune.getValue(), frame))
            .toList()
        : known;
  }

  /** Beside the edge a name goes inwards. */
  private static Label label(String name, double[] at, Frame frame) {
    double across = (at[0] - frame.x()) / frame.width();
    String anchor = across < 0.1 ? "start" : across > 0.9 ? "end" : "middle";
    return new Label(number(at[0]), number(at[1]), anchor, name);
  }

  private static String path(double[][] line, Projection projection) {
    StringBuilder path = new StringBuilder();
    for (double[] degrees : line) {
      double[] at = projection.of(degrees);
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(number(at[0]))
          .append(' ')
          .append(number(at[1]));
    }
    return path.append('Z').toString();
  }

  /** The longest that is no more than a quarter of the width. */
  private static Scale scale(Frame frame) {
    int km = LENGTHS_KM[0];
    for (int longer : LENGTHS_KM) {
      if (units(longer) <= frame.width() / 4) {
        km = longer;
      }
    }
    double margin = frame.width() / 40;
    double x = frame.x() + margin;
    double y = frame.y() + frame.height() - margin;
    return new Scale(number(x), number(y), number(x + units(km)), km + "\u00A0km");
  }

  private static double units(int km) {
    return km / KM_IN_A_DEGREE * UNITS;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
