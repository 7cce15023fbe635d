package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {
  /** At some 80 000 lines a second, which the strongest rival was measured to take. */
  @Test
  void aRoundOfPeakKeepsTheRivalBusyForSomeSixSeconds() {
    assertThat(new Cell(16, 42).slips(Cells.LONG_SECONDS)).isBetween(11_900, 12_100);
  }

  /** A plan holds the lines of all rounds in memory. */
  @ParameterizedTest
  @CsvSource({"16, 1", "1, 42", "16, 500", "16, 1000"})
  void noRoundHasMoreThanSevenHundredThousandLines(int clients, int lines) {
    assertThat((long) lines * new Cell(clients, lines).slips(Cells.LONG_SECONDS))
        .isLessThan(720_000);
  }

  @Test
  void eachClientHasASlipAtLeast() {
    assertThat(new Cell(500, 1_000).slips(Cells.SHORT_SECONDS)).isEqualTo(500);
  }
}
