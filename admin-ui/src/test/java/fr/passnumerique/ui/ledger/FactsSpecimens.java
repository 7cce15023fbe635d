package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.projections.export.LedgerFacts;
import fr.passnumerique.ui.ClearingApplication;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The ledger looked through, made up. */
@Controller
public final class FactsSpecimens {
  private static final Instant AT = Instant.parse("2026-11-24T16:05:12.123456Z");
  private static final FactCatalogue CATALOGUE = ClearingApplication.factCatalogue();

  @GetMapping("/specimen/facts/{state}")
  String facts(@PathVariable String state, Model model) {
    FactsBoard.Asked asked =
        state.equals("none")
            ? new FactsBoard.Asked("SlipJudged", "run:R-12", LocalDate.of(2026, 11, 1), null)
            : new FactsBoard.Asked("", "", null, null);
    List<LedgerFacts.Row> rows =
        state.equals("full") ? List.of(row(48_213), row(48_212)) : List.of();
    LedgerFacts.Page page =
        new LedgerFacts.Page(
            state.equals("empty") ? 0 : 48_213,
            state.equals("empty") ? null : AT,
            rows,
            rows.isEmpty() ? null : 48_212L);
    model.addAttribute("board", FactsBoard.of(page, asked, null, CATALOGUE.types()));
    return "facts";
  }

  private static LedgerFacts.Row row(long position) {
    return new LedgerFacts.Row(
        position,
        "0b8a7c1e-2f5d-4a6b-9c3e-1d2f3a4b5c6d",
        AT,
        "SlipJudged",
        1,
        List.of("slip:40109226700020/BR-2026-11", "venue:40109226700020"),
        "{\"venue\":\"40109226700020\",\"slip\":\"BR-2026-11\",\"note\":\"<script>\",\"lines\":["
            + "{\"cheque\":\"00007-0001\",\"verdict\":\"ACCEPTED\"},".repeat(40)
            + "]}",
        "{\"actor\":\"3fe31767-3c6e-4969-ace9-dfb0168e783c\"}",
        "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
        "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b");
  }
}
