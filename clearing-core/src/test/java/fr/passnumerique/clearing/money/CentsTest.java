package fr.passnumerique.clearing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentsTest {
  private static final Cents LARGEST = new Cents(Long.MAX_VALUE);
  private static final Cents SMALLEST = new Cents(Long.MIN_VALUE);

  /** {@code _} stands for a no-break space. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0,00_€",
        "5|0,05_€",
        "9|0,09_€",
        "10|0,10_€",
        "-5|-0,05_€",
        "99|0,99_€",
        "100|1,00_€",
        "99999|999,99_€",
        "100000|1_000,00_€",
        "123450|1_234,50_€",
        "-123450|-1_234,50_€",
        "100000000|1_000_000,00_€",
        "9223372036854775807|92_233_720_368_547_758,07_€",
        "-9223372036854775808|-92_233_720_368_547_758,08_€",
      })
  void isWrittenAsFrenchReadersExpect(long amount, String written) {
    assertThat(new Cents(amount).inFrench()).isEqualTo(written.replace('_', '\u00A0'));
  }

  @Test
  void isWrittenInEnglishMessagesWithAPointAndAllItsCents() {
    assertThat(new Cents(123_450).inEnglish()).isEqualTo("1234.50 €");
    assertThat(new Cents(-5).inEnglish()).isEqualTo("-0.05 €");
  }

  @Test
  void isWrittenTheSameWhateverTheMachinesLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(new Cents(123_450).inFrench()).isEqualTo("1\u00A0234,50\u00A0€");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void reckonsInWholeCents() {
    var tenEuros = new Cents(1_000);
    assertThat(tenEuros.plus(new Cents(1))).isEqualTo(new Cents(1_001));
    assertThat(tenEuros.minus(new Cents(1_001))).isEqualTo(new Cents(-1));
    assertThat(tenEuros.times(100_000)).isEqualTo(new Cents(100_000_000));
    assertThat(tenEuros.negate()).isEqualTo(new Cents(-1_000));
    assertThat(Cents.ZERO.negate()).isEqualTo(Cents.ZERO);
  }

  @Test
  void neverTurnsASumTooLargeIntoADebt() {
    assertThatThrownBy(() -> LARGEST.plus(new Cents(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> SMALLEST.minus(new Cents(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> LARGEST.times(2)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(SMALLEST::negate).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void isAPercentOfAnotherOnlyOnceItIsReached() {
    assertThat(new Cents(9_999).percentOf(new Cents(20_000))).isEqualTo(49);
    assertThat(new Cents(10_000).percentOf(new Cents(20_000))).isEqualTo(50);
    assertThat(new Cents(20_200).percentOf(new Cents(20_000))).isEqualTo(101);
    assertThat(new Cents(1).percentOf(Cents.ZERO)).isZero();
  }

  @Test
  void isOrderedByAmountDebtsFirst() {
    assertThat(Stream.of(LARGEST, new Cents(1), SMALLEST, Cents.ZERO, new Cents(-1)).sorted())
        .containsExactly(SMALLEST, new Cents(-1), Cents.ZERO, new Cents(1), LARGEST);
  }
}
