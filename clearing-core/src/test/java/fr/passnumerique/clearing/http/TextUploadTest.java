package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextUploadTest {
  private static final String SLIP = "code;date\nK7F;2026-10-01\nÉcole;2026-10-02\n";

  @Test
  void utf8IsReadAsItWasSent() {
    assertThat(TextUpload.decode(SLIP.getBytes(StandardCharsets.UTF_8))).isEqualTo(SLIP);
  }

  @Test
  void theByteOrderMarkOfASpreadsheetIsNoPartOfTheFirstColumnsName() {
    assertThat(TextUpload.decode(("\uFEFF" + SLIP).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(SLIP);
  }

  @Test
  void lineEndsStayAsTheyWere() {
    assertThat(TextUpload.decode("a\r\nb\rc\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a\r\nb\rc\n");
  }

  @Test
  void latin1IsRefusedNamingTheLineAndNotGuessed() {
    Problem refused = refused(SLIP.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("WRONG_ENCODING");
    assertThat(refused.detail()).contains("line 3", "Windows-1252", "UTF-8");
    assertThat(refused.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(3);
              assertThat(fault.value()).isEqualTo("0xC9");
              assertThat(fault.remedy()).contains("save the file as UTF-8");
            });
  }

  @Test
  void linesAreCountedWhateverEndsThem() {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      byte[] file = ("a" + end + "b" + end + "né").getBytes(StandardCharsets.ISO_8859_1);
      assertThat(refused(file).faults().getFirst().line()).as("line end %s", end).isEqualTo(3);
    }
  }

  @Test
  void utf16IsRefusedInEitherOrderAndWithoutItsMark() {
    assertThat(refused(SLIP.getBytes(StandardCharsets.UTF_16)).code()).isEqualTo("WRONG_ENCODING");
    assertThat(refused(("\uFEFF" + SLIP).getBytes(StandardCharsets.UTF_16LE)).code())
        .isEqualTo("WRONG_ENCODING");
    assertThat(refused("code".getBytes(StandardCharsets.UTF_16LE)).code()).isEqualTo("NOT_A_TEXT");
  }

  @Test
  void aCharacterCutInTwoAtTheEndOfTheFileIsRefused() {
    byte[] whole = "né".getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);

    assertThat(refused(cut).code()).isEqualTo("WRONG_ENCODING");
  }

  @Test
  void aSurrogateWrittenAsThreeBytesIsNotUtf8() {
    assertThat(refused(new byte[] {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80}).code())
        .isEqualTo("WRONG_ENCODING");
  }

  @Test
  void aSpreadsheetIsTold() {
    assertThat(refused(new byte[] {'P', 'K', 3, 4, 20, 0}).detail()).contains("spreadsheet", "CSV");
    assertThat(refused(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1}).code())
        .isEqualTo("NOT_A_TEXT");
  }

  @Test
  void aNulIsRefusedNamingTheLine() {
    Problem refused = refused("a\nb\0c\n".getBytes(StandardCharsets.UTF_8));

    assertThat(refused.code()).isEqualTo("NOT_A_TEXT");
    assertThat(refused.faults().getFirst().line()).isEqualTo(2);
    assertThat(refused.faults().getFirst().value()).isEqualTo("U+0000");
  }

  @Test
  void whatComesFirstIsTold() {
    byte[] after = {'a', '\n', (byte) 0xE9, 'b', 0};
    byte[] before = {'a', '\n', 0, 'b', (byte) 0xE9};

    assertThat(refused(after).faults().getFirst().value()).isEqualTo("0xE9");
    assertThat(refused(before).faults().getFirst().value()).isEqualTo("U+0000");
  }

  @Test
  void theCharacterThatStandsForWhatCannotBeReadMayBeWritten() {
    assertThat(TextUpload.decode("a\uFFFDb".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a\uFFFDb");
  }

  @Test
  void anEmptyFileIsRefusedWithOrWithoutItsMark() {
    assertThat(refused(new byte[0]).code()).isEqualTo("EMPTY_UPLOAD");
    assertThat(refused("\uFEFF".getBytes(StandardCharsets.UTF_8)).code()).isEqualTo("EMPTY_UPLOAD");
  }

  private static Problem refused(byte[] file) {
    Problem problem = catchThrowableOfType(Problem.class, () -> TextUpload.decode(file));
    assertThat(problem).as("a refusal").isNotNull();
    return problem;
  }
}
