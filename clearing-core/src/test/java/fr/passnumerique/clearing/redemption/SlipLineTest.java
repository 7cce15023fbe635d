package fr.passnumerique.clearing.redemption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class SlipLineTest {
  @Test
  void aLabelTypedWithAMarkOfItsOwnIsTheOneTypedWithoutIt() {
    assertEquals("d\u00e9marches", SlipLine.label("\u00a0de\u0301marches "));
    assertEquals("\u1ea5", SlipLine.label("\u00e2\u0301"));
  }

  /** What lets most labels by unnormalised. */
  @Test
  void noTwoCharactersBelowTheFirstMarkHaveAnotherForm() {
    for (char first = 0; first < '\u0300'; first++) {
      for (char second = 0; second < '\u0300'; second++) {
        assertTrue(
            Normalizer.isNormalized("" + first + second, Normalizer.Form.NFC),
            "%04x %04x".formatted((int) first, (int) second));
      }
    }
  }
}
