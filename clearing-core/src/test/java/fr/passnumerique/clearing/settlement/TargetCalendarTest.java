package fr.passnumerique.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetCalendarTest {
  @ParameterizedTest
  @CsvSource({
    "2000-04-23",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2030-04-21",
    "2038-04-25",
    "2049-04-18",
    "2076-04-19"
  })
  void easterIsWhereTheChurchHasIt(LocalDate easter) {
    assertThat(TargetCalendar.easter(easter.getYear())).isEqualTo(easter);
  }

  @ParameterizedTest
  @CsvSource({
    // From a working day to the next, over a weekend, over Easter, May Day, Christmas and New Year.
    "2026-03-31, 2026-04-01",
    "2026-04-02, 2026-04-07",
    "2026-04-30, 2026-05-04",
    "2026-05-08, 2026-05-11",
    "2026-07-13, 2026-07-14",
    "2026-12-24, 2026-12-28",
    "2026-12-31, 2027-01-04",
    "2028-12-22, 2028-12-27",
  })
  void theNextDayOnWhichEuroTransfersSettle(LocalDate day, LocalDate next) {
    assertThat(TargetCalendar.next(day)).isEqualTo(next);
  }
}
