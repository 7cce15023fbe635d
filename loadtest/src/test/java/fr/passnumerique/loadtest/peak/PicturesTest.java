package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final List<String> WAYS = List.of("rival", "bus", "http");

  private final Measured measured = new Measured();

  private void measure(Part part, Cell cell) {
    for (String way : WAYS) {
      double rate = (way.equals("bus") ? 190_000.0 : 80_000.0) * Math.min(1, cell.lines() / 42.0);
      long nanos = (long) (1e12 / rate);
      Histogram latency = new Histogram(3);
      for (int i = 1; i <= 2_000; i++) {
        latency.recordValue((long) (600_000 + Math.pow(i / 20.0, 4) * WAYS.indexOf(way)));
      }
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
              new Histogram(3),
              Cost.NOTHING,
              List.of()));
    }
  }

  private Map<String, String> pictures() {
    return pictures(WAYS, WAYS.subList(0, 1));
  }

  private Map<String, String> pictures(List<String> ways, List<String> byHand) {
    return new Pictures(ways, byHand, measured).all();
  }

  @Test
  void aPictureShowsWhatATableDoesNotSayAtAGlance() {
    for (int lines : List.of(1, 42, 500)) {
      measure(Part.CLOSED, new Cell(16, lines));
    }
    measure(Part.SAME_RATE, new Cell(16, 42));

    assertThat(pictures()).containsOnlyKeys("rates", "ratios", "latency-42-lines-16-clients");
  }

  @Test
  void whatIsWrittenByHandAloneIsComparedWithNothing() {
    for (int lines : List.of(1, 42)) {
      measure(Part.CLOSED, new Cell(16, lines));
    }
    List<String> byHand = List.of("rival", "http");

    assertThat(pictures(byHand, byHand)).containsOnlyKeys("rates");
    assertThat(pictures(byHand, byHand.subList(0, 1))).containsOnlyKeys("rates", "ratios");
  }

  @Test
  void aFewFiguresAreLeftToTheTable() {
    measure(Part.CLOSED, new Cell(16, 42));

    assertThat(pictures()).isEmpty();
  }
}
