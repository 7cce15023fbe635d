package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void inAClosedLoopLatencyCountsFromTheRequest() {
    long before = System.nanoTime();
    long from = new Pace.Closed().await(0, 0, 1, 1_000_000);

    assertThat(from).isBetween(before, System.nanoTime());
  }

  @Test
  void aRequestThatIsDueLaterIsWaitedFor() {
    long start = System.nanoTime();
    long from = new Pace.Open(1_000).await(start, 1, 4, 5);

    assertThat(from).isEqualTo(start + 21_000_000);
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(from);
  }

  @Test
  void aRequestThatIsLateCountsFromWhenItWasDue() {
    long start = System.nanoTime() - 1_000_000_000;

    assertThat(new Pace.Open(1_000).await(start, 0, 4, 5)).isEqualTo(start + 20_000_000);
  }
}
