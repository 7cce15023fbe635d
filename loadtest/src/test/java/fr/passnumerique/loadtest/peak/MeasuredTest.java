package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** From what was measured to the rates that slips arrive at, and to what is to be reached. */
class MeasuredTest {
  private static final Cell USUAL = new Cell(16, 42);

  private final Measured measured = new Measured();
  private final Findings findings = new Findings();

  private void round(Cell cell, String way, double linesPerSecond, long walOfALine) {
    long lines = 1_000;
    long nanos = (long) (lines * 1e9 / linesPerSecond);
    measured.add(
        new Turn(Part.CLOSED, cell, "round"),
        new Sample(
            way,
            0,
            100,
            0,
            lines,
            900,
            900_000,
            nanos,
            nanos,
            new Histogram(3),
            new Histogram(3),
            new Cost(0, 0, 0, walOfALine * lines, 45_000, 0),
            List.of()));
  }

  @Test
  void aMedianOnWhatIsToBeReachedReachesIt() {
    for (int i = 0; i < 3; i++) {
      round(USUAL, "rival", 10_000, 200);
    }
    round(USUAL, "bus", 10_000, 120);
    round(USUAL, "bus", 30_000, 120);
    round(USUAL, "bus", 90_000, 120);

    Target.check(measured, "bus", List.of("rival"), findings);

    assertThat(findings.hold()).as(findings.summary()).isTrue();
    assertThat(findings.summary())
        .contains("bus / rival, 42 lines, 16 clients, until readable is 3.00, to be at least 3.00")
        .contains("WAL of a line is 0.60, to be at most 0.60");
  }

  @Test
  void aRateBelowAndALogAboveAreOutOfBounds() {
    round(USUAL, "rival", 10_000, 200);
    round(USUAL, "bus", 29_900, 122);

    Target.check(measured, "bus", List.of("rival"), findings);

    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: bus / rival, 42 lines, 16 clients, until readable is 2.99")
        .contains("OUT OF BOUNDS: bus / rival, 42 lines, 16 clients, WAL of a line is 0.61");
  }

  @Test
  void itIsToBeReachedAgainstTheFastestThatIsWrittenByHandWhicheverThatIs() {
    Cell alone = new Cell(1, 42);
    round(USUAL, "rival", 10_000, 200);
    round(USUAL, "together", 12_000, 200);
    round(alone, "rival", 10_000, 200);
    round(alone, "together", 8_000, 200);

    assertThat(measured.fastest(USUAL, List.of("rival", "together"))).isEqualTo("together");
    assertThat(measured.fastest(alone, List.of("rival", "together"))).isEqualTo("rival");
  }

  @Test
  void theLogIsHeldAgainstTheLeastThatIsWrittenByHandHoweverSlowThatIs() {
    round(USUAL, "rival", 5_000, 157);
    round(USUAL, "together", 10_000, 228);
    round(USUAL, "bus", 30_000, 120);

    Target.check(measured, "bus", List.of("rival", "together"), findings);

    assertThat(findings.summary())
        .contains("bus / together, 42 lines, 16 clients, until readable is 3.00")
        .contains("OUT OF BOUNDS: bus / rival, 42 lines, 16 clients, WAL of a line is 0.76");
  }

  @Test
  void eachNumberOfLinesAndClientsHasItsOwn() {
    assertThat(Target.of("bus", new Cell(1, 42)).orElseThrow().least()).isEqualTo(2);
    assertThat(Target.of("bus", new Cell(16, 1)).orElseThrow().least()).isEqualTo(1.2);
    assertThat(Target.of("bus", new Cell(16, 500)).orElseThrow().least()).isEqualTo(4);
    assertThat(Target.of("http", USUAL).orElseThrow().least()).isEqualTo(1.2);
    assertThat(Target.of("http", new Cell(1, 42))).isEmpty();
  }

  @Test
  void diskIsThatOfAllRoundsForEachAcceptedLine() {
    round(USUAL, "rival", 10_000, 200);
    round(USUAL, "rival", 10_000, 200);

    assertThat(Measured.diskOfALine(measured.of(Part.CLOSED, USUAL, "rival"))).isEqualTo(50);
  }

  @Test
  void slipsArriveAtHalfOfTheRivalsRateForEveryWayAndThenAtHalfOfEachOnesOwn() {
    round(USUAL, "rival", 10_000, 200);
    round(USUAL, "bus", 80_000, 120);
    Peak.Settings settings = settings(0);

    assertThat(settings.pace(new Turn(Part.CLOSED, USUAL, ""), "bus", "rival", measured))
        .isEqualTo(new Pace.Closed());
    for (String way : List.of("rival", "bus")) {
      assertThat(settings.pace(new Turn(Part.SAME_RATE, USUAL, ""), way, "rival", measured))
          .isEqualTo(new Pace.Open(5_000.0 / 42));
    }
    assertThat(settings.pace(new Turn(Part.HALF_OF_PEAK, USUAL, ""), "bus", "rival", measured))
        .isEqualTo(new Pace.Open(40_000.0 / 42));
  }

  @Test
  void aStatedRateIsThatOfEveryRound() {
    for (Turn turn : settings(530).turns()) {
      assertThat(settings(530).pace(turn, "http", "http", measured))
          .isEqualTo(new Pace.Open(530.0 / 42));
    }
  }

  @Test
  void everyWayIsFirstInItsTurn() {
    List<String> ways = List.of("rival", "bus", "http");

    assertThat(Peak.rotated(ways, 0)).isEqualTo(ways);
    assertThat(Peak.rotated(ways, 1)).containsExactly("bus", "http", "rival");
    assertThat(Peak.rotated(ways, 5)).containsExactly("http", "rival", "bus");
  }

  @Test
  void everyNumberOfLinesAndClientsHasItsTurnBeforeAnyHasItsNext() {
    Cell other = new Cell(4, 42);
    Peak.Settings settings =
        new Peak.Settings(List.of(other, USUAL), _ -> 100, 1, 2, 1, 0, new Bounds(0, 0));

    assertThat(settings.turns())
        .extracting(Turn::part, Turn::cell)
        .containsExactly(
            tuple(Part.WARM_UP, other),
            tuple(Part.WARM_UP, USUAL),
            tuple(Part.CLOSED, other),
            tuple(Part.CLOSED, USUAL),
            tuple(Part.CLOSED, other),
            tuple(Part.CLOSED, USUAL),
            tuple(Part.SAME_RATE, USUAL),
            tuple(Part.HALF_OF_PEAK, USUAL));
    assertThat(settings.size().clients()).isEqualTo(16);
    assertThat(settings.size().rounds()).hasSize(8).extracting(Shape::slips).containsOnly(100);
  }

  private static Peak.Settings settings(double linesPerSecond) {
    return new Peak.Settings(
        List.of(USUAL), _ -> 100, 1, 1, 0, linesPerSecond, new Bounds(250, 1_000));
  }
}
