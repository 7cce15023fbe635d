package fr.passnumerique.ui.ledger;

import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.CauseWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of money that came in, with made-up contents. */
@Controller
public final class ReceiptSpecimens {
  private static final Instant AT = Instant.parse("2026-11-24T16:05:12.123456Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final Booked BOOKED =
      new Booked(
          "E0123456789ABCDEF0123", "26091-000019", DAY, DAY, -1_230_00, "partie 2 sur 17", false);

  @GetMapping("/specimen/receipt/{state}")
  String receipt(@PathVariable String state, Model model) {
    boolean proved = state.equals("proved");
    model.addAttribute(
        "receipt",
        new ReceiptSheet(
            "cofinancement-2026-1",
            12,
            AT,
            "Agence nationale de la cohésion des territoires",
            "CONV-16-2026",
            "pass-numerique",
            40_000_00,
            proved ? 30_000_00 : 40_000_00,
            proved ? "Département de la Charente" : null,
            DAY,
            proved ? "RF18539007547034" : "",
            proved ? new CauseWords("Appel de fonds", "appel-1", "/appels/appel-1") : null,
            proved ? BOOKED : null,
            proved
                ? List.of(
                    new ReceiptSheet.Use(
                        "Chèques activés",
                        "/ecritures?fact=14",
                        DAY,
                        List.of(new CauseWords("Activation", "a-1", null)),
                        10_000_00,
                        20_000_00))
                : List.of(),
            "/ecritures?funder=anct",
            "/api/postings/export?funder=anct",
            proved,
            proved));
    return "receipt";
  }
}
