package fr.passnumerique.clearing.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreditorReferenceTest {
  /** The example of ISO 11649. */
  @Test
  void theCheckDigitsAreThoseOfTheStandard() {
    assertThat(CreditorReference.of("539007547034")).isEqualTo("RF18539007547034");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RF18539007547034", "RF741", "RF83X", "RF95ABCDEFGHIJKLMNOPQRSTU"})
  void aReferenceWithItsCheckDigitsIsOne(String reference) {
    assertThat(CreditorReference.of(reference.substring(4))).isEqualTo(reference);
    assertThat(CreditorReference.isOne(reference)).isTrue();
  }

  /**
   * A digit mistyped, two exchanged, an empty body, 22 characters, another prefix, small letters.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RF18539007547035",
        "RF18539007547043",
        "RF19539007547034",
        "RF18",
        "RF22ABCDEFGHIJKLMNOPQRSTUV",
        "RG18539007547034",
        "rf18539007547034",
      })
  void anyOtherTextIsNone(String text) {
    assertThat(CreditorReference.isOne(text)).isFalse();
  }

  @Test
  void theSameTextGivesTheSameReferenceAndAnotherAnother() {
    String reference = CreditorReference.madeFrom("call|2026-1");
    assertThat(reference).isEqualTo(CreditorReference.madeFrom("call|2026-1")).hasSize(16);
    assertThat(CreditorReference.isOne(reference)).isTrue();
    assertThat(CreditorReference.madeFrom("call|2026-2")).isNotEqualTo(reference);
  }
}
