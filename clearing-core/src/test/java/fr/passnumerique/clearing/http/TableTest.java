package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
            "\uFEFFLieu;Libellé;Lignes;À payer (EUR);Date du service;Enregistré le;"
                + "Enregistré le (UTC)\r\n"
                + "\"=\"\"40109226700020\"\"\";\"Été; \"\"à suivre\"\","
                + " 1\";42;-12345,05;29/03/2026;29/03/2026 03:00:00;"
                + "2026-03-29T01:00:00.123456Z\r\n"
                + "\"=\"\"01\"\"\";;0;;;;\r\n");
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

  /** A serial, a SIRET, a slip's reference: none is a number, a day or a truth. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "13",
        "2A",
        "40109226700020",
        "12E450003",
        "12345E003",
        "1234E-0012",
        "1E5",
        "00012E003",
        "3-4",
        "2026-03-02",
        "1/2",
        "3 1/4",
        "12:30",
        "1.5",
        "1,5",
        "10 %",
        "10 €",
        "(12)",
        "mars2",
        "2 mars",
        "DEC1",
        "janv. 2026",
        "VRAI",
        "faux",
        "#N/A",
        "+33",
        "-2",
        " 7 ",
        "1234567890123456",
        "O-1~anct",
        "mars",
        "Quai n° 12",
        "12 rue de la Paix",
        "\"01\"",
        "E-1"
      })
  void whatIsATextIsTheSameTextInASpreadsheet(String text) throws IOException {
    List<Object> read =
        FrenchSpreadsheet.open(
                written(TableFormat.EXCEL_FR, new Line(text, text, 1, 1L, null, null)))
            .get(1);
    assertThat(read.subList(0, 2)).isEqualTo(List.of(text, text));
  }

  /** What the reader of the tests makes of cells that nobody guarded. */
  @Test
  void aSpreadsheetTakesWhatLooksLikeAValueForOne() {
    assertThat(FrenchSpreadsheet.read("01")).isEqualTo(new BigDecimal("1"));
    assertThat(FrenchSpreadsheet.read("12345E003")).isEqualTo(new BigDecimal("1.2345E+7"));
    assertThat(FrenchSpreadsheet.read("12,50")).isEqualTo(new BigDecimal("12.50"));
    assertThat(FrenchSpreadsheet.read("1234567890123456"))
        .isEqualTo(new BigDecimal("1.23456789012346E+15"));
    assertThat(FrenchSpreadsheet.read("31/12/2026")).isEqualTo(LocalDate.of(2026, 12, 31));
    assertThat(FrenchSpreadsheet.read("31/12/2026 23:59:59"))
        .isEqualTo(LocalDateTime.of(2026, 12, 31, 23, 59, 59));
    for (String spoilt :
        List.of(
            "12E450003",
            "3-4",
            "2026-03-02",
            "1/2",
            "3 1/4",
            "12:30",
            "mars2",
            "vrai",
            "#N/A",
            "10 %",
            "10 €",
            "=1+1",
            " =1+1",
            "+A1",
            "@A1")) {
      assertThat(FrenchSpreadsheet.read(spoilt))
          .as(spoilt)
          .isEqualTo(new FrenchSpreadsheet.Spoilt(spoilt));
    }
    assertThat(FrenchSpreadsheet.read("'=1+1")).isEqualTo("'=1+1");
    assertThat(FrenchSpreadsheet.read("2026-03-29T01:00:00.123456Z"))
        .isEqualTo("2026-03-29T01:00:00.123456Z");
  }

  /** When summer time ends an hour comes twice, and is told apart. */
  @Test
  void amountsDaysAndMomentsAreReadAsThat() throws IOException {
    List<List<Object>> read =
        FrenchSpreadsheet.open(
            written(
                TableFormat.EXCEL_FR,
                new Line(
                    "01", "", 42, -1_234_505L, LINE.on(), Instant.parse("2027-10-31T00:30:01Z")),
                new Line("01", "", 42, 0L, LINE.on(), Instant.parse("2027-10-31T01:30:01Z"))));
    LocalDateTime twice = LocalDateTime.of(2027, 10, 31, 2, 30, 1);
    assertThat(read.get(1).subList(2, 7))
        .isEqualTo(
            List.of(
                new BigDecimal("42"),
                new BigDecimal("-12345.05"),
                LINE.on(),
                twice,
                "2027-10-31T00:30:01Z"));
    assertThat(read.get(2).subList(3, 7))
        .isEqualTo(List.of(new BigDecimal("0.00"), LINE.on(), twice, "2027-10-31T01:30:01Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+cmd", "-x", "@cmd", " =1", "\tx", "\rx", "\n=1", "＝1+1"})
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
