package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.settlement.RunPage;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.ledger.MoneyIn;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.TransferWords;
import fr.passnumerique.ui.words.Trouble;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Runs, transfers and receipts in states that are hard to bring about. */
@Controller
public final class SettlementSpecimens {
  private static final Instant AT = Instant.parse("2026-11-24T16:05:12.123456Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final CauseWords SLIP =
      new CauseWords("Bordereau", "B-2026-11", "/lieux/1/bordereaux/B-2026-11");
  private static final CauseWords RECEIPT =
      new CauseWords("Versement", "cofinancement-2026-1", "/versements/cofinancement-2026-1");
  private static final Booked BOOKED =
      new Booked(
          "E0123456789ABCDEF0123", "26091-000019", DAY, DAY, -1_230_00, "partie 2 sur 17", false);
  private static final Booked NO_MORE =
      new Booked("E0123456789ABCDEF0456", "26091-000031", DAY, DAY, 1_230_00, "", true);

  @GetMapping("/specimen/runs/{state}")
  String runs(@PathVariable String state, Model model) {
    boolean empty = state.equals("empty");
    model.addAttribute(
        "board",
        empty
            ? new RunsBoard(0, List.of(), null, RunDeeds.OPEN)
            : new RunsBoard(
                120,
                List.of(
                    row("reglement-12", Badge.warn("À libérer"), null, 0),
                    row("reglement-11", Badge.good("Libéré"), DAY, 8),
                    row("reglement-10", Badge.calm("Annulé"), null, 0)),
                "/reglements?before=40",
                RunDeeds.OPEN));
    return "runs";
  }

  private static RunsBoard.Row row(
      String run, Badge stage, @Nullable LocalDate executionOn, int paid) {
    return new RunsBoard.Row(
        run,
        "/reglements/" + run,
        "pass-numerique",
        stage,
        AT,
        executionOn,
        12,
        paid,
        paid == 0 ? 0 : 1,
        paid == 0 ? 12 : 3,
        12_345_60);
  }

  @GetMapping("/specimen/run-open/{state}")
  String open(@PathVariable String state, Model model) {
    List<Field> fields =
        RunDeeds.fieldsOfAnOpening(
            List.of(new Field.Choice("pass-numerique", "Pass numérique de Charente")));
    switch (state) {
      case "blank" ->
          ShownDeed.blank(model, fields, Map.of("run", "reglement-12", "cutOffDay", "2026-11-30"));
      case "bad" ->
          ShownDeed.refused(
              model, fields, Map.of("run", "règlement douze", "cutOffDay", "31/02/2026"));
      default ->
          ShownDeed.asked(
              model,
              fields,
              Map.of(
                  "run", "reglement-12", "programme", "pass-numerique", "cutOffDay", "2026-11-30"),
              Effect.of("Ouvrir ce règlement")
                  .line("Il paierait", "12\u00A0345,60\u00A0€, par 120\u00A0virements")
                  .line("Lignes enregistrées jusqu’au", "29/11/2026")
                  .line("La banque paierait le", "01/12/2026")
                  .line(
                      "Sans compte en vigueur", "2\u00A0lieux attendent qu’un compte soit confirmé")
                  .afterwards(
                      "Rien ne part à la banque : une autre personne que vous le libère, puis son"
                          + " fichier est téléchargé."));
    }
    return "run-open";
  }

  @GetMapping("/specimen/run/{state}")
  String run(@PathVariable String state, Model model) {
    boolean released = state.equals("released");
    boolean empty = state.equals("empty");
    boolean own = state.equals("mine");
    RunSheet.Row row =
        new RunSheet.Row(
            "reglement-11-1",
            "/reglements/reglement-11/virements/reglement-11-1",
            "Médiathèque de Ruffec, Bus France Services de Charente",
            3,
            1_230_00,
            released ? Badge.bad("Rejeté") : Badge.warn("Ordonné"),
            released ? DAY : null,
            released ? "AC04" : "",
            released ? 380_00 : 0);
    model.addAttribute(
        "run",
        new RunSheet(
            "reglement-11",
            "pass-numerique",
            48_001,
            AT,
            empty
                ? Badge.calm("Annulé")
                : released ? Badge.good("Libéré") : Badge.warn("À libérer"),
            DAY,
            DAY.plusDays(2),
            released ? AT : null,
            empty ? AT : null,
            empty ? 0 : 1_230_00,
            released ? 400_00 : 0,
            released ? 20_00 : 0,
            empty ? 0 : 120,
            released ? 2 : 0,
            released
                ? List.of(
                    new CauseWords(
                        "Virement",
                        "reglement-11-7",
                        "/reglements/reglement-11/virements/reglement-11-7"),
                    new CauseWords(
                        "Virement",
                        "reglement-11-12",
                        "/reglements/reglement-11/virements/reglement-11-12"))
                : List.of(),
            empty ? List.of() : List.of(row),
            released
                ? List.of(
                    new RunSheet.Net(
                        "Médiathèque de Ruffec",
                        20_00,
                        2,
                        Badge.good("Compensé"),
                        List.of(
                            new CauseWords(
                                "Indu i-4, chèque", "00007-0001", "/cheques/00007-0001"))))
                : List.of(),
            released
                ? List.of(
                    new RunSheet.Carried(
                        "Centre social de Nontron",
                        "Aucun compte en vigueur",
                        0,
                        "/lieux/1/compte"),
                    new RunSheet.Carried(
                        "Cyberbus", "En dessous du minimum d’un virement", 10_00, null))
                : List.of(),
            released ? 1_202 : 0,
            released ? "/reglements/reglement-11?after=100" : null,
            released ? "/reglements/reglement-11?reportes=100" : null,
            new RunPage.InFile(released ? 1_210_00 : 0, released ? 118 : 0),
            own,
            released || empty ? null : "/reglements/reglement-11/annulation",
            released || empty || own ? null : "/reglements/reglement-11/liberation",
            released ? "/reglements/reglement-11/fichier" : null));
    if (state.equals("doubt")) {
      model.addAttribute(
          "unreleasable",
          Trouble.of(
              "Sa libération serait refusée",
              "Il paierait ou compenserait ce que la banque a peut-être déjà payé.",
              "« transfer reglement-11-1 would pay what may be paid »"));
    }
    if (state.equals("ask")) {
      ShownDeed.asked(
          model,
          List.of(),
          Map.of(),
          Effect.of("Annuler ce règlement")
              .line("De nouveau dû aux lieux", "1\u00A0230,00\u00A0€")
              .afterwards("Le prochain règlement reprend ces lignes.")
              .dangerous());
      return "run-cancel";
    }
    if (state.equals("own")) {
      model.addAttribute(
          "trouble",
          RefusalWords.of(
              new Problem(
                  422,
                  "SECOND_PERSON_REQUIRED",
                  "",
                  List.of(Problem.Fault.of("runId", "reglement-11", "", "another clerk")))));
      ShownDeed.blank(model, List.of(), Map.of());
      return "run-release";
    }
    return state.equals("file") ? "run-file" : "run";
  }

  @GetMapping("/specimen/transfer/{state}")
  String transfer(@PathVariable String state, Model model) {
    boolean paid = state.equals("paid");
    model.addAttribute(
        "transfer",
        new TransferSheet(
            "reglement-11",
            "/reglements/reglement-11",
            "reglement-11-1",
            48_001,
            paid ? Badge.bad("Revenu") : Badge.warn("Ordonné"),
            1_230_00,
            DAY,
            List.of("Médiathèque de Ruffec", "Bus France Services de Charente"),
            List.of(new TransferSheet.Slip(SLIP, "Médiathèque de Ruffec", 1_230_00, DAY, paid)),
            paid
                ? List.of(
                    new TransferWords.Step(
                        DAY, "Payé", "Le débit est sur le compte.", BOOKED, 48_020, AT, "good"),
                    new TransferWords.Step(
                        DAY, "Revenu sur le compte", "Motif AC04.", BOOKED, 48_030, AT, "bad"),
                    new TransferWords.Step(
                        DAY, "Payé", "Elle ne le dit plus revenu.", NO_MORE, 48_031, AT, "good"))
                : List.of(),
            List.of(
                new TransferSheet.Pool(
                    "CONV-16-2026",
                    "d16",
                    1_230_00,
                    "/ecritures?funder=d16",
                    List.of(
                        new MoneyIn(RECEIPT, "d16", DAY, 40_000_00, false),
                        new MoneyIn(RECEIPT, "d16", DAY, 1_000_00, paid)))),
            paid ? 120 : 0,
            paid
                ? List.of(
                    new TransferSheet.Line(
                        "00007-0001", SLIP, 3, DAY, "guichet", Badge.bad("Revenu"), 10_00))
                : List.of(),
            paid ? 100 : null,
            paid
                ? List.of(
                    new CauseWords("Compte de", "Médiathèque de Ruffec", "/lieux/1/compte"),
                    new CauseWords(
                        "Compte de", "Bus France Services de Charente", "/lieux/2/compte"))
                : List.of()));
    return "transfer";
  }

  @GetMapping("/specimen/transfer-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    if (state.equals("reject")) {
      Doing.show(
          model,
          "Saisir le rejet du virement reglement-5-1",
          "La banque l’a rejeté.",
          "/reglements");
      ShownDeed.refused(model, TransferDeeds.fieldsOfARejection(), Map.of("reason", "ac4"));
      return Doing.VIEW;
    }
    if (state.equals("confirm")) {
      Doing.show(
          model,
          "Confirmer le virement reglement-5-1",
          "La banque l’a débité du compte.",
          "/reglements/reglement-5/virements/reglement-5-1");
      ShownDeed.asked(
          model,
          TransferDeeds.fieldsOfAConfirmation(),
          Map.of("bookedOn", "2026-11-24"),
          Effect.of("Confirmer ce virement")
              .line("Payé", "1\u00A0230,00\u00A0€")
              .line("Débité le", "24/11/2026")
              .afterwards("Le lieu compte comme payé ; le relevé le prouve ensuite."));
      return Doing.VIEW;
    }
    Doing.show(
        model,
        "Retirer la confirmation du virement reglement-5-1",
        "La banque n’en a pas montré le débit.",
        "/reglements/reglement-5/virements/reglement-5-1");
    ShownDeed.blank(model, TransferDeeds.fieldsOfATakingBack(), Map.of("paidOn", "2026-11-24"));
    return Doing.VIEW;
  }
}
