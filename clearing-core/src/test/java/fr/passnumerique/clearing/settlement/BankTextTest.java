package fr.passnumerique.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Médiathèque d’Aubusson | Mediatheque d'Aubusson",
        "Cœur & Numérique – Guéret | Coeur + Numerique - Gueret",
        "L'Étape_23 | L'Etape-23",
        "//a//b/ | a/b",
        "Ωmega<br>\u00a0€ 5 | mega br 5",
      })
  void aTextIsWrittenAsBanksTakeIt(String text, String expected) {
    assertThat(BankText.of(text, 70)).isEqualTo(expected);
  }

  @Test
  void aTextIsCutWithoutASlashOrASpaceLeftAtItsEnd() {
    assertThat(BankText.of("abc/def", 4)).isEqualTo("abc");
    assertThat(BankText.of("abc def", 4)).isEqualTo("abc");
    assertThat(BankText.of("é".repeat(200), 70)).hasSize(70);
  }

  @ParameterizedTest
  @ValueSource(strings = {"R", "2026-04.PASS", "abcdefghijklmnopqrstuvwxyz12"})
  void aRunKeepsItsOwnIdentifierWhereABankCanTakeIt(String run) {
    assertThat(BankText.idOf(new SettlementRunId(run))).isEqualTo(run);
    assertThat(BankText.idOf(new SettlementRunId(run), 7).value()).isEqualTo(run + "-7");
  }

  @Test
  void aRunThatABankCouldNotTakeHasAnIdentifierThatIsAlwaysTheSame() {
    Stream.of("run_1", "run_2", "abcdefghijklmnopqrstuvwxyz123", "x".repeat(40))
        .map(SettlementRunId::new)
        .forEach(
            run -> {
              assertThat(BankText.idOf(run)).matches("R[A-Z0-9]{20}").isEqualTo(BankText.idOf(run));
              assertThat(BankText.idOf(run, 99_999).value().length()).isLessThanOrEqualTo(35);
            });
    assertThat(BankText.idOf(new SettlementRunId("run_1")))
        .isNotEqualTo(BankText.idOf(new SettlementRunId("run_2")));
  }
}
