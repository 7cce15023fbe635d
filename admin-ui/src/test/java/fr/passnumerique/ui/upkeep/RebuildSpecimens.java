package fr.passnumerique.ui.upkeep;

import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Rebuilds in every state, each of which lasts a moment. */
@Controller
public final class RebuildSpecimens {
  private static final Instant ASKED = Instant.parse("2026-11-28T09:00:00Z");
  private static final String PAGE = "/projections/reconstructions/accounts-2026-11-28";

  @GetMapping("/specimen/rebuild/{state}")
  String rebuild(@PathVariable String state, Model model) {
    model.addAttribute(
        "sheet",
        switch (state) {
          case "differs", "accept" -> differs(false);
          case "proposed", "confirm" -> differs(true);
          case "stopped" -> sheet(Badge.bad("Arrêtée"), 40, 0, "", 36_980);
          case "cancelled" -> sheet(Badge.calm("Abandonnée"), 62, 0, "agent", 0);
          case "switched" -> sheet(Badge.good("En service"), 100, 0, "", 0);
          default -> sheet(Badge.calm("Relecture du registre"), 62, 0, "", 0);
        });
    if (state.equals("cancelled")) {
      model.addAttribute("cancelled", true);
    }
    if (state.equals("switched")) {
      model.addAttribute(
          "trouble", Trouble.of("Trop tard pour annuler", "La reconstruction est en service."));
    }
    if (state.equals("proposed")) {
      model.addAttribute("accepted", "AWAITING_SECOND_PERSON");
    }
    return switch (state) {
      case "ask" -> "rebuild-cancel";
      case "accept", "confirm" -> "rebuild-accept";
      default -> "rebuild";
    };
  }

  @GetMapping("/specimen/rebuild-ask/{state}")
  String asking(@PathVariable String state, Model model) {
    RebuildDeeds.show(model);
    List<Field> fields = RebuildDeeds.fields(List.of("accounts", "claims", "histories"));
    if (state.equals("blank")) {
      ShownDeed.blank(model, fields, Map.of("rebuild", "reconstruction-a-la-main-1"));
    } else {
      ShownDeed.asked(
          model,
          fields,
          Map.of("projection", "accounts", "rebuild", "reconstruction-a-la-main-1"),
          RebuildDeeds.effect("accounts"));
    }
    return Doing.VIEW;
  }

  @GetMapping("/specimen/fact-aside/{state}")
  String aside(@PathVariable String state, Model model) {
    boolean first = state.equals("first");
    model.addAttribute(
        "fact",
        new FactAside(
            "registers",
            "Registres",
            36_980,
            "/projections/faits-ecartes/registers/36980",
            0,
            first ? "" : "agent",
            first ? null : ASKED,
            first ? "" : FactAside.REASONS.getFirst().words(),
            state.equals("own")));
    model.addAttribute("reasons", FactAside.REASONS);
    return "fact-aside";
  }

  private static RebuildSheet differs(boolean proposed) {
    return sheet(
        Badge.warn("Sommes différentes, deux personnes décident"),
        100,
        2,
        "",
        0,
        new Acceptance(
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            proposed ? "agent" : "",
            proposed ? ASKED.plusSeconds(600) : null,
            PAGE + "/acceptation",
            !proposed));
  }

  private static RebuildSheet sheet(
      Badge state, int percent, long differences, String cancelledBy, long stoppedAt) {
    return sheet(state, percent, differences, cancelledBy, stoppedAt, null);
  }

  private static RebuildSheet sheet(
      Badge state,
      int percent,
      long differences,
      String cancelledBy,
      long stoppedAt,
      @Nullable Acceptance acceptance) {
    boolean underWay = percent == 62 && cancelledBy.isEmpty();
    boolean ended = !cancelledBy.isEmpty() || percent == 100 && differences == 0;
    return new RebuildSheet(
        new ProjectionsBoard.Going(
            "accounts-2026-11-28",
            PAGE,
            "accounts",
            state,
            Bar.of(100, new Bar.Part(Bar.Series.PAID, percent)),
            percent,
            482 * percent,
            48_213,
            1_140_000,
            underWay ? ASKED.plusSeconds(90) : null,
            differences,
            percent == 100 && ended ? 47 : 0,
            ASKED),
        "Soldes et écritures",
        "agent",
        underWay,
        482 * percent,
        20_112L * percent,
        ended ? ASKED.plusSeconds(140) : null,
        cancelledBy,
        stoppedAt,
        stoppedAt == 0 ? "" : "java.lang.IllegalStateException: no batch 00007",
        percent == 100 ? 48_213 : 0,
        percent == 100 && ended ? 48_213 : 0,
        differences == 0
            ? List.of()
            : List.of(
                new RebuildSheet.Differing(
                    "posting", "FUNDER_CREDIT CONV-16 region", 12_034L, "cents", "-4500", "–"),
                new RebuildSheet.Differing(
                    "balance", "FUNDER_CREDIT CONV-16 region", null, "", "-4500", "0")),
        acceptance == null ? null : 12_034L,
        acceptance,
        ended ? null : PAGE + "/annulation");
  }
}
