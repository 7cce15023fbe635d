package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Load.Sample;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private final Findings findings = new Findings();

  @Test
  void aFigureOnItsBoundIsWithinIt() {
    findings.atMost("p99", 250, 250, " ms");
    findings.atLeast("ratio", 0.8, 0.8, "");

    assertThat(findings.hold()).isTrue();
    assertThat(findings.summary()).contains("within bounds").doesNotContain("OUT OF BOUNDS");
  }

  @Test
  void aFigureBeyondItsBoundIsOut() {
    findings.atMost("p99", 250.01, 250, " ms");
    findings.atLeast("ratio", 0.79, 0.8, "");

    assertThat(findings.hold()).isFalse();
    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: p99 is 250.01 ms, to be at most 250.00 ms")
        .contains("OUT OF BOUNDS: ratio is 0.79, to be at least 0.80")
        .contains("2 OUT OF BOUNDS");
  }

  @Test
  void whatMustBeAndIsNotIsOut() {
    findings.must(false, "3 requests failed");

    assertThat(findings.hold()).isFalse();
    assertThat(findings.summary()).contains("DOES NOT HOLD: 3 requests failed");
  }

  @Test
  void booksThatDoNotReconcileAreOut() {
    findings.reconciled(
        new Reconciliation(
            "http",
            1,
            0,
            1,
            new Way.Books(1, 0, 1_000, 0, Map.of(), Map.of(), OptionalLong.of(0)),
            List.of("a claim is missing")));

    assertThat(findings.hold()).isFalse();
    assertThat(findings.summary()).contains("http: DOES NOT RECONCILE", "  - a claim is missing");
  }

  @Test
  void howManySlipsWereSentAgainIsTold() {
    findings.reconciled(
        new Reconciliation(
            "http",
            101,
            1,
            100,
            new Way.Books(100, 100, 1_000, 0, Map.of(), Map.of(), OptionalLong.of(0)),
            List.of()));

    assertThat(findings.summary()).contains("since the slip was sent again: 1 of 101 requests.");
  }

  @Test
  void onePercentOfSlipsAndOneLookAtTheProjectionsAreEnoughToBeOutOfBounds() {
    Bounds bounds = new Bounds(100, 1_000);
    bounds.check("http", List.of(sample(980, 101, 0)), findings);
    assertThat(findings.hold()).as("20 slips of 1000 took 101 ms").isFalse();

    Findings late = new Findings();
    bounds.check("http", List.of(sample(1_000, 99, 1_020)), late);
    assertThat(late.hold()).as("once a projection was 1020 ms behind").isFalse();

    Findings well = new Findings();
    bounds.check("http", List.of(sample(995, 101, 990)), well);
    assertThat(well.hold()).as(well.summary()).isTrue();
  }

  /**
   * @param quick slips of 1000 that took a millisecond
   * @param slowMillis of the others
   */
  private static Sample sample(int quick, int slowMillis, int lagMillis) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(1_000_000, quick);
    latency.recordValueWithCount(slowMillis * 1_000_000L, 1_000 - quick);
    Histogram lag = new Histogram(3);
    lag.recordValueWithCount(0, 10_000);
    lag.recordValue(lagMillis * 1_000_000L);
    return new Sample(
        "http", 0, 1_000, 0, 1, 1, 1_000, 1, 1, latency, lag, Cost.NOTHING, List.of());
  }
}
