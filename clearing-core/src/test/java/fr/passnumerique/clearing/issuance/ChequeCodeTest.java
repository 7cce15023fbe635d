package fr.passnumerique.clearing.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChequeCodeTest {
  private static final int LAST_BATCH = 33_554_431;
  private static final int LAST_ORDINAL = 1_048_575;
  private static final JsonMapper JSON = JsonMapper.shared();

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 00001-0001-000000",
    "1, 1048575, 1, 00001-ZZZZ-000001",
    "33554431, 1, 1073741823, ZZZZZ-0001-ZZZZZZ",
    "33554431, 1048575, 1073741823, ZZZZZ-ZZZZ-ZZZZZZ",
    "32, 1024, 32, 00010-0100-000010",
  })
  void isReadBackAsItWasPrinted(int batch, int ordinal, int check, String printed) {
    var code = new ChequeCode(new Serial(Batch.of(batch), ordinal), check);
    assertThat(code.printed()).isEqualTo(printed);
    assertThat(ChequeCode.parse(printed)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10PQR-0001-ABCDEF",
        "10PQR0001ABCDEF",
        "10pqr-0001-abcdef",
        "ioPqR-OOOl-aBcDeF",
        "LoPQR-ooOI-ABCDEF",
        " 10PQR 0001 ABCDEF\t",
        "1-0-P-Q-R-0-0-0-1-A-B-C-D-E-F",
        "10PQR\u00A00001\u202FABCDEF",
        "10PQR\u20110001\u2010AB\u2013CDEF",
      })
  void isReadHoweverItWasTyped(String typed) {
    assertThat(ChequeCode.parse(typed).map(ChequeCode::printed)).contains("10PQR-0001-ABCDEF");
  }

  @Test
  void isReadAlikeWhereCapitalsOfIAreDotted() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr"));
      assertThat(ChequeCode.parse("ii001-0001-iiiiii"))
          .isEqualTo(ChequeCode.parse("11001-0001-111111"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "---",
        "10PQR-0001-ABCDE",
        "10PQR-0001-ABCDEFG",
        "10PQR-0001-ABCDEU",
        "10PQR-0001-ABCDE*",
        "10PQR-0001-ABCDEé",
        "10PQR-0001-ABCDE\u0660",
        "10PQR_0001_ABCDEF",
        "00000-0001-ABCDEF",
        "10PQR-0000-ABCDEF",
      })
  void isNotReadFromWhatCannotBeACode(String typed) {
    assertThat(ChequeCode.parse(typed)).isEmpty();
  }

  @Test
  void keepsItsCheckPartOutOfLogsAndJson() {
    var code = ChequeCode.parse("10PQR-0001-ABCDEF").orElseThrow();
    assertThat(code).hasToString("10PQR-0001-******");
    assertThat(JSON.writeValueAsString(List.of(code))).isEqualTo("[\"10PQR-0001-******\"]");
    assertThatThrownBy(() -> new ChequeCode(code.serial(), 1 << 30))
        .hasMessage("a check part has 30 bits");
    assertThatThrownBy(() -> Serial.parse("10PQR-0001-ABCDEF"))
        .message()
        .doesNotContain("ABCDEF")
        .contains("17 characters");
  }

  @Test
  void namesItsBatchByFiveCharacters() {
    assertThat(Batch.of(1)).hasToString("00001");
    assertThat(Batch.of(LAST_BATCH)).hasToString("ZZZZZ");
    assertThat(Batch.parse("olpqr")).isEqualTo(Batch.parse("01PQR")).hasToString("01PQR");
    assertThat(Batch.parse("ZZZZZ").number()).isEqualTo(LAST_BATCH);
    for (int none : new int[] {0, -1, LAST_BATCH + 1}) {
      assertThatThrownBy(() -> Batch.of(none))
          .hasMessage("batches are numbered from 1 to 33554431, got " + none);
    }
    for (String none : List.of("", "00000", "1234", "123456", "1234U")) {
      assertThatThrownBy(() -> Batch.parse(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got '" + none + "'");
    }
  }

  @Test
  void hasASerialOfNineCharactersThatIsAlsoANumber() {
    var last = new Serial(Batch.of(LAST_BATCH), LAST_ORDINAL);
    assertThat(last.key()).isEqualTo((1L << 45) - 1);
    assertThat(last.text()).isEqualTo("ZZZZZZZZZ");
    assertThat(last).hasToString("ZZZZZ-ZZZZ");
    var first = new Serial(Batch.of(1), 1);
    assertThat(first.key()).isEqualTo(1 << 20 | 1);
    for (Serial serial : List.of(first, last)) {
      assertThat(Serial.ofKey(serial.key())).isEqualTo(serial);
      assertThat(Serial.parse(serial.text())).isEqualTo(serial);
      assertThat(Serial.parse(serial.toString().toLowerCase(Locale.ROOT))).isEqualTo(serial);
    }
    for (int none : new int[] {0, -1, LAST_ORDINAL + 1}) {
      assertThatThrownBy(() -> new Serial(Batch.of(1), none))
          .hasMessageContaining("from 1 to 1048575, got " + none);
    }
    for (String none : List.of("", "000010000", "000000001", "00001000", "0000100011")) {
      assertThatThrownBy(() -> Serial.parse(none)).isInstanceOf(IllegalArgumentException.class);
    }
    for (long none : new long[] {0, 1, 1 << 20, 1L << 45, -1}) {
      assertThatThrownBy(() -> Serial.ofKey(none)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void isOrderedByBatchThenOrdinal() {
    var a = new Serial(Batch.of(1), 2);
    var b = new Serial(Batch.of(1), LAST_ORDINAL);
    var c = new Serial(Batch.of(2), 1);
    assertThat(Stream.of(c, b, a).sorted()).containsExactly(a, b, c);
  }

  @Test
  void isWrittenInFactsAsText() {
    var serial = Serial.parse("10PQR-0001");
    assertThat(JSON.writeValueAsString(serial)).isEqualTo("\"10PQR0001\"");
    assertThat(JSON.readValue("\"10PQR0001\"", Serial.class)).isEqualTo(serial);
    assertThat(JSON.writeValueAsString(serial.batch())).isEqualTo("\"10PQR\"");
    assertThat(JSON.readValue("\"10PQR\"", Batch.class)).isEqualTo(serial.batch());
  }
}
