package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.ChequesReplaced.KeptDay;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.print.ChequeSheets.Cheque;
import fr.passnumerique.ui.print.ChequeSheets.Face;
import fr.passnumerique.ui.print.ChequeSheets.Sheet;
import fr.passnumerique.ui.print.ChequeSheets.Term;
import fr.passnumerique.ui.words.French;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChequePrinterTest {
  private static final LocalDate ENDS_ON = LocalDate.of(2026, 12, 31);
  private static final LocalDate LAST_OF_ALL = LocalDate.of(2027, 1, 30);
  private static final LocalDate HANDED_OUT_ON = LocalDate.of(2026, 3, 12);

  @Test
  void aCarnetOfTenIsASheetWhoseCodesAreReadAsTheyAreWritten() throws Exception {
    List<Sheet> sheets = sheets(10, 1, 20);

    ReadPdf printed = print(sheets, "cheques-dix");

    List<String> codes =
        sheets.stream()
            .flatMap(sheet -> sheet.cheques().stream())
            .map(cheque -> cheque.code().printed())
            .toList();
    assertThat(printed.pages()).isEqualTo(2);
    assertThat(printed.title()).isEqualTo("Chèques, Commande O-1");
    assertThat(codes).hasSize(20).doesNotHaveDuplicates();
    assertThat(printed.text()).contains(codes);
    assertThat(printed.text()).contains("feuille 2 sur 2", "10,00\u00A0€", "30/01/2027");
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
            new Term.FromHandOut(90, LAST_OF_ALL),
            10);

    String text =
        print(ChequeSheets.of(1, 10, ChequePrinterTest::code, _ -> face), "cheques-nom").text();

    assertThat(text)
        .contains(
            "Pass numérique ? des",
            "…",
            "90\u00A0jours à partir de sa remise",
            "30/01/2027 au plus tard")
        .doesNotContain("territoires voisins");
  }

  /** Told by the rules of its own order, it would be kept for months after it is worth nothing. */
  @Test
  void aChequeThatReplacesAnotherSaysTheLastDayThatItKeeps() throws Exception {
    ChequesIssued issued = replacement();
    List<KeptDay> kept =
        List.of(
            new KeptDay(new ChequeRange(Batch.of(7), 1, 1), LocalDate.of(2026, 5, 1)),
            new KeptDay(new ChequeRange(Batch.of(7), 3, 3), LocalDate.of(2026, 6, 2)));

    String text =
        print(
                ChequeSheets.of(
                    1,
                    3,
                    ChequePrinterTest::code,
                    ordinal -> Face.of(issued, "Pass", Term.of(ordinal, issued, kept, null))),
                "cheques-remplacement")
            .text();

    assertThat(text).contains("Remplace un chèque", "01/05/2026", "02/06/2026");
    // The one whose old cheque lay in stock is as any other.
    assertThat(text.split("30/01/2027", -1)).hasSize(2);
    assertThat(text.split("Utilisable", -1)).hasSize(2);
  }

  @Test
  void ofTheDayThatItKeepsAndItsOwnTheEarlierCounts() {
    ChequesIssued issued = replacement();
    LocalDate own = HANDED_OUT_ON.plusDays(180);

    assertThat(keptUntil(own.plusDays(1), issued, null)).isEqualTo(own.plusDays(1));
    assertThat(keptUntil(own.plusDays(1), issued, HANDED_OUT_ON)).isEqualTo(own);
    assertThat(keptUntil(own.minusDays(1), issued, HANDED_OUT_ON)).isEqualTo(own.minusDays(1));
  }

  /** Who holds it counts no days, and the counter says the same one. */
  @Test
  void aChequeThatIsHandedOutSaysTheLastDayOnWhichItCanBeUsed() throws Exception {
    assertThat(handedOut(LocalDate.of(2026, 3, 12))).contains("Utilisable jusqu’au", "08/09/2026");
    // J is the last day of a hand-out; what was handed out can be used in the tolerance as well.
    assertThat(handedOut(LocalDate.of(2026, 8, 3))).contains("30/01/2027");
    assertThat(handedOut(LocalDate.of(2026, 12, 31)))
        .contains("30/01/2027")
        .doesNotContain("31/12/2026", "à partir de");
  }

  private static String handedOut(LocalDate on) throws Exception {
    ChequesIssued issued = replacement();
    return print(
            ChequeSheets.of(
                1,
                1,
                ChequePrinterTest::code,
                ordinal -> Face.of(issued, "Pass", Term.of(ordinal, issued, List.of(), on))),
            "cheques-remis")
        .text();
  }

  private static LocalDate keptUntil(
      LocalDate kept, ChequesIssued issued, @Nullable LocalDate handedOutOn) {
    List<KeptDay> days = List.of(new KeptDay(new ChequeRange(Batch.of(7), 1, 1), kept));
    return ((Term.Kept) Term.of(1, issued, days, handedOutOn)).lastDay();
  }

  /** Sheets find their way into messages of errors. */
  @Test
  void sheetsTellNoCode() {
    assertThat(sheets(10, 1, 1).toString())
        .contains(code(1).serial().toString())
        .doesNotContain(code(1).printed());
  }

  /** Who is sent away took no codes, and none are derived for it. */
  @Test
  void whileOthersPrintNothingIsTaken() {
    ChequePrinter printer = new ChequePrinter(new French(), new Press(0, 0, Duration.ZERO));

    assertThatThrownBy(
            () ->
                printer.print(
                    () -> {
                      throw new AssertionError("codes were taken");
                    }))
        .isInstanceOfSatisfying(
            Problem.class, busy -> assertThat(busy.code()).isEqualTo("PRINTING_BUSY"));
  }

  private static ChequesIssued replacement() {
    return new ChequesIssued(
        new OrderId("R-1"),
        new AgreementId("A-1"),
        new ProgrammeId("P-1"),
        1,
        Batch.of(7),
        3,
        1000,
        1,
        180,
        60,
        ENDS_ON,
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.FLAG,
        new Departement("23"),
        0,
        "tijdeman",
        1,
        "check-1",
        LocalDate.of(2026, 2, 1),
        List.of(),
        Optional.of(new ChequesIssued.Inherited(Batch.of(1), List.of(5, 6, 7))),
        Optional.empty());
  }

  private static ReadPdf print(List<Sheet> sheets, String name) throws Exception {
    return ReadPdf.of(
        new ChequePrinter(new French(), new Press(1, 0, Duration.ofMinutes(1)))
            .print(() -> new ChequeSheets("Commande O-1", sheets)),
        name);
  }

  private static List<Sheet> sheets(int perCarnet, int first, int last) {
    return ChequeSheets.of(
        first,
        last,
        ChequePrinterTest::code,
        _ ->
            new Face(
                "Pass numérique de la Creuse",
                1000,
                new Term.FromHandOut(180, LAST_OF_ALL),
                perCarnet));
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
