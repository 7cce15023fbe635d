package fr.passnumerique.clearing.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeilingThresholdsTest {
  @Test
  void percentsAreInOrderHoweverTheyAreWritten() {
    assertThat(CeilingThresholds.of("95, 1,50 , 95")).containsExactly(1, 50, 95);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0,50", "-1", "half", "50,,80"})
  void whatIsNoPercentIsToldByTheNameOfTheSetting(String setting) {
    assertThatThrownBy(() -> CeilingThresholds.of(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass.budget.thresholds");
  }
}
