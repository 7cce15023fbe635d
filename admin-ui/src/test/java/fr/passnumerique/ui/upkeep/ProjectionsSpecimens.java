package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.upkeep.SetAsideReason;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.words.Badge;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of projections with made-up contents. */
@Controller
public final class ProjectionsSpecimens {
  @GetMapping("/specimen/projections/{state}")
  String projections(@PathVariable String state, Model model) {
    Instant asked = Instant.parse("2026-11-28T09:00:00Z");
    List<ProjectionsBoard.Row> rows =
        List.of(
            projection("accounts", "Soldes et écritures", Badge.calm("Reconstruction en cours"), 0),
            projection("claims", "Chèques utilisés", Badge.bad("Arrêtée"), 36_980),
            projection("histories", "Vie des chèques", Badge.good("À jour"), 0),
            projection("labels", "Labels et lieux", Badge.calm("En rattrapage"), 12));
    List<ProjectionsBoard.Going> rebuilds =
        List.of(
            new ProjectionsBoard.Going(
                "accounts-2026-11-28",
                "/projections/reconstructions/accounts-2026-11-28",
                "accounts",
                Badge.calm("Relecture du registre"),
                Bar.of(100, new Bar.Part(Bar.Series.PAID, 62)),
                62,
                29_892,
                48_213,
                1_140_000,
                asked.plusSeconds(90),
                0,
                0,
                asked),
            new ProjectionsBoard.Going(
                "registres-3",
                "/projections/reconstructions/registres-3",
                "registers",
                Badge.warn("Sommes différentes, deux personnes décident"),
                Bar.of(100, new Bar.Part(Bar.Series.PAID, 100)),
                100,
                48_213,
                48_213,
                1_320_000,
                null,
                2,
                0,
                asked),
            new ProjectionsBoard.Going(
                "accounts-1",
                "/projections/reconstructions/accounts-1",
                "accounts",
                Badge.good("En service"),
                Bar.of(100, new Bar.Part(Bar.Series.PAID, 100)),
                100,
                40_112,
                40_112,
                1_290_000,
                null,
                0,
                47,
                asked));
    model.addAttribute(
        "board",
        state.equals("empty")
            ? new ProjectionsBoard(0, List.of(), List.of())
            : new ProjectionsBoard(48_213, rows, rebuilds));
    return "projections";
  }

  private static ProjectionsBoard.Row projection(
      String name, String question, Badge state, long lag) {
    boolean stopped = name.equals("claims");
    return new ProjectionsBoard.Row(
        name,
        question,
        state,
        48_213 - lag,
        lag,
        lag == 0 ? null : Instant.parse("2026-11-24T15:02:00Z"),
        stopped ? 48_213 - lag + 1 : 0,
        stopped ? "SlipJudged" : "",
        stopped ? "cheque 00007-0003 is redeemed a second time" : "",
        stopped
            ? List.of(
                new ProjectionLag.PassedOver(
                    611, SetAsideReason.CORRECTED_SINCE, "clerk-1", "clerk-2", null))
            : List.of());
  }
}
