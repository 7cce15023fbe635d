package fr.passnumerique.ui.bank;

import fr.passnumerique.clearing.bank.BankFileImported;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankFileImported.Statement;
import fr.passnumerique.clearing.bank.BankFileImported.Status;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A file of the bank that tells a bit of everything. */
@Controller
public final class BankSpecimens {
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");

  static final BankFileImported FILE =
      new BankFileImported(
          "camt.053.001.08",
          List.of(new Statement("S-1", "", DAY, DAY, 100_000_00, 98_770_00, false)),
          List.of(
              entry(-1_230_00, Outcome.PAID),
              entry(1_230_00, Outcome.RETURNED),
              entry(400_00, Outcome.UNMATCHED),
              entry(-12_50, Outcome.UNMATCHED)),
          List.of(
              new Status(
                  Optional.of("reglement-11-1"),
                  "RJCT",
                  BankFileImported.Effect.REJECTED,
                  Optional.of("AC04"),
                  Optional.empty())),
          2,
          1,
          0,
          List.of());

  static Entry entry(long cents, Outcome outcome) {
    return new Entry(
        "E-" + cents,
        DAY,
        cents,
        outcome,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @GetMapping("/specimen/bank-file/{state}")
  String file(@PathVariable String state, Model model) {
    if (state.equals("blank")) {
      ShownDeed.blank(model, BankFilePage.fields(), Map.of());
    } else {
      ShownDeed.asked(
          model,
          BankFilePage.fields(),
          Map.of("file", "<Document/>"),
          new BankFileWords(new French()).effect(FILE));
    }
    return "bank-file";
  }
}
