package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.BankWords;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What the bank said, in states that are hard to bring about. */
@Controller
public final class MatchingSpecimens {
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final UnmatchedEntry CREDIT =
      entry(
          "E9C21",
          12_500_00,
          Why.NO_REFERENCE,
          "cofinancement pass 2026",
          "Région Nouvelle-Aquitaine");
  private static final UnmatchedEntry DEBIT = entry("E9C22", -12_40, Why.UNKNOWN_DEBIT, "", "");

  private static UnmatchedEntry entry(
      String id, long cents, Why why, String text, String counterparty) {
    return new UnmatchedEntry(
        id,
        Optional.of("26091-19"),
        DAY,
        DAY,
        cents,
        why,
        Optional.empty(),
        48_001,
        text,
        counterparty,
        text.isEmpty() ? "" : "MANDAT-2026-118");
  }

  @GetMapping("/specimen/bank-unmatched/{state}")
  String unmatched(@PathVariable String state, Model model) {
    List<MatchingPages.MovementRow> rows =
        state.equals("empty")
            ? List.of()
            : List.of(
                new MatchingPages.MovementRow(
                    CREDIT,
                    "Région Nouvelle-Aquitaine, cofinancement pass 2026",
                    BankWords.why(CREDIT.why()),
                    "/mouvements/E9C21/rapprochement"),
                new MatchingPages.MovementRow(
                    DEBIT, "", BankWords.why(DEBIT.why()), "/mouvements/E9C22/rapprochement"));
    model.addAttribute(
        "table",
        MatchingPages.MOVEMENTS.show(
            BankLists.UNMATCHED,
            rows,
            state.equals("none") ? new AskedTable(null, "zzz", null) : AskedTable.AS_IT_COMES));
    return "bank-unmatched";
  }

  @GetMapping("/specimen/bank-exceptions/{state}")
  String exceptions(@PathVariable String state, Model model) {
    List<ExceptionRow> rows =
        state.equals("empty")
            ? List.of()
            : List.of(
                row(
                    "Statut de virement",
                    "virement reglement-11-7",
                    0,
                    Badge.warn("À traiter"),
                    true),
                row("Relevé", "S1F0A", 1_230_00, Badge.calm("La banque l’a corrigé"), false));
    model.addAttribute("closed", !state.equals("empty"));
    model.addAttribute(
        "table", MatchingPages.EXCEPTIONS.show(BankLists.EXCEPTIONS, rows, AskedTable.AS_IT_COMES));
    return "bank-exceptions";
  }

  private static ExceptionRow row(
      String kind, String about, long cents, Badge state, boolean open) {
    return new ExceptionRow(
        "D4F1A",
        kind,
        "Rejeté, alors qu’il était payé : rien n’est dû de nouveau avant que l’argent revienne.",
        about,
        DAY,
        cents,
        state,
        open ? "/anomalies-bancaires/D4F1A/cloture" : null);
  }

  @GetMapping("/specimen/bank-statements/{state}")
  String statements(@PathVariable String state, Model model) {
    List<ReadStatement> rows =
        state.equals("empty")
            ? List.of()
            : List.of(statement(-25_00, false), statement(-10_00, true), statement(0, false));
    model.addAttribute(
        "table", MatchingPages.STATEMENTS.show(BankLists.STATEMENTS, rows, AskedTable.AS_IT_COMES));
    model.addAttribute("unproven", MatchingPages.unproven(rows));
    return "bank-statements";
  }

  static ReadStatement statement(long difference, boolean superseded) {
    return new ReadStatement(
        "S1F0A",
        "2026-091",
        Optional.of(91L),
        DAY,
        DAY,
        0,
        5_714_00,
        5_714_00 + difference,
        difference,
        difference == 0,
        superseded,
        difference != 0 && !superseded,
        118);
  }

  @GetMapping("/specimen/bank-entry-match/{state}")
  String match(@PathVariable String state, Model model) {
    List<Field> fields =
        MatchingDeeds.fieldsOfAMatch(
            true,
            List.of(
                new Field.Choice(
                    "SHARE:conv-16:region:appel-4",
                    "Région Nouvelle-Aquitaine, appel appel-4 de 12\u00A0500,00\u00A0€ restant à"
                        + " payer – même montant"),
                new Field.Choice(
                    "RECEIPT", Explanation.Kind.RECEIPT.words() + " : je donne son nom")),
            List.of(
                new Field.Choice(
                    "SHARE:conv-17:region",
                    "Région Nouvelle-Aquitaine, pour la convention conv-17")));
    model.addAttribute("entry", CREDIT);
    model.addAttribute("why", BankWords.why(CREDIT.why()));
    switch (state) {
      case "blank" -> ShownDeed.blank(model, fields, Map.of());
      case "bad" ->
          ShownDeed.refused(
              model,
              fields,
              Explanation::faults,
              Map.of("what", "RECEIPT", "named", "versement nº 12", "otherCents", "12,00"));
      default ->
          ShownDeed.asked(
              model,
              fields,
              Map.of("what", "SHARE:conv-16:region:appel-4"),
              Effect.of("Rapprocher ce mouvement")
                  .line("Reçu", "12\u00A0500,00\u00A0€")
                  .line(
                      "Versement de Région Nouvelle-Aquitaine",
                      "12\u00A0500,00\u00A0€, pour la convention conv-16, solde d’abord l’appel"
                          + " appel-4")
                  .dangerous());
    }
    return "bank-entry-match";
  }

  @GetMapping("/specimen/bank-exception-close")
  String close(Model model) {
    model.addAttribute(
        "row",
        row("Statut de virement", "virement reglement-11-7", 0, Badge.warn("À traiter"), true));
    ShownDeed.blank(model, MatchingDeeds.fieldsOfAClosing(), Map.of());
    return "bank-exception-close";
  }
}
