package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FrenchTest {
  private final French french = new French();

  @Test
  void aHundredPercentIsAllOfItAndNothingLess() {
    assertThat(french.percent(99_999, 100_000)).isEqualTo("99,9\u00A0%");
    assertThat(french.percent(100_000, 100_000)).isEqualTo("100,0\u00A0%");
    assertThat(french.percent(-1, 100_000)).isEqualTo("-0,1\u00A0%");
    assertThat(french.percent(1, 0)).isEqualTo("–");
  }

  @Test
  void zeroAndOneAreSingular() {
    assertThat(french.counted(0, "ligne", "lignes")).isEqualTo("0\u00A0ligne");
    assertThat(french.counted(1, "ligne", "lignes")).isEqualTo("1\u00A0ligne");
    assertThat(french.counted(2, "ligne", "lignes")).isEqualTo("2\u00A0lignes");
    assertThat(french.counted(1_234_567, "ligne", "lignes"))
        .isEqualTo("1\u00A0234\u00A0567\u00A0lignes");
  }

  @Test
  void aMomentIsToldInTheTimeOfParis() {
    assertThat(french.moment(Instant.parse("2026-12-31T23:30:00Z")))
        .isEqualTo("01/01/2027 à 00:30");
    assertThat(french.moment(Instant.parse("2026-06-30T22:30:00Z")))
        .isEqualTo("01/07/2026 à 00:30");
  }

  @Test
  void aDayIsReadAsWrittenInAFileOrByAPerson() {
    assertThat(french.isoDay("31/12/2026")).isEqualTo("2026-12-31");
    assertThat(french.isoDay(" 2026-12-31 ")).isEqualTo("2026-12-31");
    assertThat(french.isoDay("31/13/2026")).isEmpty();
    assertThat(french.sameDay("2026-12-31")).isEqualTo("31/12/2026");
    assertThat(french.sameDay("demain")).isEqualTo("demain");
    assertThat(french.date(LocalDate.of(2026, 1, 2))).isEqualTo("02/01/2026");
  }

  @Test
  void corseHasTwoDepartementsAndAnUnknownCodeStaysAsItIs() {
    assertThat(French.departement("2A")).isEqualTo("Corse-du-Sud\u00A0(2A)");
    assertThat(French.departement("974")).isEqualTo("La Réunion\u00A0(974)");
    assertThat(French.departement("20")).isEqualTo("20");
  }

  @Test
  void anAmountIsReadAsItIsWritten() {
    assertThat(French.cents("1 234,50")).contains(1_234_50L);
    assertThat(French.cents(" 1\u202F234,5\u00A0€ ")).contains(1_234_50L);
    assertThat(French.cents("1234.05")).contains(1_234_05L);
    assertThat(French.cents("0,01")).contains(1L);
    assertThat(French.cents("12")).contains(12_00L);
    for (String none :
        new String[] {
          "", "0", "0,00", "-1", "1,234,50", "12 34", "1,005", "1.234,50", "1e3", "abc", "€"
        }) {
      assertThat(French.cents(none)).as(none).isEmpty();
    }
  }

  @Test
  void aDayIsReadInBothForms() {
    assertThat(French.day("31/12/2026")).contains(LocalDate.parse("2026-12-31"));
    assertThat(French.day(" 2026-12-31 ")).contains(LocalDate.parse("2026-12-31"));
    assertThat(French.day("31/02/2026")).isEmpty();
    assertThat(French.day("12/31/2026")).isEmpty();
  }
}
