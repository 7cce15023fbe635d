package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RivalsTest {
  private static final Cell CELL = new Cell(16, 42);
  private static final Rival OTHER = Rival.plain().named("other", "something");

  private final Measured measured = new Measured();

  private Findings strongest(Rival other, double rate) {
    take(Rival.strongest(), 10_000);
    take(other, rate);
    Findings findings = new Findings();
    Rivals.strongest(findings, measured, CELL, List.of(Rival.strongest(), other));
    return findings;
  }

  private void take(Rival rival, double linesPerSecond) {
    take(rival, linesPerSecond, 200);
  }

  private void take(Rival rival, double linesPerSecond, long walOfALine) {
    long nanos = (long) (1e12 / linesPerSecond);
    measured.add(
        new Turn(Part.CLOSED, CELL, "round"),
        new Sample(
            rival.name(),
            0,
            1,
            0,
            1_000,
            1_000,
            1_000_000,
            nanos,
            nanos,
            new Histogram(3),
            new Histogram(3),
            new Cost(0, 0, 0, 1_000 * walOfALine, 0, 0),
            List.of()));
  }

  @Test
  void theLeastLogIsThatOfOneThatGivesNothingUpHoweverSlow() {
    take(Rival.strongest(), 10_000, 228);
    take(OTHER, 5_000, 157);
    take(Rival.plain().named("third", "").giving("durability"), 5_000, 90);
    Findings findings = new Findings();

    Rivals.leanest(
        findings,
        measured,
        CELL,
        List.of(Rival.strongest(), OTHER, Rival.plain().named("third", "").giving("durability")));

    assertThat(findings.summary()).contains("has other, 157 bytes a line");
  }

  @Test
  void oneThatGivesNothingUpAndIsFasterIsToBeTheRivalOfPeak() {
    Findings findings = strongest(OTHER, 11_200);

    assertThat(findings.hold()).isFalse();
    assertThat(findings.summary()).contains("the fastest that gives nothing up, other,", "1.12");
  }

  @Test
  void aTenthMoreIsNoise() {
    assertThat(strongest(OTHER, 10_900).hold()).isTrue();
  }

  @Test
  void whatGivesDurabilityUpIsNotCompared() {
    assertThat(strongest(OTHER.giving("durability"), 30_000).hold()).isTrue();
  }
}
