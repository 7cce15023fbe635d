package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One definition of columns, three ways to write it. */
class TableTest {
  private record Line(
      String venue, String note, long lines, Long cents, LocalDate on, Instant at) {}

  private static final Table<Line> TABLE =
      Table.<Line>of()
          .code("venue", "Lieu", Line::venue)
          .text("note", "Libellé", Line::note)
          .count("lines", "Lignes", Line::lines)
          .cents("owedCents", "À payer", Line::cents)
          .day("servedOn", "Date du service", Line::on)
          .instant("recordedAt", "Enregistré le", Line::at);

  private static final Line LINE =
      new Line(
          "40109226700020",
          "Été; \"à suivre\", 1",
          42,
          -1_234_505L,
          LocalDate.of(2026, 3, 29),
          Instant.parse("2026-03-29T01:00:00.123456Z"));

  private static final Line EMPTY = new Line("01", "", 0, null, null, null);

  private static String written(TableFormat format, Line... lines) throws IOException {
    StringWriter to = new StringWriter();
    TABLE.write(format, List.of(lines)::forEach, to);
    return to.toString();
  }

  @Test
  void machinesGetCommasIntegerCentsAndIsoDays() throws IOException {
    assertThat(written(TableFormat.CSV, LINE, EMPTY))
        .isEqualTo(
            "venue,note,lines,owedCents,servedOn,recordedAt\r\n"
                + "40109226700020,\"Été; \"\"à suivre\"\", 1\",42,-1234505,2026-03-29,"
                + "2026-03-29T01:00:00.123456Z\r\n"
                + "01,,0,,,\r\n");
  }

  /** Summer time had begun at that instant. */
  @Test
  void aFrenchSpreadsheetGetsSemicolonsDecimalCommasAndTheTimeOfParis() throws IOException {
    assertThat(written(TableFormat.EXCEL_FR, LINE, EMPTY))
        .isEqualTo(
            "\uFEFFLieu;Libellé;Lignes;À payer (EUR);Date du service;Enregistré le\r\n"
                + "\"=\"\"40109226700020\"\"\";\"Été; \"\"à suivre\"\","
                + " 1\";42;-12345,05;29/03/2026;29/03/2026 03:00:00\r\n"
                + "\"=\"\"01\"\"\";;0;;;\r\n");
  }

  @Test
  void jsonHasTheSameColumns() throws IOException {
    assertThat(StrictJson.mapper().readTree(written(TableFormat.JSON, LINE, EMPTY)))
        .isEqualTo(
            StrictJson.mapper()
                .readTree(
                    """
                    [{"venue":"40109226700020","note":"Été; \\"à suivre\\", 1","lines":42,
                      "owedCents":-1234505,"servedOn":"2026-03-29",
                      "recordedAt":"2026-03-29T01:00:00.123456Z"},
                     {"venue":"01","note":"","lines":0,"owedCents":null,"servedOn":null,
                      "recordedAt":null}]
                    """));
    assertThat(written(TableFormat.JSON)).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+33", "-2", "@cmd", "\tx", "\rx"})
  void whatSomebodyWroteDoesNotRunInASpreadsheet(String text) throws IOException {
    Line hostile = new Line(text, text, 1, 1L, null, null);
    for (TableFormat format : List.of(TableFormat.CSV, TableFormat.EXCEL_FR)) {
      String cell = "'" + text;
      assertThat(written(format, hostile)).contains(cell);
      assertThat(written(format, hostile).replace(cell, "")).doesNotContain(text);
    }
    assertThat(
            StrictJson.mapper()
                .readTree(written(TableFormat.JSON, hostile))
                .get(0)
                .get("note")
                .asString())
        .isEqualTo(text);
  }

  /**
   * As many rows as do not fit in memory may come: each is written before the next is asked for.
   */
  @ParameterizedTest
  @ValueSource(strings = {"JSON", "CSV", "EXCEL_FR"})
  void rowsAreWrittenAsTheyCome(String format) {
    StringBuilder sent = new StringBuilder();
    Writer counted =
        new Writer() {
          @Override
          public void write(char[] buffer, int from, int length) throws IOException {
            sent.append(buffer, from, length);
            if (sent.length() > 1_000_000) {
              throw new IOException("the line is cut");
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    assertThatThrownBy(
            () ->
                TABLE.write(
                    TableFormat.valueOf(format),
                    row -> {
                      while (true) {
                        row.accept(LINE);
                      }
                    },
                    counted))
        .isInstanceOf(IOException.class)
        .hasMessage("the line is cut");
  }
}
