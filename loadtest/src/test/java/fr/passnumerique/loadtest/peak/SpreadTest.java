package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(Spread.of(List.of(3.0, 1.0, 20.0))).isEqualTo(new Spread(3, 1, 20));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 20.0, 3.0))).isEqualTo(new Spread(3.5, 1, 20));
  }

  @Test
  void isWrittenWithItsLimits() {
    assertThat(new Spread(3, 1, 20).text("%.1f")).isEqualTo("3.0 (1.0–20.0)");
  }
}
