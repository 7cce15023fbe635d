package fr.passnumerique.projections.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.projections.Story;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LedgerEnvelopeTest {
  private static final LedgerRow ROW =
      new LedgerRow(
          120,
          UUID.fromString("7d5f0c4e-0000-4000-8000-000000000001"),
          Instant.parse("2026-03-20T09:00:00.000001Z"),
          "SlipJudged",
          1,
          List.of("slip:21230096100018/S-1", "é\"\\"),
          Story.CATALOGUE.write(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42)),
          "{\"actor\":\"clerk-1\",\"role\":\"CLERK\"}",
          new byte[] {0, -1, 127, -128});

  @Test
  void aRowComesOutAsItWentIn() {
    LedgerRow read = LedgerEnvelope.read(LedgerEnvelope.write(ROW));
    assertThat(read).usingRecursiveComparison().isEqualTo(ROW);
  }

  /** Spaces, order, escapes and big numbers: what is hashed is text. */
  @Test
  void theStoredTextIsCarriedCharacterByCharacter() {
    for (String payload :
        List.of(
            "{ \"b\" : 1 ,\n"
                + " \"a\":[1.0e3, 90071992547409931], \"c\":\"\\u00e9\\/ é \uD83C\uDF89\" }",
            "{}",
            "{\"x\":\"}\\\"{\"}")) {
      LedgerRow row = with(payload);
      assertThat(LedgerEnvelope.read(LedgerEnvelope.write(row)).payloadText()).isEqualTo(payload);
    }
  }

  @Test
  void theMessageIsACloudEventWhoseSubjectIsThePosition() {
    JsonNode event = FactCatalogue.JSON.readTree(LedgerEnvelope.write(ROW));
    assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
    assertThat(event.get("id").stringValue()).isEqualTo(ROW.eventId().toString());
    assertThat(event.get("type").stringValue()).isEqualTo("fr.passnumerique.SlipJudged");
    assertThat(event.get("source").stringValue()).isEqualTo("/pass-numerique/ledger");
    assertThat(event.get("subject").stringValue()).isEqualTo("120");
    assertThat(event.get("time").stringValue()).isEqualTo("2026-03-20T09:00:00.000001Z");
    assertThat(event.get("data").get("hash").stringValue()).isEqualTo("00ff7f80");
    assertThat(event.get("data").get("fact").get("reference").stringValue()).isEqualTo("S-1");
    assertThat(event.get("data").get("metadata").get("role").stringValue()).isEqualTo("CLERK");
  }

  @Test
  void whatIsNoFactIsNotReadAsOne() {
    for (String text :
        List.of("", "{", "[]", "{\"type\":\"fr.passnumerique.SlipJudged\"}", "not json")) {
      assertThatThrownBy(() -> LedgerEnvelope.read(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> LedgerEnvelope.read(LedgerEnvelope.write(ROW).replace("fr.passnumerique.", "x.")))
        .hasMessageContaining("not a fact");
  }

  private static LedgerRow with(String payload) {
    return new LedgerRow(
        ROW.position(),
        ROW.eventId(),
        ROW.recordedAt(),
        ROW.type(),
        ROW.version(),
        ROW.tags(),
        payload,
        ROW.metadata(),
        ROW.hash());
  }
}
