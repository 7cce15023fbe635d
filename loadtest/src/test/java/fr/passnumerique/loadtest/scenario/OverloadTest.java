package fr.passnumerique.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OverloadTest {
  private final Findings findings = new Findings();

  private Findings check(long beforeMillis, long duringMillis, double taken) {
    new Overload.Kept(1_000, 8, 0.7, 1.05)
        .check(millis(beforeMillis), millis(duringMillis), 1_000, taken, findings);
    return findings;
  }

  private static Histogram millis(long millis) {
    Histogram histogram = new Histogram(Load.DIGITS);
    histogram.recordValue(millis * 1_000_000);
    return histogram;
  }

  @Test
  void acceptedWorkKeepsItsTimeAndMostOfItsRate() {
    assertThat(check(50, 390, 710).hold()).as(findings.summary()).isTrue();
  }

  @Test
  void whoTakesMoreThanTheMostHadNotMeasuredTheMost() {
    assertThat(check(50, 390, 1_050).hold()).as(findings.summary()).isTrue();
    assertThat(check(50, 390, 1_051).hold()).isFalse();
    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: slips taken a second / the most, if it was the most, is 1.05");
  }

  @Test
  void theMostIsMeasuredUntilTwoRoundsInTurnComeToTheSame() {
    assertThat(Overload.Played.steady(List.of(1_000.0))).isFalse();
    assertThat(Overload.Played.steady(List.of(1_000.0, 940.0, 990.0))).isFalse();
    assertThat(Overload.Played.steady(List.of(500.0, 960.0, 1_000.0))).isTrue();
    assertThat(Overload.Played.steady(List.of(1_000.0, 949.0))).isFalse();
  }

  @Test
  void muchSlowerThanBeforeIsOutHoweverShort() {
    assertThat(check(10, 90, 1_000).hold()).isFalse();
    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: p99 of accepted requests / p99 at the most is")
        .contains("1 OUT OF BOUNDS");
  }

  @Test
  void asSlowAsBeforeIsOutIfThatIsTooLong() {
    assertThat(check(1_100, 1_100, 1_000).hold()).isFalse();
    assertThat(findings.summary()).contains("OUT OF BOUNDS: p99 of accepted requests is");
  }

  @Test
  void whoRefusesMoreThanTheMostWouldLeaveIsOut() {
    assertThat(check(50, 50, 690).hold()).isFalse();
    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: slips taken a second / the most is 0.69, to be at least 0.70");
  }
}
