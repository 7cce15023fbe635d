package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.ui.French;
import fr.passnumerique.ui.print.ChequeSheets.Cheque;
import fr.passnumerique.ui.print.ChequeSheets.Face;
import fr.passnumerique.ui.print.ChequeSheets.Sheet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChequePrinterTest {
  private static final LocalDate ENDS_ON = LocalDate.of(2026, 12, 31);

  @Test
  void aCarnetOfTenIsASheetWhoseCodesAreReadAsTheyAreWritten() throws Exception {
    List<Sheet> sheets = sheets(10, 1, 20);

    ReadPdf printed = print(sheets, "cheques-dix");

    List<String> codes =
        sheets.stream().flatMap(sheet -> sheet.cheques().stream()).map(Cheque::code).toList();
    assertThat(printed.pages()).isEqualTo(2);
    assertThat(printed.title()).isEqualTo("Chèques, Commande O-1");
    assertThat(codes).hasSize(20).doesNotHaveDuplicates();
    assertThat(printed.text()).contains(codes);
    assertThat(printed.text()).contains("feuille 2 sur 2", "10,00\u00A0€", "31/12/2026");
    assertThat(printed.scanned()).isEqualTo(codes);
  }

  @Test
  void twoCarnetsOfFiveShareASheetAndOneOfTwentyTakesTwo() {
    assertThat(places(sheets(5, 1, 12)))
        .containsExactly(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), List.of(0, 1));
    assertThat(places(sheets(3, 1, 10)))
        .containsExactly(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), List.of(0));
    assertThat(places(sheets(20, 1, 21)))
        .containsExactly(
            List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
            List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
            List.of(0));
    assertThat(sheets(20, 21, 21).getFirst().cheques().getFirst())
        .extracting(Cheque::carnet, Cheque::number)
        .containsExactly(2, 1);
  }

  @Test
  void aChequeThatIsPrintedAgainHasItsOwnPlace() throws Exception {
    List<Sheet> sheets = sheets(10, 17, 18);

    List<String> scanned = print(sheets, "cheques-deux").scanned();

    assertThat(places(sheets)).containsExactly(List.of(6, 7));
    assertThat(scanned.subList(0, 6)).containsOnly("");
    assertThat(scanned.get(6)).isEqualTo(code(17).printed());
    assertThat(scanned.get(7)).isEqualTo(code(18).printed());
  }

  /** Names are whatever somebody wrote, and a sheet of cheques is not lost for it. */
  @Test
  void aLongNameIsCutAndALetterThatTheFontLacksIsAQuestionMark() throws Exception {
    Face face =
        new Face(
            "Pass numérique 数 des communautés de communes du sud-ouest de la Nouvelle-Aquitaine et"
                + " des territoires voisins",
            1000,
            90,
            ENDS_ON,
            10,
            LocalDate.of(2026, 3, 12));

    String text =
        print(ChequeSheets.of(1, 10, ChequePrinterTest::code, face), "cheques-nom").text();

    assertThat(text)
        .contains(
            "Pass numérique ? des", "…", "à partir de sa remise du", "12/03/2026, au plus tard")
        .doesNotContain("territoires voisins");
  }

  private static ReadPdf print(List<Sheet> sheets, String name) throws Exception {
    return ReadPdf.of(
        new ChequePrinter(new French(), new Press(1, Duration.ofMinutes(1)))
            .print(new ChequeSheets("Commande O-1", sheets)),
        name);
  }

  private static List<Sheet> sheets(int perCarnet, int first, int last) {
    return ChequeSheets.of(
        first,
        last,
        ChequePrinterTest::code,
        new Face("Pass numérique de la Creuse", 1000, 180, ENDS_ON, perCarnet, null));
  }

  private static ChequeCode code(int ordinal) {
    return new ChequeCode(new Serial(Batch.of(7), ordinal), 0x2ad3_1c5f ^ ordinal * 7919);
  }

  private static List<List<Integer>> places(List<Sheet> sheets) {
    return sheets.stream()
        .map(sheet -> sheet.cheques().stream().map(Cheque::place).toList())
        .toList();
  }
}
