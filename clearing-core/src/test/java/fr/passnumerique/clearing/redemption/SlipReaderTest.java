package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BUS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.KEYS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.SERVICE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.TextUpload;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlipReaderTest {
  private static final String FIRST = cheque(1).printed();
  private static final String SECOND = cheque(2).printed();
  private static final List<SlipLine> LINES =
      List.of(
          new SlipLine(cheque(1), LocalDate.of(2026, 3, 16), SERVICE, GUERET),
          new SlipLine(cheque(2), LocalDate.of(2026, 12, 31), "Imprimer, scanner", BUS));

  private static final String JSON =
      """
      {"reference": "S-1", "lines": [
        {"cheque": "%s", "servedOn": "2026-03-16", "service": "Utiliser le numérique", "pointOfService": "gueret"},
        {"cheque": "%s", "servedOn": "2026-12-31", "service": "Imprimer, scanner", "pointOfService": "bus-aubusson"}
      ]}
      """
          .formatted(FIRST, SECOND);

  private static final String MACHINE_CSV =
      """
      cheque,servedOn,service,pointOfService
      %s,2026-03-16,Utiliser le numérique,gueret
      %s,2026-12-31,"Imprimer, scanner",bus-aubusson
      """
          .formatted(FIRST, SECOND);

  /** As a French spreadsheet saves it. */
  private static final String EXCEL_CSV =
      "\uFEFFcheque;servedOn;service;pointOfService\r\n"
          + "%s;16/03/2026;Utiliser le numérique;gueret\r\n".formatted(FIRST)
          + "%s;31/12/2026;Imprimer, scanner;bus-aubusson\r\n".formatted(SECOND)
          + ";;;\r\n";

  @Nested
  class TheSameSlip {
    @Test
    void isReadFromJsonFromMachineCsvAndFromASpreadsheet() {
      assertThat(SlipReader.json(JSON).lines()).isEqualTo(LINES);
      assertThat(SlipReader.csv(MACHINE_CSV, "S-1").lines()).isEqualTo(LINES);
      assertThat(SlipReader.csv(decoded(EXCEL_CSV), "S-1").lines()).isEqualTo(LINES);
    }

    @Test
    void hasOneDigestHoweverItIsWritten() {
      SlipDigest digest = new SlipDigest(KEYS);
      String untidy = MACHINE_CSV.replace(FIRST, " " + FIRST.toLowerCase().replace("-", "") + " ");
      assertThat(
              List.of(
                  digest.of(SlipReader.json(JSON).lines()),
                  digest.of(SlipReader.csv(MACHINE_CSV, "S-1").lines()),
                  digest.of(SlipReader.csv(decoded(EXCEL_CSV), "S-1").lines()),
                  digest.of(SlipReader.csv(untidy, "S-1").lines())))
          .containsOnly(digest.of(LINES));
    }

    @Test
    void saysOnWhichLinesItStood() {
      assertThat(SlipReader.json(JSON).lineNumbers()).containsExactly(1, 2);
      assertThat(SlipReader.csv(MACHINE_CSV, "S-1").lineNumbers()).containsExactly(2, 3);
      String spaced = MACHINE_CSV.replace("\n", "\n\n");
      assertThat(SlipReader.csv(spaced, "S-1").lineNumbers()).containsExactly(3, 5);
    }
  }

  @Test
  void aFileWithoutItsHeaderDoesNotHaveItsFirstCodeRepeated() {
    for (String first : List.of(FIRST, "ABCDEFGHJKMNPQR")) {
      Problem problem = refused(() -> SlipReader.csv(first + ";16/03/2026;Autre;gueret\n", "S-1"));
      assertThat(problem.detail() + problem.faults()).doesNotContain(first).contains("column 1");
    }
  }

  @Nested
  class ATextThatCannotBeSeen {
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\u202e", "\\u0007", "\\u200b", "\\ue000"})
    void isNoServiceAndNoPointOfService(String escaped) {
      for (String named : List.of("Utiliser le numérique", "gueret")) {
        Problem problem =
            refused(() -> SlipReader.json(JSON.replace(named, named + escaped + named)));
        assertThat(problem.code()).isEqualTo("INVALID_SLIP");
        assertThat(problem.faults()).hasSize(1);
        assertThat(problem.faults().getFirst().line()).isEqualTo(1);
        assertThat(problem.faults().getFirst().value()).isEqualTo(named + "?" + named);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "cheque", "servedOn", "service"})
    void isNotRepeatedByAnAnswerEither(String field) {
      Problem problem = refused(() -> SlipReader.json(JSON.replace(field, field + "\\ud800")));
      assertThat(problem.detail() + problem.faults()).doesNotContain("\ud800");
    }
  }

  @Test
  void aSlipNestedWithoutEndIsMalformed() {
    String nested = "[".repeat(100_000);
    assertThat(refused(() -> SlipReader.json("{\"reference\": " + nested)).code())
        .isEqualTo("MALFORMED_JSON");
  }

  @Nested
  class Csv {
    @Test
    void columnsMayStandInAnyOrderAndCase() {
      String csv =
          "POINTOFSERVICE;service;Cheque;servedOn\ngueret;%s;%s;16/03/2026"
              .formatted(SERVICE, FIRST);
      assertThat(SlipReader.csv(csv, "S-1").lines()).containsExactly(LINES.getFirst());
    }

    @Test
    void theLastLineNeedsNoLineEnd() {
      assertThat(SlipReader.csv(MACHINE_CSV.strip(), "S-1").lines()).isEqualTo(LINES);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "cheque;servedOn;service",
          "cheque;servedOn;service;pointOfService;comment",
          "cheque;servedOn;service;service;pointOfService",
          "K7F3Q-0001-ABCDEF;16/03/2026;Autre;gueret",
          ""
        })
    void aWrongHeaderIsRefusedBeforeAnyRow(String header) {
      Problem problem = refused(() -> SlipReader.csv(header + "\n1;2;3;4\n", "S-1"));
      assertThat(problem.code()).isEqualTo("INVALID_SLIP");
      assertThat(problem.faults()).allMatch(fault -> fault.line() <= 2);
      assertThat(problem.faults()).allMatch(fault -> fault.remedy().contains("pointOfService"));
    }

    @Test
    void everyFaultOfEveryLineIsToldByTheLineOfTheFile() {
      String csv =
          """
          cheque;servedOn;service;pointOfService
          %s;16/03/2026;Autre;gueret
          ABC;16/03/26;;gueret
          %s;31/02/2026;Autre
          %s;2026-02-29;Autre;
          """
              .formatted(FIRST, SECOND, SECOND);
      Problem problem = refused(() -> SlipReader.csv(csv, "S-1"));

      assertThat(problem.status()).isEqualTo(400);
      assertThat(problem.detail()).contains("6 faults");
      assertThat(problem.faults().stream().map(f -> f.line() + " " + f.field()))
          .containsExactly(
              "3 cheque", "3 servedOn", "3 service", "4 ", "5 servedOn", "5 pointOfService");
      assertThat(problem.faults()).allMatch(fault -> !fault.remedy().isBlank());
    }

    @ParameterizedTest
    @CsvSource({
      "2014-12-31", "31/12/2014", "2101-01-01", "01/01/2101", "16/03/26", "1/3/2026",
      "2026-3-1", "29/02/2026", "2026-02-30", "16.03.2026", "today", "45732"
    })
    void aDayThatIsNoneOrInAnotherCenturyIsAFault(String day) {
      Problem problem =
          refused(() -> SlipReader.csv(MACHINE_CSV.replace("2026-03-16", day), "S-1"));
      Fault fault = problem.faults().getFirst();
      assertThat(fault.line()).isEqualTo(2);
      assertThat(fault.field()).isEqualTo("servedOn");
      assertThat(fault.value()).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-01-01", "01/01/2015", "2100-12-31", "31/12/2100", "29/02/2028"})
    void theFirstAndTheLastDayAreRead(String day) {
      assertThat(SlipReader.csv(MACHINE_CSV.replace("2026-03-16", day), "S-1").lines()).hasSize(2);
    }

    @Test
    void aQuoteThatIsNotClosedIsToldByItsLine() {
      Problem problem =
          refused(() -> SlipReader.csv(MACHINE_CSV.replace("scanner\"", "scanner\"x"), "S-1"));
      assertThat(problem.code()).isEqualTo("MALFORMED_CSV");
      assertThat(problem.faults().getFirst().line()).isEqualTo(3);
    }

    @Test
    void aReferenceThatIsNoneIsAFault() {
      Problem problem = refused(() -> SlipReader.csv(MACHINE_CSV, "S 1/2"));
      assertThat(problem.faults()).extracting(Fault::field).containsExactly("reference");
    }

    @Test
    void ofManyFaultsAHundredAreToldAndAllAreCounted() {
      String csv = "cheque;servedOn;service;pointOfService\n" + "x;y;z;gueret\n".repeat(300);
      Problem problem = refused(() -> SlipReader.csv(csv, "S-1"));
      assertThat(problem.faults()).hasSize(100);
      assertThat(problem.detail()).contains("600 faults");
    }
  }

  @Nested
  class Json {
    @Test
    void everyFaultOfEveryLineIsToldByItsPlaceInTheList() {
      String json =
          """
          {"reference": "S 1", "note": 1, "lines": [
            {"cheque": "%s", "servedOn": "2026-03-16", "service": "Autre", "pointOfService": "gueret"},
            {"cheque": 12, "servedOn": "16/03/2026", "service": " ", "pointofservice": "gueret"},
            7
          ]}
          """
              .formatted(FIRST);
      Problem problem = refused(() -> SlipReader.json(json));

      assertThat(problem.faults().stream().map(f -> f.line() + " " + f.field()))
          .containsExactly(
              "0 note",
              "0 reference",
              "2 pointofservice",
              "2 cheque",
              "2 pointOfService",
              "2 servedOn",
              "2 service",
              "3 ");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"[]", "7", "\"S-1\"", "null", "{}", "{\"reference\": \"S-1\", \"lines\": {}}"})
    void whatIsNoSlipIsRefused(String json) {
      assertThat(refused(() -> SlipReader.json(json)).code()).isEqualTo("INVALID_SLIP");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"reference\": \"S-1\",\n \"lines\": [",
          "{\"reference\": \"S-1\",\n \"lines\": []} x",
          "{\"reference\": \"S-1\",\n \"reference\": \"S-2\", \"lines\": []}",
          "{\"reference\": \"S-1\",\n \"lines\": [{\"cheque\": \"A\", \"cheque\": \"B\"}]}",
          "\n K7F3Q0001ABCDEF"
        })
    void malformedJsonIsToldByItsLine(String json) {
      Problem problem = refused(() -> SlipReader.json(json));
      assertThat(problem.code()).isEqualTo("MALFORMED_JSON");
      assertThat(problem.faults().getFirst().line()).isEqualTo(2);
      assertThat(problem.toString() + problem.detail() + problem.faults()).doesNotContain("ABCDEF");
    }

    @Test
    void anEmptyListIsReadAndLeftToTheDecision() {
      assertThat(SlipReader.json("{\"reference\": \"S-1\", \"lines\": []}").lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K7F3Q-0001-ABCDE",
        "K7F3Q-0001-ABCDEFG",
        "K7F3U-0001-ABCDEF",
        "00000-0001-ABCDEF"
      })
  void aMistypedCodeIsNotRepeatedToAnyone(String mistyped) {
    Problem problem = refused(() -> SlipReader.json(JSON.replace(FIRST, mistyped)));
    Fault fault = problem.faults().getFirst();
    assertThat(fault.field()).isEqualTo("cheque");
    assertThat(fault.remedy()).contains("15 letters and digits");
    assertThat(problem + problem.detail() + problem.faults()).doesNotContain("ABC");
  }

  private static String decoded(String text) {
    return TextUpload.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem refused(ThrowingCallable reading) {
    Problem problem = catchThrowableOfType(Problem.class, reading);
    assertThat(problem).isNotNull();
    return problem;
  }
}
