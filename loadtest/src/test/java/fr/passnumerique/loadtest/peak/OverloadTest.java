package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OverloadTest {
  private final Findings findings = new Findings();

  private Findings check(long beforeMillis, long duringMillis, double taken) {
    new Overload.Kept(1_000, 8, 0.7)
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
