package fr.passnumerique.ui.slip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.slip.SlipDraft.Line;
import fr.passnumerique.ui.words.RefusalWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlipDraftTest {
  private static final Line DEFAULTS = new Line("", "2026-11-20", "Aide", "bus-1");

  @Test
  void codesAloneTakeTheServiceGivenForAll() {
    SlipDraft draft = SlipDraft.typed("A", "00007-0001-ABCDEF\r\n\n  000070002ABCDEF  ", DEFAULTS);

    assertThat(draft.lines())
        .containsExactly(
            new Line("00007-0001-ABCDEF", "2026-11-20", "Aide", "bus-1"),
            new Line("000070002ABCDEF", "2026-11-20", "Aide", "bus-1"));
  }

  @Test
  void whatFollowsACodeStandsInPlaceOfWhatIsGivenForAll() {
    SlipDraft draft = SlipDraft.typed("A", "000070001ABCDEF;21/11/2026;;bus-2", DEFAULTS);

    assertThat(draft.lines())
        .containsExactly(new Line("000070001ABCDEF", "21/11/2026", "Aide", "bus-2"));
  }

  @Test
  void aLineInWhichNothingStandsIsNone() {
    SlipDraft draft =
        SlipDraft.typed(
            "A", "000070001ABCDEF;21/11/2026\n;\n000070002ABCDEF", new Line("", "", "", ""));

    assertThat(draft.lines())
        .containsExactly(
            new Line("000070001ABCDEF", "21/11/2026", "", ""),
            new Line("000070002ABCDEF", "", "", ""));
    assertThat(SlipDraft.kept("A", draft.text())).isEqualTo(draft);
  }

  @Test
  void columnsMayBeHeadedInFrench() {
    SlipDraft draft =
        SlipDraft.uploaded(
            "A",
            """
            Point d’accueil;CHÈQUE;Date du service;Service
            bus-1;000070001ABCDEF;20/11/2026;Aide
            """);

    assertThat(draft.lines())
        .containsExactly(new Line("000070001ABCDEF", "20/11/2026", "Aide", "bus-1"));
  }

  @Test
  void aFileOfASpreadsheetIsReadWhateverItsColumnsOrder() {
    SlipDraft draft =
        SlipDraft.uploaded(
            "A",
            """
            service;Cheque;pointOfService;servedOn
            "Aide; accompagnement";000070001ABCDEF;bus-1;20/11/2026
            ;;;
            """);

    assertThat(draft.lines())
        .containsExactly(
            new Line("000070001ABCDEF", "20/11/2026", "Aide; accompagnement", "bus-1"));
  }

  @Test
  void aLineThatNobodyCanReadIsKeptToBeMended() {
    SlipDraft draft =
        SlipDraft.uploaded("A", "cheque,servedOn,service,pointOfService\n0000,demain,,\n");

    assertThat(draft.lines()).containsExactly(new Line("0000", "demain", "", ""));
  }

  @Test
  void aFileWithoutTheColumnsOfASlipIsRefusedWithItsLine() {
    assertThatThrownBy(() -> SlipDraft.uploaded("A", "code;date\n1;2\n"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.faults().getFirst().line()).isEqualTo(1));
    assertThatThrownBy(
            () -> SlipDraft.uploaded("A", "cheque;servedOn;service;pointOfService\n1;2;3\n"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.faults().getFirst().line()).isEqualTo(2));
  }

  @Test
  void aDraftIsTypedOnWhereItWasLeft() {
    SlipDraft alike = SlipDraft.typed("A", "000070001ABCDEF\n000070002ABCDEF", DEFAULTS);
    assertThat(alike.codes()).isEqualTo("000070001ABCDEF\n000070002ABCDEF");
    assertThat(alike.shared()).isEqualTo(DEFAULTS);

    SlipDraft unlike =
        SlipDraft.typed("A", "000070001ABCDEF;21/11/2026;;\n000070002ABCDEF\n0000", DEFAULTS);
    assertThat(unlike.codes()).startsWith("000070001ABCDEF;21/11/2026\n000070002ABCDEF;2026-11-20");
    assertThat(SlipDraft.typed("A", unlike.codes(), unlike.shared())).isEqualTo(unlike);

    SlipDraft gaps =
        new SlipDraft("A", List.of(new Line("0000", "", "Aide", ""), alike.lines().getFirst()));
    assertThat(SlipDraft.typed("A", gaps.codes(), gaps.shared())).isEqualTo(gaps);
    assertThat(new SlipDraft("A", List.of()).codes()).isEmpty();
  }

  @Test
  void whatIsWrongWithAFileIsSaidInFrenchWithItsLineAndRemedy() {
    String row = "000070001ABCDEF;20/11/2026;Aide;bus-1";
    String headings = "Chèque;Date du service;Service;Point d’accueil";
    assertThat(told(headings + ";Montant\n" + row + ";10\n"))
        .containsExactly(
            "À la ligne 1 du fichier : la colonne « Montant » est en trop ; retirez-la.");
    assertThat(told("Chèque;Service;Point d’accueil;Service\n" + row))
        .containsExactly(
            "À la ligne 1 du fichier : la colonne « Service » figure deux fois ; n’en gardez"
                + " qu’une.",
            "À la ligne 1 du fichier : la colonne « Date du service » manque ; ajoutez-la.");
    assertThat(told((headings + "\n" + row).replace(';', '\t')))
        .singleElement(STRING)
        .contains("ligne 1", "tabulations", "points-virgules");
    assertThat(told(row + "\n" + row)).singleElement(STRING).contains("ligne 1", "ne nomme aucune");
    assertThat(told(headings + "\n" + row + "\n\"" + row + "\n" + row))
        .singleElement(STRING)
        .contains("ligne 3", "un guillemet ouvert n’est pas refermé");
    assertThat(told(headings + "\n" + row + ";10\n"))
        .singleElement(STRING)
        .contains("ligne 2", "pas autant de champs");
  }

  private static List<String> told(String file) {
    Problem refused = catchThrowableOfType(Problem.class, () -> SlipDraft.uploaded("A", file));
    return RefusalWords.of(refused).lines().stream()
        .filter(line -> line.startsWith("À la ligne"))
        .toList();
  }

  @Test
  void aDraftTravelsWithItsPageUnchanged() {
    SlipDraft draft =
        SlipDraft.typed(
            "A", "0000\n000070001ABCDEF;31/13/2026;Aide, \"ici\";Étapes-numériques_12", DEFAULTS);

    assertThat(SlipDraft.kept("A", draft.text())).isEqualTo(draft);
    // A browser sends line ends of its own.
    assertThat(SlipDraft.kept("A", draft.text().replace("\n", "\r\n"))).isEqualTo(draft);
  }

  @Test
  void aDraftThatStraysIntoALogGivesNoCodeAway() {
    assertThat(SlipDraft.typed("A", "000070001ABCDEF", DEFAULTS).toString())
        .doesNotContain("ABCDEF");
  }
}
