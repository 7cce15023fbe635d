package fr.passnumerique.ui.slip;

import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.redemption.SlipEndpoint;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SlipPart;
import fr.passnumerique.clearing.settlement.SlipSort;
import fr.passnumerique.clearing.settlement.SlipState;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.registers.VenueRegister.PointOfService;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.slip.SlipReview.Faults;
import fr.passnumerique.ui.slip.SlipReview.Row;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Places;
import fr.passnumerique.ui.words.Trouble;
import fr.passnumerique.ui.words.VerdictReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The pages of slips with made-up contents. */
@Controller
public final class SlipSpecimens {
  private static final Actor VENUE = new Actor("bus", Role.VENUE, "40109226700020");

  public static final Places PLACES =
      Places.of(
          Optional.of(
              new Venue(
                  "40109226700020",
                  "SIRET",
                  "Bus France Services de Charente",
                  true,
                  LocalDate.parse("2026-01-05"),
                  "comité 2026-01",
                  true,
                  points())));

  public static List<PointOfService> points() {
    List<String> services =
        List.of("Aide aux démarches administratives", "Insertion professionnelle via le numérique");
    return List.of(
        new PointOfService(
            "bus-charente-1",
            "Bus France Services - [Face à la boulangerie]",
            "Rue du Chant du Coq",
            "16140",
            "Saint-Fraigne",
            "16317",
            "16",
            true,
            45.9,
            0.0,
            services),
        new PointOfService(
            "bus-charente-2",
            "Bus France Services - [Place de la poste]",
            "Le Bourg",
            "16140",
            "Tusson",
            "16390",
            "16",
            true,
            45.9,
            0.0,
            services),
        new PointOfService(
            "bus-charente-3",
            "",
            "",
            "16140",
            "Villefagnan",
            "16409",
            "16",
            true,
            null,
            null,
            services));
  }

  private static Row good(int number, String serial) {
    return new Row(
        number,
        new SlipDraft.Line(
            serial + "-AAAAAA",
            "2026-11-20",
            "Aide aux démarches administratives",
            "bus-charente-2"),
        serial,
        VerdictReading.of(Verdict.ACCEPTED, Optional.empty()),
        Faults.NONE,
        true);
  }

  private static Row bad(int number, String serial, Verdict verdict, String on) {
    return new Row(
        number,
        new SlipDraft.Line(
            serial + "-AAAAAA",
            "2026-11-20",
            "Aide aux démarches administratives",
            "bus-charente-1"),
        serial,
        VerdictReading.of(verdict, Optional.of(on).filter(o -> !o.isEmpty()).map(LocalDate::parse)),
        Faults.NONE,
        false);
  }

  @GetMapping("/specimen/slip-new/{state}")
  String slipNew(@PathVariable String state, Model model) {
    model.addAttribute(
        "typed",
        new SlipPage.Typed(
            state.equals("blank") ? "" : "2026-11 é",
            state.equals("blank") ? "" : "00007-0001-7Q4ZK2\n00007-0002-1B2C3D",
            new SlipDraft.Line("", "", "", "")));
    model.addAttribute(
        "trouble",
        state.equals("blank")
            ? null
            : Trouble.of("La référence ne convient pas", "Une référence compte 1 à 40 lettres."));
    model.addAttribute("places", PLACES);
    return "slip-new";
  }

  @GetMapping("/specimen/slip-review/{state}")
  String slipReview(@PathVariable String state, Model model) {
    List<Row> rows =
        switch (state) {
          case "good" -> List.of(good(1, "00007-0001"), good(2, "00007-0002"));
          case "every" -> {
            List<Row> all = new ArrayList<>();
            for (Verdict verdict : Verdict.values()) {
              if (verdict != Verdict.ACCEPTED) {
                all.add(bad(all.size() + 1, "00007-00" + (10 + all.size()), verdict, "2026-11-02"));
              }
            }
            yield all;
          }
          default ->
              List.of(
                  good(1, "00007-0001"),
                  bad(2, "00007-0002", Verdict.BAD_CHECK_CODE, ""),
                  good(3, "00007-0003"),
                  new Row(
                      4,
                      new SlipDraft.Line(
                          "00007-0004-12",
                          "31/13/2026",
                          "Aide aux démarches administratives",
                          "bus-charente-9"),
                      "00007-0004-12",
                      VerdictReading.unreadable(
                          "Cette ligne ne peut pas être lue.", "Corrigez le champ signalé."),
                      new Faults(
                          "Un code compte quinze lettres et chiffres : relisez le chèque.",
                          "« 31/13/2026 » n’est pas la date d’un service : écrivez-la comme"
                              + " 31/12/2026.",
                          "",
                          "Choisissez l’un des points d’accueil de votre lieu."),
                      false),
                  bad(5, "00007-0005", Verdict.ALREADY_REDEEMED, "2026-11-02"));
        };
    model.addAttribute(
        "review",
        new SlipReview(
            "2026-11-A",
            "",
            rows,
            20_00,
            false,
            state.equals("good") || state.equals("every"),
            "",
            state.equals("refused")
                ? Trouble.of(
                    "Cette référence est déjà prise",
                    "Un bordereau de même référence, avec d’autres lignes, est déjà enregistré.",
                    "Donnez une autre référence à celui-ci.")
                : null));
    model.addAttribute("places", PLACES);
    return "slip-review";
  }

  @GetMapping("/specimen/slip")
  String slip(Model model) {
    List<SlipSheet.Row> rows = new ArrayList<>();
    for (Verdict verdict :
        List.of(
            Verdict.ACCEPTED, Verdict.ALREADY_REDEEMED, Verdict.ACCEPTED, Verdict.UNKNOWN_CHEQUE)) {
      rows.add(
          new SlipSheet.Row(
              rows.size() + 1,
              verdict == Verdict.UNKNOWN_CHEQUE ? "" : "00007-000" + (rows.size() + 1),
              LocalDate.parse("2026-11-20"),
              "Aide aux démarches administratives",
              "bus-charente-2",
              VerdictReading.of(verdict, Optional.of(LocalDate.parse("2026-11-02"))),
              verdict == Verdict.ACCEPTED));
    }
    model.addAttribute(
        "slip",
        new SlipSheet(
            "40109226700020",
            "2026-11-A",
            NOW.recordedAt(),
            NOW.recordedAt(),
            48_213,
            20_00,
            null,
            rows));
    model.addAttribute("places", PLACES);
    model.addAttribute("own", true);
    model.addAttribute("taken", true);
    model.addAttribute("withdraw", "/lieux/40109226700020/bordereaux/2026-11-A/retrait");
    model.addAttribute("steps", steps());
    return "slip";
  }

  @GetMapping("/specimen/slip-withdraw")
  String withdraw(Model model) {
    Doing.show(
        model,
        "Retirer le bordereau 2026-11-A",
        "Pour corriger ce qui y est faux, tant qu’aucun règlement ne l’a pris.",
        "/bordereaux");
    ShownDeed.asked(
        model,
        List.of(),
        Map.of(),
        SlipDeeds.takesBack(
            new SlipEndpoint.Withdrawn(
                "40109226700020", "2026-11-A", NOW.recordedAt(), 41, 420_00, 1, 7, false, true),
            new French()));
    return Doing.VIEW;
  }

  /** A slip whose money went every way. */
  private static List<SlipStep> steps() {
    return Arrays.stream(SlipState.values()).map(SlipSpecimens::step).toList();
  }

  private static SlipStep step(SlipState state) {
    return SlipStep.of(
        new SlipPart(
            state,
            Optional.of(new ProgrammeId("pass")),
            state == SlipState.GIVEN_BACK ? -10_00 : 20_00,
            state == SlipState.PAID ? 10_00 : 0,
            Optional.of(new SettlementRunId("reglement-12")),
            state == SlipState.NETTED
                ? Optional.empty()
                : Optional.of(new TransferId("reglement-12-1")),
            state == SlipState.SENT_BACK ? Optional.of("AC04") : Optional.empty(),
            Optional.of(LocalDate.parse("2026-12-03"))),
        new VenueId("40109226700020"),
        VENUE);
  }

  /** Slips of which one has its money in two places. */
  public static List<SlipRow> rows() {
    return List.of(
        row("2026-11-C", 12, 0, 120_00, step(SlipState.OWED)),
        row("2026-11-B", 3, 2, 40_00, step(SlipState.PAID), step(SlipState.NETTED)),
        row("2026-11-A", 0, 4, 0, step(SlipState.REFUSED)));
  }

  private static SlipRow row(
      String reference, int accepted, int refused, long cents, SlipStep... steps) {
    return new SlipRow(
        "40109226700020",
        "Médiathèque de Ruffec",
        reference,
        "/lieux/40109226700020/bordereaux/" + reference,
        Objects.requireNonNull(NOW.recordedAt()),
        accepted,
        refused,
        cents,
        List.of(steps));
  }

  @GetMapping("/specimen/slips/{state}")
  String slips(@PathVariable String state, Model model) {
    boolean all = state.equals("all");
    model.addAttribute(
        "board",
        new SlipsBoard(
            !all,
            new SlipsBoard.Asked(
                state.equals("none") ? "2026-11-a" : "",
                all ? "40109226700020" : "",
                null,
                "",
                null,
                null,
                all,
                all ? SlipSort.HIGHEST : SlipSort.NEWEST),
            state.equals("none") ? List.of() : rows(),
            Map.of("pass", "Pass numérique", "pass-tpe", "Pass TPE"),
            all ? "/bordereaux?before=12" : null,
            all ? "/bordereaux" : null,
            "/api/slips/export"));
    return "slips";
  }
}
