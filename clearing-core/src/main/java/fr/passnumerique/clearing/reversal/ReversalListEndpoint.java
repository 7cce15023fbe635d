package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The lists of reversals and of debit notes: of all venues for clerks, a venue's own for it. */
@RestController
@RequestMapping("/api")
public final class ReversalListEndpoint {
  /** A reversal may have a thousand lines, and so may a debit note. */
  private static final int LONGEST_PAGE = 100;

  private static final Table<Reversal> REVERSALS =
      Table.<Reversal>of()
          .code("reversal", "Indu", Reversal::reversal)
          .code("venue", "Lieu", Reversal::venue)
          .code("slip", "Bordereau", Reversal::slip)
          .text("state", "État", row -> row.state().name())
          .text("reason", "Motif", row -> row.reason().name())
          .day("reversedOn", "Constaté le", row -> row.reversedOn().orElse(null))
          .day("contestUntil", "Contestable jusqu’au", row -> row.contestUntil().orElse(null))
          .count("lines", "Lignes", row -> (long) row.lines().size())
          .cents("amountCents", "Montant", Reversal::amountCents)
          .cents("dueBackCents", "Revenu aux financeurs", Reversal::dueBackCents)
          .cents("claimedCents", "Dû par le lieu", Reversal::claimedCents)
          .cents("owedAgainCents", "Dû de nouveau au lieu", Reversal::owedAgainCents)
          .cents("forgivenCents", "Laissé au lieu", Reversal::forgivenCents);

  private static final Table<DebitNote> DEBIT_NOTES =
      Table.<DebitNote>of()
          .code("debitNote", "Note de débit", DebitNote::debitNote)
          .code("venue", "Lieu", DebitNote::venue)
          .code("programme", "Dispositif", DebitNote::programme)
          .day("issuedOn", "Émise le", DebitNote::issuedOn)
          .code("reference", "Référence", note -> note.reference().orElse(null))
          .count("lines", "Lignes", note -> (long) note.lines().size())
          .cents("amountCents", "Montant", DebitNote::amountCents)
          .cents("paidCents", "Payé", DebitNote::paidCents)
          .cents("openCents", "Reste à payer", DebitNote::openCents)
          .day("paidOn", "Soldée le", note -> note.paidOn().orElse(null));

  private final ReversalLists lists;

  ReversalListEndpoint(ReversalLists lists) {
    this.lists = lists;
  }

  @GetMapping("/reversals")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Operation(
      operationId = "readReversals",
      summary = "The reversals, the newest first: of all venues, or of one",
      description =
          """
          `state=PROPOSED` waits for a second person, `state=CONTESTED` for a decision. `count` and \
          `amountCents` are of all that are asked for. Their notes are told by readReversal alone. \
          A venue reads its own.\
          """)
  public ReversalLists.OfReversals readReversals(
      Actor actor,
      @RequestParam(name = "venue", required = false) @Nullable VenueId venue,
      @Parameter(description = "Only those that stand so")
          @RequestParam(name = "state", required = false)
          Reversal.@Nullable State state,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(name = "before", required = false)
          @Nullable Long before,
      @Parameter(description = "Reversals a page, at most 100")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return lists.reversals(whose(actor, venue), state, new ReversalLists.Place(before, limit));
  }

  @TableExport(
      path = "/reversals/export",
      operationId = "exportReversals",
      summary = "The reversals of readReversals as a file, all of them, a row each")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportReversals(
      Actor actor,
      @RequestParam(name = "venue", required = false) @Nullable VenueId venue,
      @Parameter(description = "Only those that stand so")
          @RequestParam(name = "state", required = false)
          Reversal.@Nullable State state,
      TableDownload to)
      throws IOException {
    VenueId whose = whose(actor, venue);
    to.send(
        REVERSALS,
        row ->
            NewestPage.each(
                before ->
                    lists.reversals(whose, state, new ReversalLists.Place(before, LONGEST_PAGE)),
                ReversalLists.OfReversals::reversals,
                ReversalLists.OfReversals::next,
                row),
        "indus");
  }

  @GetMapping("/debit-notes")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Operation(
      operationId = "readDebitNotes",
      summary = "The debit notes, the newest first: to all venues, or to one",
      description =
          """
          `open=true`: something is still asked for. `count`, `amountCents` and `openCents` are of \
          all that are asked for. A venue reads its own.\
          """)
  public ReversalLists.OfDebitNotes readDebitNotes(
      Actor actor,
      @RequestParam(name = "venue", required = false) @Nullable VenueId venue,
      @Parameter(description = "Only those that ask for something still, or only those that do not")
          @RequestParam(name = "open", required = false)
          @Nullable Boolean open,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(name = "before", required = false)
          @Nullable Long before,
      @Parameter(description = "Debit notes a page, at most 100")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return lists.debitNotes(whose(actor, venue), open, new ReversalLists.Place(before, limit));
  }

  @TableExport(
      path = "/debit-notes/export",
      operationId = "exportDebitNotes",
      summary = "The debit notes of readDebitNotes as a file, all of them, a row each")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportDebitNotes(
      Actor actor,
      @RequestParam(name = "venue", required = false) @Nullable VenueId venue,
      @Parameter(description = "Only those that ask for something still, or only those that do not")
          @RequestParam(name = "open", required = false)
          @Nullable Boolean open,
      TableDownload to)
      throws IOException {
    VenueId whose = whose(actor, venue);
    to.send(
        DEBIT_NOTES,
        row ->
            NewestPage.each(
                before ->
                    lists.debitNotes(whose, open, new ReversalLists.Place(before, LONGEST_PAGE)),
                ReversalLists.OfDebitNotes::debitNotes,
                ReversalLists.OfDebitNotes::next,
                row),
        "notes-de-debit");
  }

  private @Nullable VenueId whose(Actor actor, @Nullable VenueId asked) {
    return Ownership.whose(actor, Role.VENUE, asked, VenueId::new, lists::require);
  }
}
