package fr.passnumerique.clearing.bank;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEntryMatched.Charges;
import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.UploadTooLargeException;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome.Recorded;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Paris;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartFile;

/** Takes the files of the bank, and lists what a clerk has to look at. */
@RestController
@RequestMapping("/api")
public final class BankEndpoint {
  private static final byte[] NOTHING = {};
  private static final int LONGEST_PAGE = 5_000;

  private static final Table<UnmatchedEntry> UNMATCHED =
      Table.<UnmatchedEntry>of()
          .code("entry", "Mouvement", UnmatchedEntry::entry)
          .code("reference", "Référence", e -> e.reference().orElse(""))
          .day("bookedOn", "Date d'opération", UnmatchedEntry::bookedOn)
          .day("valueOn", "Date de valeur", UnmatchedEntry::valueOn)
          .cents("cents", "Montant", UnmatchedEntry::cents)
          .text("why", "Motif", e -> e.why().name())
          .code("transfer", "Virement", e -> e.transfer().orElse(""))
          .text("text", "Libellé", UnmatchedEntry::text)
          .text("counterparty", "Contrepartie", UnmatchedEntry::counterparty)
          .code("endToEnd", "Référence de bout en bout", UnmatchedEntry::endToEnd);

  private final Commands commands;
  private final BankDesk desk;
  private final BankReading reading;
  private final Clock clock;

  BankEndpoint(Commands commands, BankDesk desk, BankReading reading, Clock clock) {
    this.commands = commands;
    this.desk = desk;
    this.reading = reading;
    this.clock = clock;
  }

  /**
   * @param position of the last fact; the ledger's head if nothing was to record
   * @param already all of it was recorded before: nothing was added
   * @param dryRun nothing was recorded
   */
  public record Imported(
      @JsonUnwrapped BankFileImported file, long position, boolean already, boolean dryRun) {}

  @PostMapping(
      path = "/bank-files",
      consumes = {
        MediaType.APPLICATION_XML_VALUE,
        MediaType.TEXT_XML_VALUE,
        MediaType.MULTIPART_FORM_DATA_VALUE
      })
  @Permit(Role.CLERK)
  @Operation(
      operationId = "importBankFile",
      summary = "Import a file of the bank: statement, notification or status of payments",
      description =
          "ISO 20022 camt.053 and camt.054 (001.02 and 001.08) and pain.002 (001.03 and 001.10),"
              + " told apart by their namespace, as the bank sends them, as the body or as the part"
              + " `file` of a form. A file is recorded whole or not at all. Each movement counts"
              + " once, in however many files it stands: the same file again adds nothing. A credit"
              + " that carries a payment reference, or the identifier of an agreement (with that of"
              + " its funder if it has several), is that funder's money; identifiers of fewer than"
              + " four letters and digits are never looked for, since they are met by accident:"
              + " assign a reference (assignPaymentReference). A debit that carries the end-to-end"
              + " identification of a transfer pays it; one that names a credit note which a clerk"
              + " recorded as refunded by hand, and is of its amount, proves that; what nobody can"
              + " explain is listed by readUnmatchedEntries. Refused, with the line: what is not"
              + " XML or declares a document type, another message, account or currency, sums and"
              + " counts that do not add up, and a statement that closes after today in Paris"
              + " (`STATEMENT_IN_FUTURE`) or ends of payments on a day after it"
              + " (`STATUS_IN_FUTURE`). A refused file, an empty one or one beyond the limit too,"
              + " is listed by readBankExceptions. A statement that the bank told otherwise before"
              + " is recorded and listed there as well, also one that tells other payments, payers"
              + " or references of a booking: its closing balance counts, and cover is unproven"
              + " until a clerk is done with it. An entry with a booking day outside the days of"
              + " its statement counts on the nearest of them (`bookedOn`), since the statement's"
              + " balances hold it; one that is notified for a day to come counts as `pending`, for"
              + " nothing, until its day. A booked entry of 0.00 moves nothing and counts as"
              + " `ofNothing` alone. What is KNOWN is told as it is recorded: payment by"
              + " payment, or as the whole of which the bank tells the payments only now.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_XML_VALUE,
                    schema = @Schema(type = "string")),
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schemaProperties =
                        @SchemaProperty(
                            name = "file",
                            schema = @Schema(type = "string", format = "binary")))
              }),
      responses =
          @ApiResponse(
              responseCode = "201",
              description = "What it came to",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = Imported.class))))
  public ResponseEntity<Imported> importBankFile(
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      @Parameter(hidden = true) @RequestParam(name = "file", required = false)
          @Nullable MultipartFile file,
      @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body,
      Actor actor,
      Progress progress)
      throws IOException {
    byte[] bytes = file != null ? file.getBytes() : body == null ? NOTHING : body;
    Recorded<BankFileImported> recorded =
        dryRun ? desk.rehearse(bytes, progress) : desk.apply(bytes, actor, progress);
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new Imported(recorded.answer(), recorded.position(), recorded.already(), dryRun));
  }

  /** No byte of it was read: it is listed by its length, so that a clerk asks for it again. */
  @ExceptionHandler({UploadTooLargeException.class, MaxUploadSizeExceededException.class})
  void noteTooLarge(HttpServletRequest request, HttpServletResponse response, Actor actor)
      throws IOException {
    // Not by getParameter, which would read the form and fail again.
    String query = Objects.requireNonNullElse(request.getQueryString(), "");
    if (!List.of(query.split("&", -1)).contains("dryRun=true")) {
      desk.noteUnread(request.getContentLengthLong(), Paris.dayOf(clock.instant()), actor);
    }
    UploadTooLargeException.answer(request, response);
  }

  /**
   * @param count of all of them, whatever the page
   * @param unmatched a page, the oldest booking first
   * @param next what the next page begins after; left out on the last
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record UnmatchedEntries(
      int count, List<UnmatchedEntry> unmatched, Optional<String> next) {}

  @GetMapping("/bank-entries/unmatched")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readUnmatchedEntries",
      summary = "What the bank booked and nobody has explained yet, with what it wrote beside it",
      description =
          "A debit has its cents below zero. An auditor reads every entry, and `text`,"
              + " `counterparty` and `endToEnd` are empty: they may name persons, and are for those"
              + " who have to find out whose the money is. A page begins after an entry, not after"
              + " a number of them: what is explained meanwhile hides none of the others.")
  public UnmatchedEntries readUnmatchedEntries(
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", required = false)
          @Nullable String after,
      @Parameter(description = "Entries a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit,
      Actor actor) {
    PageSize.require(limit, LONGEST_PAGE);
    Page<UnmatchedEntry> page = reading.unmatched(after, limit, actor);
    return new UnmatchedEntries(page.count(), page.rows(), page.next());
  }

  @TableExport(
      path = "/bank-entries/unmatched.csv",
      operationId = "exportUnmatchedEntries",
      summary =
          "The same as a file, one line for each entry: CSV, JSON or for a French spreadsheet",
      description =
          "Columns entry, reference, bookedOn, valueOn, cents, why, transfer, text,"
              + " counterparty, endToEnd; the last three are empty for an auditor.")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportUnmatchedEntries(Actor actor, TableDownload to) throws IOException {
    to.send(
        UNMATCHED,
        row -> {
          Optional<String> after = Optional.empty();
          do {
            Page<UnmatchedEntry> page = reading.unmatched(after.orElse(null), LONGEST_PAGE, actor);
            page.rows().forEach(row);
            after = page.next();
          } while (after.isPresent());
        },
        "mouvements-a-rapprocher");
  }

  /**
   * How an entry is explained: by one of them, charges aside.
   *
   * @param parts whose money it is; they sum to the entry
   * @param receipt recorded by hand, which it proves
   * @param transfer of ours that it pays, or that came back
   * @param against another unmatched entry of the same amount, which undoes it
   * @param debitNote that it pays, whole or in part
   * @param creditNote that it refunds, as was recorded by hand
   * @param charges that a bank kept of the transfer, or debited with it
   * @param run whose transfers it debits in one sum
   * @param receipts recorded by hand, which it proves together
   */
  public record Match(
      @Nullable List<Part> parts,
      @Nullable ReceiptId receipt,
      @Nullable TransferId transfer,
      @Nullable String against,
      @Nullable String debitNote,
      @Nullable String creditNote,
      @Nullable Charges charges,
      @Nullable SettlementRunId run,
      @Nullable List<ReceiptId> receipts) {}

  /**
   * @param cents of the entry
   */
  public record Matched(
      String entry,
      long cents,
      List<Part> parts,
      Optional<String> receipt,
      Optional<String> transfer,
      Optional<String> against,
      Optional<String> debitNote,
      Optional<String> creditNote,
      Optional<Charges> charges,
      Optional<String> run,
      List<String> receipts,
      long position,
      boolean already,
      boolean dryRun) {}

  @PostMapping("/bank-entries/{entryId}/match")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "matchBankEntry",
      summary = "Explain an unmatched entry, once: whose money it is, or what it proves or undoes",
      description =
          "`parts` say whose money it is, and each may name the `call` for funds that it settles"
              + " first; `receipt` names one that was recorded by hand, `receipts` several that one"
              + " payment brought together: they come to the entry, or are refused with what is"
              + " missing (`RECEIPT_DIFFERS`); `against` an entry of the same amount the other way,"
              + " `debitNote` what a venue pays back: the whole note or a part of it, the oldest"
              + " lines first, and never more than it still asks for (`ABOVE_DEBIT_NOTE`), and the"
              + " debit that a payment of it has left when the bank told it no more"
              + " (`TOLD_NO_MORE`): the note then asks for as much again, unless what was paid"
              + " stands (`DEBIT_NOTE_PAYMENT_STANDS`); `creditNote` is one whose refund was"
              + " recorded by hand (refundCreditNote) and that this debit shows. A `transfer` is"
              + " debited, or comes back, by its amount; where a bank kept something of it,"
              + " `charges` say how much and why, and are listed as an entry of their own (`why`"
              + " CHARGES) that breaks cover until the operator has paid it in and the two are"
              + " matched `against` each other. A debit of less than its transfer is none of it:"
              + " the bank's correction undoes it (`against`), and its debit of the whole amount"
              + " pays. A `run` is debited in one sum, of which the bank tells no payments: each of"
              + " its transfers that waits for its debit is booked if they come to the entry, and"
              + " none otherwise (`RUN_DIFFERS`, with the difference). Sent again it adds nothing;"
              + " another explanation is refused.")
  public ResponseEntity<Matched> matchBankEntry(
      @PathVariable("entryId") String entryId,
      @RequestBody Match match,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    boolean other =
        match.parts() != null
            || match.receipt() != null
            || match.transfer() != null
            || match.debitNote() != null
            || match.creditNote() != null
            || match.charges() != null
            || match.run() != null
            || match.receipts() != null;
    if (match.against() != null && !other) {
      Recorded<BankEntriesOffset> recorded =
          send(new OffsetBankEntries(entryId, match.against(), actor.account()), dryRun, actor);
      return answered(
          new Matched(
              entryId,
              recorded.answer().cents(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(match.against()),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              recorded.position(),
              recorded.already(),
              dryRun));
    }
    Recorded<BankEntryMatched> recorded = send(command(entryId, match, actor), dryRun, actor);
    return answered(
        new Matched(
            entryId,
            recorded.answer().cents(),
            recorded.answer().parts(),
            recorded.answer().receipt(),
            recorded.answer().transfer(),
            Optional.empty(),
            recorded.answer().debitNote(),
            recorded.answer().creditNote(),
            recorded.answer().charges(),
            recorded.answer().run(),
            recorded.answer().receipts(),
            recorded.position(),
            recorded.already(),
            dryRun));
  }

  private static MatchBankEntry command(String entryId, Match match, Actor actor) {
    return new MatchBankEntry(
        entryId,
        match.parts() == null ? List.of() : List.copyOf(match.parts()),
        Optional.ofNullable(match.receipt()),
        Optional.ofNullable(match.transfer()),
        Optional.ofNullable(match.debitNote()),
        Optional.ofNullable(match.creditNote()),
        Optional.ofNullable(match.charges()),
        Optional.ofNullable(match.run()),
        match.receipts() == null ? List.of() : List.copyOf(match.receipts()),
        Optional.ofNullable(match.against()),
        actor.account());
  }

  private <A> Recorded<A> send(Command<A> command, boolean dryRun, Actor actor) {
    return Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
  }

  private static ResponseEntity<Matched> answered(Matched matched) {
    boolean created = !matched.dryRun() && !matched.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK).body(matched);
  }

  /**
   * @param reference made if it is left out
   */
  record ReferenceBody(AgreementId agreement, FunderId funder, @Nullable String reference) {}

  @PostMapping("/payment-references")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "assignPaymentReference",
      summary = "Give a funder's share of an agreement the reference that its payments carry",
      description =
          "Without one of your own it is a structured creditor reference (ISO 11649). A"
              + " reference of one's own has 4 to 35 letters and digits and belongs to one share.")
  ResponseEntity<Answer<PaymentReferenceAssigned>> assignPaymentReference(
      @RequestBody ReferenceBody body, Actor actor) {
    return Answer.to(
        commands,
        new AssignPaymentReference(
            body.agreement(), body.funder(), Optional.ofNullable(body.reference())),
        actor,
        false);
  }
}
