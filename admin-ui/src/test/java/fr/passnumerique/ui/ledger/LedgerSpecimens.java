package fr.passnumerique.ui.ledger;

import static fr.passnumerique.ui.figures.SituationSpecimens.CAVEATS;
import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.HistoryEvent;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The pages from a figure to its cause, with made-up contents. */
@Controller
public final class LedgerSpecimens {
  @GetMapping("/specimen/cheques/{state}")
  String cheques(@PathVariable String state, Model model) {
    model.addAttribute("unknown", state.equals("unknown"));
    model.addAttribute("asked", state.equals("unknown") ? "00007-0001" : "");
    return "cheques";
  }

  @GetMapping("/specimen/cheque")
  String cheque(Model model) {
    Instant at = NOW.recordedAt();
    List<HistoryEvent> events =
        List.of(
            new HistoryEvent.Issued(
                12, at.minusSeconds(9_000_000), LocalDate.parse("2026-08-01"), "CMD-16-1"),
            new HistoryEvent.Activated(14, at.minusSeconds(8_900_000), "ACT-1"),
            new HistoryEvent.Delivered(
                17,
                at.minusSeconds(8_000_000),
                LocalDate.parse("2026-08-20"),
                "L-1",
                "ccas-angouleme",
                "CCAS d’Angoulême"),
            new HistoryEvent.HandedOut(
                230,
                at.minusSeconds(5_000_000),
                LocalDate.parse("2026-09-27"),
                "R-1",
                "ccas-angouleme",
                "CCAS d’Angoulême",
                "demandeur-emploi"),
            new HistoryEvent.Rejected(
                1_830,
                at.minusSeconds(900_000),
                "40109226700020",
                "Bus France Services de Charente",
                "2026-11-A",
                4,
                "BAD_CHECK_CODE"),
            new HistoryEvent.Redeemed(
                1_834,
                at.minusSeconds(890_000),
                LocalDate.parse("2026-11-13"),
                at.minusSeconds(890_100),
                "40109226700020",
                "Bus France Services de Charente",
                "2026-11-B",
                1,
                "bus-charente-2",
                "Bus France Services - [Place de la poste]",
                "16",
                "Aide aux démarches administratives",
                10_00L),
            new HistoryEvent.TransferOrdered(
                2_001,
                at.minusSeconds(500_000),
                "R-2026-11",
                "PN-R-2026-11-1",
                LocalDate.parse("2026-11-20")),
            new HistoryEvent.TransferRejected(
                2_010,
                at.minusSeconds(400_000),
                "R-2026-11",
                "PN-R-2026-11-1",
                LocalDate.parse("2026-11-21"),
                "AC04"),
            new HistoryEvent.TransferOrdered(
                2_101,
                at.minusSeconds(90_000),
                "R-2026-12",
                "PN-R-2026-12-1",
                LocalDate.parse("2026-11-24")),
            new HistoryEvent.Paid(
                2_111, at, "R-2026-12", "PN-R-2026-12-1", LocalDate.parse("2026-11-24")));
    ChequeHistory history =
        new ChequeHistory(
            "00007-0001",
            48_213,
            at,
            ChequeHistory.State.PAID,
            true,
            10_00,
            "pn16",
            "Pass numérique Charente",
            "CONV-16-2026",
            "CMD-16-1",
            "00007",
            1,
            1,
            "16",
            LocalDate.parse("2027-07-31"),
            LocalDate.parse("2027-03-26"),
            List.of(
                new ChequeHistory.Share("anct", "État (ANCT)", 3_50),
                new ChequeHistory.Share("na", "Région Nouvelle-Aquitaine", 2_15),
                new ChequeHistory.Share("d16", "Département de la Charente", 4_35)),
            events,
            null);
    model.addAttribute(
        "cheque",
        ChequeLife.of(
            history,
            NOW,
            List.of(
                new MoneyIn(
                    new CauseWords("Versement", "v-1", "/versements/v-1"),
                    "anct",
                    LocalDate.parse("2026-01-05"),
                    40_000_00,
                    false),
                new MoneyIn(
                    new CauseWords("Versement", "v-0", null),
                    "d16",
                    LocalDate.parse("2026-01-04"),
                    4_000_00,
                    true)),
            new Actor("agent", Role.CLERK, ""),
            new French()));
    return "cheque";
  }

  @GetMapping("/specimen/opened/{state}")
  String opened(@PathVariable String state, Model model) {
    List<OpenedFigure.Row> rows =
        List.of(
            new OpenedFigure.Row(
                40_001,
                NOW.recordedAt(),
                LocalDate.parse("2026-11-20"),
                "Bordereau jugé",
                "/ecritures?fact=40001",
                List.of(new CauseWords("Bordereau", "B-2026-11", "/lieux/1/bordereaux/B-2026-11")),
                "Titres acceptés",
                "CONV-16-2026, d16, 16 → 2A, 40109226700020",
                20_00,
                18_340_00),
            new OpenedFigure.Row(
                39_870,
                NOW.recordedAt(),
                LocalDate.parse("2026-11-19"),
                "Virement exécuté par la banque",
                "/ecritures?fact=39870",
                List.of(
                    new CauseWords("Virement", "V-12", null),
                    new CauseWords("Règlement", "reglement-11", null)),
                "Titres acceptés",
                "CONV-16-2026, d16",
                -120_00,
                18_320_00));
    boolean full = state.equals("full");
    model.addAttribute(
        "opened",
        new OpenedFigure(
            full
                ? Situation.asAsked(40_007, NOW.recordedAt(), LocalDate.parse("2026-11-20"))
                    .with(CAVEATS)
                : NOW,
            full ? "Accepté" : "Fait nº 40 001 : Bordereau jugé",
            full ? List.of("Lieu 40109226700020") : List.of(),
            full ? 38_770_00L : null,
            full
                ? List.of(
                    new OpenedFigure.TermRow("Titres acceptés", 18_340_00, "/ecritures", true),
                    new OpenedFigure.TermRow("Titres payés", 20_430_00, "/ecritures", false))
                : List.of(),
            state.equals("empty") ? List.of() : rows,
            state.equals("fact") ? rows.getFirst() : null,
            false,
            full ? "/ecritures?before=1-1" : null,
            full ? "/ecritures" : null,
            "/ecritures",
            full ? "/api/postings/export?kind=TITLES_REDEEMED&asOfPosition=40007" : ""));
    return "opened";
  }

  @GetMapping("/specimen/reconciliation/{state}")
  String reconciliation(@PathVariable String state, Model model) {
    boolean whole = state.equals("whole");
    ReconciliationSheet.Group held =
        new ReconciliationSheet.Group(
            new ReconciliationSheet.Row("Sur le compte cantonné", List.of(1_00L, 2_00L, 3_00L)),
            List.of(new ReconciliationSheet.Row("Non affecté", List.of(1_00L, 2_00L, 3_00L))),
            new ReconciliationSheet.Row(
                "Inexpliqué", whole ? List.of(0L, 0L, 0L) : List.of(1L, 0L, 1L)));
    model.addAttribute(
        "sheet",
        new ReconciliationSheet(
            NOW,
            "CONV-16-2026",
            List.of("État (ANCT)", "Département de la Charente"),
            List.of(
                new ReconciliationSheet.Row("Engagé", List.of(5_00L, 6_00L, 11_00L)),
                new ReconciliationSheet.Row("Versé", List.of(1_00L, 2_00L, 3_00L))),
            List.of(
                new ReconciliationSheet.Group(
                    new ReconciliationSheet.Row("Engagé → Versé", List.of(4_00L, 4_00L, 8_00L)),
                    List.of(
                        new ReconciliationSheet.Row(
                            "Pas encore versé", List.of(4_00L, 4_00L, 8_00L))),
                    new ReconciliationSheet.Row("Inexpliqué", List.of(0L, 0L, 0L)))),
            held,
            whole));
    return "reconciliation";
  }
}
