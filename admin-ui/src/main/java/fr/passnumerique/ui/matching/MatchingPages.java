package fr.passnumerique.ui.matching;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.bank.BankStatementsEndpoint;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.BankWords;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits to be explained of the bank: movements, contradictions, balances. */
@Controller
final class MatchingPages {
  private final BankLists lists;
  private final BankStatementsEndpoint statements;

  MatchingPages(BankLists lists, BankStatementsEndpoint statements) {
    this.lists = lists;
    this.statements = statements;
  }

  /**
   * @param told what the bank wrote beside it; empty for an auditor
   * @param page where it is explained, or looked at by who does not
   */
  record MovementRow(UnmatchedEntry of, String told, String why, @Nullable String page) {
    static MovementRow of(UnmatchedEntry of, Actor reader) {
      return new MovementRow(
          of,
          Stream.of(of.counterparty(), of.text())
              .filter(text -> !text.isEmpty())
              .reduce((one, next) -> one + ", " + next)
              .orElse(""),
          BankWords.why(of.why()),
          reader.role() == CLERK
              ? MatchingDeeds.match(of.entry())
              : Thing.BANK_ENTRY.link(of.entry(), reader).page());
    }
  }

  static final Columns<MovementRow> MOVEMENTS =
      Columns.<MovementRow>of()
          .text("mouvement", "Mouvement", row -> row.told() + " " + row.of().entry())
          .order("jour", "Comptabilisé le", row -> row.of().bookedOn())
          .text("motif", "Pourquoi", MovementRow::why)
          .number("montant", "Montant", row -> row.of().cents());

  @GetMapping(BankLists.UNMATCHED)
  @Permit({CLERK, AUDITOR})
  @Live
  String unmatched(Actor actor, @ModelAttribute AskedTable asked, Model model) {
    List<MovementRow> rows =
        lists.unmatched(actor).stream().map(each -> MovementRow.of(each, actor)).toList();
    model.addAttribute("table", MOVEMENTS.show(BankLists.UNMATCHED, rows, asked));
    return "bank-unmatched";
  }

  static final Columns<ExceptionRow> EXCEPTIONS =
      Columns.<ExceptionRow>of()
          .text("objet", "Objet", row -> row.kind() + " " + row.about() + " " + row.exception())
          .order("jour", "Jour", ExceptionRow::on)
          .text("motif", "Pourquoi", ExceptionRow::why)
          .number("montant", "Montant", ExceptionRow::cents)
          .text("etat", "État", row -> row.state().words());

  /**
   * @param closed those that are dealt with as well
   */
  @GetMapping(BankLists.EXCEPTIONS)
  @Permit({CLERK, AUDITOR})
  @Live
  String exceptions(
      Actor actor,
      @RequestParam(name = "closes", defaultValue = "false") boolean closed,
      @ModelAttribute AskedTable asked,
      Model model) {
    List<ExceptionRow> rows =
        lists.exceptions(closed, actor).stream().map(each -> ExceptionRow.of(each, actor)).toList();
    model.addAttribute("closed", closed);
    model.addAttribute(
        "table",
        EXCEPTIONS.show(BankLists.EXCEPTIONS + (closed ? "?closes=true" : ""), rows, asked));
    return "bank-exceptions";
  }

  static final Columns<ReadStatement> STATEMENTS =
      Columns.<ReadStatement>of()
          .text("releve", "Relevé", row -> row.reference() + " " + row.statement())
          .order("jour", "Dernier jour", ReadStatement::to)
          .number("cloture", "Solde de clôture", ReadStatement::closingCents)
          .number("registre", "Solde au registre", ReadStatement::ledgerCents)
          .number("ecart", "Écart", ReadStatement::differenceCents);

  @GetMapping(BankLists.STATEMENTS)
  @Permit({CLERK, AUDITOR})
  @Live
  String statements(@ModelAttribute AskedTable asked, Model model) {
    // The last first: what is looked for is whether today's balance is proved.
    List<ReadStatement> rows = statements.readBankStatements().statements().reversed();
    model.addAttribute("table", STATEMENTS.show(BankLists.STATEMENTS, rows, asked));
    model.addAttribute("unproven", unproven(rows));
    return "bank-statements";
  }

  /** Of one that another replaces, nothing will ever prove the balance, nor need it. */
  static long unproven(List<ReadStatement> statements) {
    return statements.stream().filter(row -> !row.proven() && !row.superseded()).count();
  }
}
