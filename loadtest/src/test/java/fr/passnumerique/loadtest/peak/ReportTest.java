package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Cell USUAL = new Cell(16, 42);

  @TempDir private Path directory;
  private final Measured measured = new Measured();

  private static Way way(String name) {
    return new MemoryWay() {
      @Override
      public String name() {
        return name;
      }
    };
  }

  private void add(Part part, String way, double linesPerSecond, int lagMillis) {
    add(part, USUAL, way, linesPerSecond, lagMillis);
  }

  private void add(Part part, Cell cell, String way, double linesPerSecond, int lagMillis) {
    long nanos = (long) (1e12 / linesPerSecond);
    Histogram lag = new Histogram(3);
    if (lagMillis > 0) {
      lag.recordValue(lagMillis * 1_000_000L);
    }
    Histogram latency = new Histogram(3);
    latency.recordValue(3_000_000);
    measured.add(
        new Turn(part, cell, "round"),
        new Sample(
            way,
            0,
            1,
            0,
            1_000,
            900,
            900_000,
            nanos,
            nanos,
            latency,
            lag,
            Cost.NOTHING,
            List.of()));
  }

  private Report report() {
    return report(way("rival"), way("bus"));
  }

  private Report report(Way... ways) {
    LocalDate today = LocalDate.of(2026, 11, 24);
    Plan plan =
        Plan.make(
            7,
            today,
            Site.of(Site.VenueList.real()),
            new Plan.Size(16, 1, 16, 2),
            FileCheckKeys.open(directory.resolve("keys"), new Random(7)));
    return new Report(
        new Report.Conditions(
            "peak",
            new Peak.Settings(List.of(USUAL), _ -> 16, 0, 1, 1, 0, new Bounds(250, 1_000)),
            plan,
            Map.of("rival", 300L << 20, "bus", 0L),
            new Surroundings(today, Map.of("cpu", "two"), false, Map.of("fsync", "on")),
            ""),
        List.of(ways),
        measured,
        List.of());
  }

  private void measure(double bus, int lagMillis) {
    add(Part.CLOSED, "rival", 10_000, 0);
    add(Part.CLOSED, "bus", bus, 0);
    add(Part.SAME_RATE, "rival", 5_000, 0);
    add(Part.SAME_RATE, "bus", 5_000, 0);
    add(Part.HALF_OF_PEAK, "rival", 5_000, 0);
    add(Part.HALF_OF_PEAK, "bus", bus / 2, lagMillis);
  }

  @Test
  void whatIsReachedIsToldWithTheRatesThatSlipsArrivedAt() {
    measure(30_100, 990);

    Report report = report();

    assertThat(report.summary())
        .contains("| 42 | 16 | bus / rival | 3.01 (3.01–3.01) | 3.01 (3.01–3.01) | 3.0 | 6.0 |")
        .contains("Of the two ways by hand only rival is in this run")
        .contains("| 42 | 16 | bus | 5000 | ", "| 42 | 16 | bus | 15050 | ")
        .doesNotContain("OUT OF BOUNDS: bus / rival, 42 lines, 16 clients, until");
    assertThat(report.full(""))
        .contains(
            "# Peak redemption, 2026-11-24\n", "\n## Machine\n\n| | |\n|---|---|\n| cpu | two |\n")
        .contains("\n## Server\n\n| | |\n|---|---|\n| fsync | on |\n");
    assertThat(report.pictures())
        .as("rates and ratios of one shape are four figures, which the table says")
        .containsOnlyKeys("latency-42-lines-16-clients");
  }

  @Test
  void ofWaysThatAreNotComparedWithWhatIsWrittenByHandNoPictureSaysThatTheyAre() {
    for (Cell cell : List.of(USUAL, new Cell(16, 1))) {
      add(Part.CLOSED, cell, "bus", 10_000, 0);
      add(Part.CLOSED, cell, "http", 5_000, 0);
    }

    assertThat(report(way("bus"), way("http")).pictures()).containsOnlyKeys("rates");
    assertThat(report(way("bus")).pictures()).containsOnlyKeys("rates");
  }

  @Test
  void whatIsMeantAgainstTheFastestIsNotSaidOfTheOther() {
    measure(30_100, 10);
    add(Part.CLOSED, "together", 5_000, 0);

    assertThat(report(way("rival"), way("together"), way("bus")).summary())
        .contains("| bus / rival | 3.01 (3.01–3.01) | 3.01 (3.01–3.01) | 3.0 | 6.0 |")
        .contains("| bus / together | 6.02 (6.02–6.02) | 6.02 (6.02–6.02) | – | – |")
        .doesNotContain("is in this run");
  }

  @Test
  void whatWasTriedIsListedOnce() {
    measure(30_100, 10);

    assertThat(report().full("")).containsOnlyOnce("- hash index: cheques kept apart");
  }

  @Test
  void aRatioBelowWhatIsToBeReachedIsOutOfBounds() {
    measure(29_000, 10);

    assertThat(report().holds()).isFalse();
    assertThat(report().summary())
        .contains("OUT OF BOUNDS: bus / rival, 42 lines, 16 clients, until readable is 2.90");
  }

  @Test
  void aProjectionThatLagsASecondAtHalfOfPeakIsOutOfBounds() {
    measure(40_000, 1_020);

    assertThat(report().holds()).isFalse();
    assertThat(report().summary())
        .contains("OUT OF BOUNDS: bus, 42 lines, 16 clients, at half of its peak: longest lag");
  }
}
