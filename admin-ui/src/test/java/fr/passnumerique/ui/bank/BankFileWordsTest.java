package fr.passnumerique.ui.bank;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankFileImported;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankFileImported.Status;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BankFileWordsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-12-01");

  private static List<String> lines(
      List<Entry> entries, List<Status> transfers, int known, int no) {
    BankFileImported file =
        new BankFileImported(
            "camt.054.001.08", List.of(), entries, transfers, known, 0, no, List.of());
    return new BankFileWords(new French())
        .effect(file).lines().stream()
            .skip(1)
            .map(BankFileWordsTest::line)
            .map(line -> line.replace('\u00A0', ' ').replace('\u202F', ' '))
            .toList();
  }

  private static String line(Effect.Line line) {
    return line.label() + " : " + line.words();
  }

  @Test
  void whatIsDebitedIsToldWithoutItsSign() {
    Entry paid = BankSpecimens.entry(-40_00, Outcome.PAID);
    assertThat(lines(List.of(paid, paid, paid), List.of(), 0, 0))
        .containsExactly("Virements débités : 3 mouvements débités, 120,00 €");
  }

  @Test
  void whatCameInAndWhatWentOutDoNotMakeUpForEachOther() {
    assertThat(
            lines(
                List.of(
                    BankSpecimens.entry(500_00, Outcome.UNMATCHED),
                    BankSpecimens.entry(-500_00, Outcome.UNMATCHED)),
                List.of(),
                0,
                0))
        .containsExactly(
            "Sans explication : 1 mouvement reçu, 500,00 € ; 1 mouvement débité, 500,00 €");
  }

  @Test
  void whatIsKnownIsToldOnce() {
    Status known =
        new Status(
            Optional.of("reglement-11-1"),
            "ACSC",
            BankFileImported.Effect.KNOWN,
            Optional.empty(),
            Optional.empty());
    assertThat(lines(List.of(BankSpecimens.entry(1_00, Outcome.KNOWN)), List.of(known), 2, 0))
        .containsExactly(
            "Déjà enregistré : 2 relevés, mouvements ou statuts, qui ne comptent pas deux fois");
  }

  @Test
  void afterAFileAClerkSeesWhatCameOfIt() {
    Entry paid = BankSpecimens.entry(-40_00, Outcome.PAID);
    Entry unmatched = BankSpecimens.entry(500_00, Outcome.UNMATCHED);
    BankFileImported.Statement statement =
        new BankFileImported.Statement("S-1", "R-1", DAY, DAY, 0, 0, false);

    assertThat(BankFilePage.page(of(List.of(statement), List.of(paid, unmatched))))
        .isEqualTo("/rapprochements");
    assertThat(BankFilePage.page(of(List.of(statement), List.of(paid))))
        .isEqualTo("/releves-bancaires");
    assertThat(BankFilePage.page(of(List.of(), List.of(paid)))).isEqualTo("/reglements");
  }

  private static BankFileImported of(
      List<BankFileImported.Statement> statements, List<Entry> entries) {
    return new BankFileImported(
        "camt.053.001.08", statements, entries, List.of(), 0, 0, 0, List.of());
  }

  @Test
  void whatMovesNothingIsTold() {
    assertThat(lines(List.of(), List.of(), 0, 1))
        .containsExactly("Sans effet : 1 mouvement de 0,00 €");
  }
}
