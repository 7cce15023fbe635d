package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.reversal.DebitNote;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Undue payments in states that are hard to bring about. */
@Controller
public final class ReversalSpecimens {
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final String VENUE = "Médiathèque de Ruffec, Bus France Services de Charente";

  public static Reversal reversal(String id, Reversal.State state) {
    boolean counts = state != Reversal.State.PROPOSED;
    return new Reversal(
        id,
        "40109226700020",
        "BR-2026-11",
        state,
        Reason.SERVICE_NOT_GIVEN,
        "agent-1",
        Optional.empty(),
        counts ? Optional.of(DAY) : Optional.empty(),
        counts ? Optional.of(DAY.plusDays(60)) : Optional.empty(),
        1_230_00,
        counts ? 230_00 : 0,
        counts ? 1_000_00 : 0,
        0,
        0,
        List.of(
            new Reversal.Line(
                3,
                "00007-0003",
                1_230_00,
                counts ? Reversal.Recovery.CLAIMED : Reversal.Recovery.NONE)));
  }

  @GetMapping("/specimen/reversals/{state}")
  String reversals(@PathVariable String state, Model model) {
    List<ReversalPages.ReversalRow> rows =
        state.equals("empty")
            ? List.of()
            : List.of(
                row(reversal("indu-12", Reversal.State.PROPOSED)),
                row(reversal("indu-11", Reversal.State.CONTESTED)),
                row(reversal("indu-10", Reversal.State.LIFTED)));
    model.addAttribute("state", state.equals("empty") ? Reversal.State.PROPOSED : null);
    model.addAttribute(
        "table",
        ReversalPages.OF_REVERSALS.show(ReversalPages.REVERSALS, rows, AskedTable.AS_IT_COMES));
    return "reversals";
  }

  private static ReversalPages.ReversalRow row(Reversal of) {
    return new ReversalPages.ReversalRow(
        of, VENUE, ReversalWords.of(of.state()), "/indus/" + of.reversal());
  }

  @GetMapping("/specimen/debit-notes/{state}")
  String notes(@PathVariable String state, Model model) {
    DebitNote note =
        new DebitNote(
            "titre-2026-001",
            "40109226700020",
            "pass-numerique",
            DAY,
            1_000_00,
            400_00,
            600_00,
            List.of(new DebitNote.Line("indu-11", "00007-0003", DAY, 1_000_00)),
            Optional.of("RF18TITRE2026001"),
            Optional.empty(),
            List.of(new DebitNote.Payment(DAY, 400_00, Optional.empty())));
    model.addAttribute("open", state.equals("empty"));
    model.addAttribute("clerk", true);
    model.addAttribute(
        "table",
        ReversalPages.OF_NOTES.show(
            ReversalPages.DEBIT_NOTES,
            state.equals("empty")
                ? List.of()
                : List.of(
                    new ReversalPages.NoteRow(
                        note, VENUE, ReversalWords.of(note), "/notes-de-debit/titre-2026-001")),
            AskedTable.AS_IT_COMES));
    return "debit-notes";
  }

  @GetMapping("/specimen/reversal-new/{state}")
  String reverse(@PathVariable String state, Model model) {
    List<Field> fields =
        ReversalDeeds.fieldsOfAReversal(
            List.of(
                new Field.Choice("1", "Ligne 1, chèque 00007-0001, service du 02/11/2026"),
                new Field.Choice("3", "Ligne 3, chèque 00007-0003, service du 04/11/2026")));
    model.addAttribute("reference", "BR-2026-11");
    model.addAttribute("venue", VENUE);
    model.addAttribute("back", "/lieux/40109226700020/bordereaux/BR-2026-11");
    if (state.equals("bad")) {
      ShownDeed.refused(model, fields, Map.of("reversal", "indu 12"));
    } else {
      ShownDeed.blank(model, fields, Map.of("reversal", "indu-BR-2026-11", "lines", "3"));
    }
    return "reversal-new";
  }

  @GetMapping("/specimen/reversal-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    boolean contested = state.equals("decide");
    model.addAttribute("doing", contested ? "Statuer sur la contestation" : "Confirmer l’indu");
    model.addAttribute(
        "sheet",
        new ReversalSheet(
            "indu-12",
            VENUE,
            "BR-2026-11",
            "/lieux/40109226700020/bordereaux/BR-2026-11",
            ReversalWords.of(contested ? Reversal.State.CONTESTED : Reversal.State.PROPOSED),
            Reason.SERVICE_NOT_GIVEN.label(),
            1_230_00,
            3,
            "Signalé par le prescripteur.",
            contested ? "Le service a été rendu, la feuille de présence est jointe." : ""));
    if (state.equals("contest")) {
      model.addAttribute("doing", "Contester l’indu");
      model.addAttribute(
          "until",
          ContestDeeds.until(
              LocalDate.parse("2026-12-24"), LocalDate.parse("2026-11-24"), new French()));
      ShownDeed.blank(model, ContestDeeds.fieldsOfAContest(), Map.of());
    } else if (contested) {
      ShownDeed.blank(model, ContestDeeds.fieldsOfADecision(), Map.of());
    } else {
      ShownDeed.asked(
          model,
          List.of(),
          Map.of(),
          Effect.of("Confirmer cet indu")
              .line("Lignes", "3\u00A0lignes, 1\u00A0230,00\u00A0€")
              .line("Motif", Reason.SERVICE_NOT_GIVEN.label())
              .line("Dû par le lieu", "1\u00A0000,00\u00A0€")
              .line("Le lieu peut le contester jusqu’au", "23/01/2027")
              .afterwards(
                  "Ce que le lieu doit est retenu sur ses prochains règlements, puis réclamé par"
                      + " une note de débit.")
              .dangerous());
    }
    return "reversal-deed";
  }

  @GetMapping("/specimen/debit-note-deed/{state}")
  String note(@PathVariable String state, Model model) {
    model.addAttribute("back", "/notes-de-debit");
    switch (state) {
      case "issue" -> {
        model.addAttribute("doing", "Émettre une note de débit");
        ShownDeed.blank(
            model,
            DebitNoteDeeds.fieldsOfANote(
                List.of(new Field.Choice("pass-numerique", "Pass numérique de Charente"))),
            Map.of("venue", "40109226700020", "programme", "pass-numerique"));
      }
      case "pay" -> {
        model.addAttribute("doing", "Saisir le paiement de la note titre-2026-001");
        ShownDeed.blank(model, DebitNoteDeeds.fieldsOfAPayment(), Map.of());
      }
      default -> {
        model.addAttribute("doing", "Retirer un paiement de la note titre-2026-001");
        ShownDeed.blank(
            model, DebitNoteDeeds.fieldsOfATakingBack(), Map.of("paidOn", "2026-11-24"));
      }
    }
    return "deed";
  }
}
