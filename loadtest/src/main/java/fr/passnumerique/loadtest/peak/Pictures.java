package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run of {@code peak} looks like.
 *
 * @param byHand of the ways, those with which the others are compared
 */
record Pictures(List<String> ways, List<String> byHand, Measured measured) {
  private static final String ACROSS = "lines of a slip × clients";
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

  /** SVG by name. */
  Map<String, String> all() {
    Map<String, String> pictures = new LinkedHashMap<>();
    List<Cell> cells = measured.cells(Part.CLOSED);
    // Of one alone the table says the same at a glance.
    if (cells.size() > 1) {
      pictures.put("rates", rates(cells).svg());
    }
    if (cells.size() > 1 && !byHand.isEmpty() && !compared().isEmpty()) {
      pictures.put("ratios", ratios(cells).svg());
    }
    for (Cell cell : measured.cells(Part.SAME_RATE)) {
      pictures.put(
          "latency-%d-lines-%d-clients".formatted(cell.lines(), cell.clients()),
          latency(cell).svg());
    }
    return pictures;
  }

  private Plot rates(List<Cell> cells) {
    Plot plot =
        new Plot(
            "Rate at full load, median of the rounds",
            ACROSS,
            "lines a second, until readable",
            Plot.Scale.LOGARITHMIC,
            false,
            places(cells));
    for (String way : ways) {
      plot.with(
          way,
          cells.stream()
              .map(
                  cell ->
                      Spread.of(measured.of(Part.CLOSED, cell, way), Sample::drainedRate).median())
              .toList());
    }
    return plot;
  }

  private Plot ratios(List<Cell> cells) {
    Plot plot =
        new Plot(
            "How many times the rate of what is written by hand, median of the rounds",
            ACROSS,
            "rate until readable / that one's",
            Plot.Scale.LINEAR,
            false,
            places(cells));
    for (String way : compared()) {
      for (String rival : byHand) {
        plot.with(
            way + " / " + rival,
            cells.stream()
                .map(
                    cell ->
                        measured.ratio(Part.CLOSED, cell, way, rival, Sample::drainedRate).median())
                .toList());
      }
      List<Double> least =
          cells.stream()
              .map(cell -> Target.of(way, cell).map(Target::least).orElse(Double.NaN))
              .toList();
      if (!least.stream().allMatch(figure -> figure.isNaN())) {
        plot.with(way + ", at least", least);
      }
    }
    return plot;
  }

  private Plot latency(Cell cell) {
    Plot plot =
        new Plot(
            "Latency where slips arrive at one rate: " + cell.told(),
            "of 100 slips so many are answered within",
            "milliseconds from when a slip was due",
            Plot.Scale.LOGARITHMIC,
            true,
            PERCENTILES.stream().map(at -> "%s".formatted(at).replaceFirst("\\.0$", "")).toList());
    for (String way : ways) {
      Histogram latency = Bounds.latency(measured.of(Part.SAME_RATE, cell, way));
      plot.with(
          way, PERCENTILES.stream().map(at -> latency.getValueAtPercentile(at) / 1e6).toList());
    }
    return plot;
  }

  private static List<String> places(List<Cell> cells) {
    return cells.stream().map(cell -> "%d × %d".formatted(cell.lines(), cell.clients())).toList();
  }

  private List<String> compared() {
    return ways.stream().filter(way -> !byHand.contains(way)).toList();
  }
}
