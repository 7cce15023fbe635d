package fr.passnumerique.clearing.redemption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.redemption.SlipJudged.Line;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class SlipLineReaderTest {
  private static final Serial CHEQUE = Serial.parse("000070001");

  static Stream<Line> lines() {
    return Stream.of(
        new Line(Optional.of(CHEQUE), 0, Optional.empty(), Optional.empty()),
        new Line(Optional.of(CHEQUE), 499, Optional.empty(), Optional.empty()),
        new Line(Optional.empty(), 0, Optional.of(Verdict.UNKNOWN_CHEQUE), Optional.empty()),
        new Line(
            Optional.of(CHEQUE),
            1,
            Optional.of(Verdict.ALREADY_REDEEMED),
            Optional.of(LocalDate.of(2026, 3, 20))));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineIsReadAsItWasWritten(Line line) {
    assertThat(read(FactCatalogue.JSON.writeValueAsString(line))).isEqualTo(line);
  }

  @Test
  void theOrderOfItsWordsIsFree() {
    assertThat(read("{\"visit\":1,\"cheque\":\"000070001\"}"))
        .isEqualTo(new Line(Optional.of(CHEQUE), 1, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cheque\":\"000070001\"}",
        "{\"cheque\":\"000070001\",\"visit\":null}",
        "{\"cheque\":null,\"visit\":0}",
        "{\"cheque\":70001,\"visit\":0}",
        "{\"cheque\":\"00007000\",\"visit\":0}",
        "{\"cheque\":\"000070001\",\"visit\":0,\"note\":\"x\"}",
        "{\"visit\":0,\"rejected\":\"LOST\"}",
        "{\"visit\":0,\"on\":\"2026-02-30\"}",
        "[\"000070001\",0]",
        "\"000070001\""
      })
  void anythingElseIsAnError(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JacksonException.class);
  }

  private static Line read(String json) {
    return FactCatalogue.JSON.readValue(json, Line.class);
  }
}
