package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture of some figures. Each series has a colour, a form of its marks and a kind of line of
 * its own, so that it can be told without colours.
 *
 * @param title tells what is shown
 * @param across tells what the places are
 * @param up tells the figures' unit
 * @param scale of the figures
 * @param joined lines lead from place to place
 * @param places from left to right
 * @param series by name, a figure for each place; NaN where there is none
 */
record Plot(
    String title,
    String across,
    String up,
    Scale scale,
    boolean joined,
    List<String> places,
    Map<String, List<Double>> series) {
  /** The first decimal of a coordinate, and those that nobody sees. */
  private static final Pattern DIGITS = Pattern.compile("(\\d\\.\\d)\\d+");

  private static final int WIDTH = 900;
  private static final int HEIGHT = 460;

  /** Of Okabe and Ito: told apart by whoever sees colours otherwise. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0xd55e00),
          new Color(0x0072b2),
          new Color(0x007a5a),
          new Color(0x555555),
          new Color(0x8f4a78),
          new Color(0x8a6d00));

  private static final List<Marker> MARKS =
      List.of(
          SeriesMarkers.SQUARE,
          SeriesMarkers.CIRCLE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.CROSS,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN);

  private static final List<BasicStroke> LINES =
      List.of(SeriesLines.SOLID, SeriesLines.DASH_DASH, SeriesLines.DOT_DOT);

  /** How far apart two figures lie. */
  enum Scale {
    /** By their difference. */
    LINEAR,
    /** By their ratio. */
    LOGARITHMIC
  }

  Plot(String title, String across, String up, Scale scale, boolean joined, List<String> places) {
    this(title, across, up, scale, joined, List.copyOf(places), new LinkedHashMap<>());
  }

  /**
   * @param figures one for each place; NaN where there is none
   */
  Plot with(String name, List<Double> figures) {
    series.put(name, figures);
    return this;
  }

  String svg() {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .build();
    var style = chart.getStyler();
    style
        .setDefaultSeriesRenderStyle(
            joined ? CategorySeriesRenderStyle.Line : CategorySeriesRenderStyle.Scatter)
        .setYAxisLogarithmic(scale == Scale.LOGARITHMIC)
        .setYAxisDecimalPattern("#,##0.##")
        .setPlotGridLinesColor(new Color(0xdddddd))
        // Dashes would be most of the file.
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendBorderColor(Color.WHITE)
        .setMarkerSize(9);
    // What is joined is read from place to place: each mark stands above its own.
    style.setOverlapped(joined);
    switch (scale) {
      case LINEAR -> style.setYAxisMin(0.0);
      case LOGARITHMIC -> {
        // Powers of ten alone are labelled: from the one below to the one above.
        DoubleSummaryStatistics figures =
            series.values().stream()
                .flatMap(List::stream)
                .filter(figure -> figure > 0)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        style
            .setYAxisMin(Math.pow(10, Math.floor(Math.log10(figures.getMin()))))
            .setYAxisMax(Math.pow(10, Math.ceil(Math.log10(figures.getMax()))));
      }
    }
    int number = 0;
    for (Map.Entry<String, List<Double>> one : series.entrySet()) {
      CategorySeries drawn = chart.addSeries(one.getKey(), places, drawable(one.getValue()));
      drawn.setLineColor(COLOURS.get(number % COLOURS.size()));
      drawn.setMarkerColor(COLOURS.get(number % COLOURS.size()));
      drawn.setMarker(MARKS.get(number % MARKS.size()));
      drawn.setLineStyle(LINES.get(number % LINES.size()));
      number++;
    }
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, picture, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DIGITS.matcher(picture.toString(UTF_8)).replaceAll("$1");
  }

  /** What is null is not drawn. */
  private static List<@Nullable Double> drawable(List<Double> figures) {
    List<@Nullable Double> drawable = new ArrayList<>();
    for (double figure : figures) {
      drawable.add(Double.isNaN(figure) ? null : figure);
    }
    return drawable;
  }
}
