package fr.passnumerique.ui.reversal;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.reversal.DebitNote;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalListEndpoint;
import fr.passnumerique.clearing.reversal.ReversalLists;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of undue payments and of debit notes, of all venues. */
@Controller
final class ReversalPages {
  static final String REVERSALS = "/indus";
  static final String DEBIT_NOTES = "/notes-de-debit";

  private static final int PAGE = 100;

  private final ReversalListEndpoint lists;
  private final Supplier<Names> names;

  ReversalPages(ReversalListEndpoint lists, Supplier<Names> names) {
    this.lists = lists;
    this.names = names;
  }

  record ReversalRow(Reversal of, String venue, Badge state, @Nullable String page) {}

  static final Columns<ReversalRow> OF_REVERSALS =
      Columns.<ReversalRow>of()
          .text("indu", "Indu", row -> row.of().reversal() + " " + row.of().reason().label())
          .text("lieu", "Lieu", row -> row.venue() + " " + row.of().venue())
          .text("etat", "État", row -> row.state().words())
          .<java.time.LocalDate>order(
              "limite", "Contestable jusqu’au", row -> row.of().contestUntil().orElse(null))
          .number("du", "Dû par le lieu", row -> row.of().claimedCents())
          .number("montant", "Montant", row -> row.of().amountCents());

  /**
   * @param state null for all
   */
  @GetMapping(REVERSALS)
  @Permit({CLERK, AUDITOR})
  @Live
  String reversals(
      Actor actor,
      @RequestParam(name = "etat", required = false) Reversal.@Nullable State state,
      @ModelAttribute AskedTable asked,
      Model model) {
    Names known = names.get();
    List<ReversalRow> rows = new ArrayList<>();
    @Nullable Long before = null;
    do {
      ReversalLists.OfReversals page = lists.readReversals(actor, null, state, before, PAGE);
      for (Reversal each : page.reversals()) {
        rows.add(
            new ReversalRow(
                each,
                known.venue(each.venue()),
                ReversalWords.of(each.state()),
                Thing.REVERSAL.link(each.reversal(), actor).page()));
      }
      before = page.next().orElse(null);
    } while (before != null);
    model.addAttribute("state", state);
    model.addAttribute(
        "table",
        OF_REVERSALS.show(REVERSALS + (state == null ? "" : "?etat=" + state), rows, asked));
    return "reversals";
  }

  record NoteRow(DebitNote of, String venue, Badge state, @Nullable String page) {}

  static final Columns<NoteRow> OF_NOTES =
      Columns.<NoteRow>of()
          .text(
              "note",
              "Note de débit",
              row -> row.of().debitNote() + " " + row.of().reference().orElse(""))
          .text("lieu", "Lieu", row -> row.venue() + " " + row.of().venue())
          .text("etat", "État", row -> row.state().words())
          .order("emise", "Émise le", row -> row.of().issuedOn())
          .number("montant", "Montant", row -> row.of().amountCents())
          .number("reste", "Reste à payer", row -> row.of().openCents());

  /**
   * @param open only those that ask for something still
   */
  @GetMapping(DEBIT_NOTES)
  @Permit({CLERK, AUDITOR})
  @Live
  String debitNotes(
      Actor actor,
      @RequestParam(name = "ouvertes", defaultValue = "false") boolean open,
      @ModelAttribute AskedTable asked,
      Model model) {
    Names known = names.get();
    List<NoteRow> rows = new ArrayList<>();
    @Nullable Long before = null;
    do {
      ReversalLists.OfDebitNotes page =
          lists.readDebitNotes(actor, null, open ? Boolean.TRUE : null, before, PAGE);
      for (DebitNote each : page.debitNotes()) {
        rows.add(
            new NoteRow(
                each,
                known.venue(each.venue()),
                ReversalWords.of(each),
                Thing.DEBIT_NOTE.link(each.debitNote(), actor).page()));
      }
      before = page.next().orElse(null);
    } while (before != null);
    model.addAttribute("open", open);
    model.addAttribute("clerk", actor.role() == CLERK);
    model.addAttribute(
        "table", OF_NOTES.show(DEBIT_NOTES + (open ? "?ouvertes=true" : ""), rows, asked));
    return "debit-notes";
  }
}
