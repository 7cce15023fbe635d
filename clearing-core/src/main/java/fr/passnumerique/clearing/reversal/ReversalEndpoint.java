package fr.passnumerique.clearing.reversal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reverses lines, takes and decides contests, and asks for what was not netted. */
@RestController
@RequestMapping("/api")
public final class ReversalEndpoint {
  private final Commands commands;
  private final ReversalDesk desk;
  private final SealedNotes notes;

  ReversalEndpoint(Commands commands, ReversalDesk desk, Vault vault) {
    this.commands = commands;
    this.desk = desk;
    this.notes = new SealedNotes(commands, vault, ReversalDesk.NOTE);
  }

  @Schema(name = "ReverseLines")
  public record ReversalBody(
      @Schema(example = "indu-2026-001") ReversalId reversal,
      @Schema(example = "40109226700020") VenueId venue,
      @Schema(description = "The slip's reference", example = "BR-001") SlipReference slip,
      @Schema(description = "Numbers of the slip's lines, from 1") List<Integer> lines,
      Reason reason,
      @Schema(description = "For the file; kept in the vault, because it may tell of a person")
          @Nullable String note) {}

  @PostMapping("/reversals")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "reverseLines",
      summary = "Reverse accepted lines of a slip: their cheques are void for good",
      description =
          """
          What was not paid yet comes back to its funders at once. What was paid is claimed from \
          the venue: the next settlements net it, and after 90 days a debit note asks for it. Above \
          the amount that one person may reverse alone (`pass.reversal.alone-up-to-cents`, 500 € \
          unless set) the answer's state is `PROPOSED` and nothing moves before another account \
          confirms it. What the same person reversed alone of this venue on the same day in Paris, \
          and what of it waits for a second person, counts towards it. Of a line that its venue waives nothing was paid, and nothing is reversed (422 \
          LINE_WAIVED). Sent again it is answered as the first time.\
          """)
  public ResponseEntity<Answer<Reversal>> reverseLines(
      @RequestBody ReversalBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    ReverseLines bare =
        desk.prepare(
            body.reversal(),
            body.venue(),
            body.slip(),
            body.lines(),
            body.reason(),
            Optional.empty(),
            actor.account());
    return Answer.of(
        notes.send(bare.venue().value(), body.note(), bare::with, actor, dryRun), dryRun);
  }

  @PostMapping("/reversals/{reversalId}/confirmation")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "confirmReversal",
      summary = "Agree with a proposed reversal as the second person: now it counts",
      description =
          """
          By another account than the one that proposed it, else `SECOND_PERSON_REQUIRED`.\
          """)
  public ResponseEntity<Answer<Reversal>> confirmReversal(
      @PathVariable("reversalId") String reversalId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands, new ConfirmReversal(reversal(reversalId), actor.account()), actor, dryRun);
  }

  @Schema(name = "Contest")
  public record ContestBody(
      @Schema(description = "Why; kept in the vault", example = "Le service a été rendu.")
          @Nullable String note) {}

  /**
   * @param position of the fact; of the ledger's head in a dry run
   */
  public record Contested(
      String reversal, String venue, long position, boolean already, boolean dryRun) {}

  @PostMapping("/venues/{venueId}/reversals/{reversalId}/contest")
  @Permit(
      value = {Role.VENUE, Role.CLERK},
      owner = "venueId")
  @Operation(
      operationId = "contestReversal",
      summary = "Contest a reversal of one's lines, until its deadline",
      description =
          """
          The last day is the reversal's `contestUntil`, in Paris; the day after it is refused with \
          `CONTEST_TOO_LATE`. Until it is decided the lines stay reversed, and what the venue owes \
          back for them stays claimed, but no run and no new debit note takes it: a run that was to \
          net it is not released (`NETTING_CONTESTED`). What a released run has netted stays so, and \
          a debit note of before goes on asking; if the reversal is lifted (decideContest), the \
          venue is owed again what it has paid back.\
          """)
  public ResponseEntity<Contested> contestReversal(
      @PathVariable("venueId") String venueId,
      @PathVariable("reversalId") String reversalId,
      @RequestBody(required = false) @Nullable ContestBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    VenueId venue = venue(venueId);
    ReversalId reversal = reversal(reversalId);
    Outcome.Recorded<ReversalContested> recorded =
        notes.send(
            venue.value(),
            body == null ? null : body.note(),
            note -> new ContestReversal(reversal, venue, note, actor.account()),
            actor,
            dryRun);
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Contested(
                reversal.value(), venue.value(), recorded.position(), recorded.already(), dryRun));
  }

  @Schema(name = "ContestDecision")
  public record DecisionBody(DecideContest.Outcome outcome) {}

  @PostMapping("/reversals/{reversalId}/decision")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "decideContest",
      summary = "Decide a contested reversal: upheld, or lifted",
      description =
          """
          By an account that had no part in the reversal, else `SECOND_PERSON_REQUIRED`. Lifted, \
          what the venue still owed is forgiven, and what had come back to the funders is owed to \
          the venue again and paid by the next run; the lines count as redeemed again, and no \
          cheque is spendable again. While a run that is not \
          released nets a line of it, or a transfer that the bank may still reject took such a \
          netting with it, it is not lifted: until then 409 `REVERSAL_BEING_NETTED`.\
          """)
  public ResponseEntity<Answer<DecideContest.Decided>> decideContest(
      @PathVariable("reversalId") String reversalId,
      @RequestBody DecisionBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new DecideContest(reversal(reversalId), body.outcome(), actor.account()),
        actor,
        dryRun);
  }

  /**
   * @param note what the clerk wrote
   * @param contestNote what the venue wrote
   */
  public record Read(
      @JsonUnwrapped Reversal reversal, Optional<String> note, Optional<String> contestNote) {}

  @GetMapping("/reversals/{reversalId}")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readReversal",
      summary = "Read a reversal, what became of each line, and its notes",
      description =
          """
          The notes are for clerks; an auditor reads the rest.\
          """)
  public Read readReversal(@PathVariable("reversalId") String reversalId, Actor actor) {
    ReversalDesk.Found found =
        desk.find(reversal(reversalId), actor).orElseThrow(() -> Problem.notFound("the reversal"));
    return new Read(found.reversal(), found.note(), found.contestNote());
  }

  public record OfVenue(List<Reversal> reversals) {}

  @GetMapping("/venues/{venueId}/reversals")
  @Permit(
      value = {Role.VENUE, Role.CLERK, Role.AUDITOR},
      owner = "venueId")
  @Operation(
      operationId = "readVenueReversals",
      summary = "Read the reversals of a venue's lines and until when each can be contested")
  public OfVenue readVenueReversals(@PathVariable("venueId") String venueId) {
    return new OfVenue(desk.of(venue(venueId)));
  }

  @Schema(name = "IssueDebitNote")
  public record DebitNoteBody(
      @Schema(example = "titre-2026-001") DebitNoteId debitNote,
      @Schema(example = "40109226700020") VenueId venue,
      @Schema(example = "pass-numerique") ProgrammeId programme) {}

  /**
   * @param position of the fact; of the ledger's head in a dry run
   */
  public record Noted(
      @JsonUnwrapped DebitNote note, long position, boolean already, boolean dryRun) {}

  @PostMapping("/debit-notes")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "issueDebitNote",
      summary = "Ask a venue to pay back what was reversed 90 days ago or more and not netted",
      description =
          """
          Takes all such lines of one programme, but those whose reversal is contested and not \
          decided; from now on no settlement nets them. With none it is refused with \
          `NOTHING_TO_CLAIM`. The days are set by `pass.reversal.debit-note-days`.\
          """)
  public ResponseEntity<Noted> issueDebitNote(
      @RequestBody DebitNoteBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    IssueDebitNote command =
        new IssueDebitNote(body.debitNote(), body.venue(), body.programme(), actor.account());
    Outcome.Recorded<DebitNoteIssued> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Noted(
                DebitNote.of(recorded.answer()), recorded.position(), recorded.already(), dryRun));
  }

  @Schema(name = "DebitNotePayment")
  public record PaymentBody(
      @Schema(description = "The bank's booking date, Europe/Paris") LocalDate paidOn) {}

  /**
   * @param amountCents come back to the funders
   */
  public record Paid(
      String debitNote,
      LocalDate paidOn,
      long amountCents,
      long position,
      boolean already,
      boolean dryRun) {}

  @PostMapping("/debit-notes/{debitNoteId}/payment")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "recordDebitNotePayment",
      summary = "Record that the venue paid a debit note: it comes back to the funders",
      description =
          """
          All that it still asks for, and once: what parts of it were paid by entries of the bank \
          (matchBankEntry) is left out, as are lines whose reversal was lifted since. The day of a \
          payment that was taken back is refused (`PAYMENT_TAKEN_BACK`): sent again late it would be \
          recorded anew. While a credit of the bank waits to be explained that carries the note's \
          reference, or none and is of what it asks for, it is refused (`CREDIT_UNEXPLAINED`): \
          explain the entry by matchBankEntry. So it is beside a credit of an older ledger that \
          carries a note's reference, of which it did not keep whose.\
          """)
  public ResponseEntity<Paid> recordDebitNotePayment(
      @PathVariable("debitNoteId") String debitNoteId,
      @RequestBody PaymentBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    RecordDebitNotePayment command =
        new RecordDebitNotePayment(debitNote(debitNoteId), body.paidOn(), actor.account());
    Outcome.Recorded<DebitNotePaid> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    boolean created = !dryRun && !recorded.already();
    DebitNotePaid paid = recorded.answer();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Paid(
                paid.debitNote().value(),
                paid.paidOn(),
                paid.cents(),
                recorded.position(),
                recorded.already(),
                dryRun));
  }

  @GetMapping("/debit-notes/{debitNoteId}")
  @Permit({Role.CLERK, Role.AUDITOR, Role.VENUE})
  @Operation(
      operationId = "readDebitNote",
      summary = "Read a debit note: what its document says, and whether it is paid",
      description = "A venue reads its own; all of them by readVenueDebitNotes.")
  public DebitNote readDebitNote(@PathVariable("debitNoteId") String debitNoteId, Actor actor) {
    return desk.debitNote(debitNote(debitNoteId))
        .filter(note -> actor.role() != Role.VENUE || note.venue().equals(actor.subject()))
        .orElseThrow(() -> Problem.notFound("the debit note"));
  }

  record DebitNotes(List<DebitNote> debitNotes) {}

  @GetMapping("/venues/{venueId}/debit-notes")
  @Permit(
      value = {Role.VENUE, Role.CLERK, Role.AUDITOR},
      owner = "venueId")
  @Operation(operationId = "readVenueDebitNotes", summary = "Read the debit notes to a venue")
  DebitNotes readVenueDebitNotes(@PathVariable("venueId") String venueId) {
    return new DebitNotes(desk.debitNotes(venue(venueId)));
  }

  private static ReversalId reversal(String text) {
    return named(ReversalId::new, text, "the reversal");
  }

  private static DebitNoteId debitNote(String text) {
    return named(DebitNoteId::new, text, "the debit note");
  }

  private static VenueId venue(String text) {
    return named(VenueId::new, text, "the venue");
  }

  private static <I> I named(Function<String, I> id, String text, String what) {
    try {
      return id.apply(text);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound(what);
    }
  }
}
