package fr.passnumerique.clearing.bank;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankExceptions.BankException;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.vault.Vault;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the bank said that contradicts what is recorded, until a clerk has dealt with it. */
@RestController
@RequestMapping("/api/bank-exceptions")
public final class BankExceptionEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private static final Table<BankException> TABLE =
      Table.<BankException>of()
          .code("exception", "Anomalie", BankException::exception)
          .text("kind", "Genre", BankException::kind)
          .text("why", "Motif", BankException::why)
          .day("on", "Jour", BankException::on)
          .cents("cents", "Montant", BankException::cents)
          .code("transfer", "Virement", row -> row.transfer().orElse(null))
          .code("status", "Statut", row -> row.status().orElse(null))
          .code("reason", "Raison de la banque", row -> row.reason().orElse(null))
          .code("entry", "Mouvement", row -> row.entry().orElse(null))
          .text(
              "closedAs", "Close comme", row -> row.closed().map(c -> c.reason().name()).orElse(""))
          .code(
              "closedBy",
              "Close par",
              row -> row.closed().map(BankExceptions.Closing::by).orElse(null))
          .count("position", "Position", BankException::position);

  private final BankExceptions exceptions;
  private final SealedNotes notes;

  BankExceptionEndpoint(Commands commands, BankExceptions exceptions, Vault vault) {
    this.exceptions = exceptions;
    this.notes = new SealedNotes(commands, vault, BankExceptions.NOTE);
  }

  /**
   * @param count of all of them, whatever the page
   * @param exceptions a page, in the order in which they were recorded
   * @param next what the next page begins after; left out on the last
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Listed(int count, List<BankException> exceptions, Optional<String> next) {}

  @GetMapping
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readBankExceptions",
      summary = "What the bank said that contradicts what is recorded, and files that were refused",
      description =
          "Kind STATUS: a status of a payment (pain.002) that was not believed. Kind ENTRY: an"
              + " unmatched debit, or an entry that names a transfer of ours and does not fit it."
              + " Kind FILE: a file that was refused, by the code of its refusal. Kind STATEMENT: a"
              + " statement (`exception` is its name) that says otherwise than one told before of"
              + " the same reference, number, days and page (STATEMENT_DIFFERS), or entries that no"
              + " statement of their days tells while the ledger has another balance than the one"
              + " that closes (ENTRIES_LEFT_OUT, with their sum; once they are taken out it is told"
              + " among the closed ones). What the bank called a payment"
              + " that it names otherwise than we do (`called`), and the note of who dealt with it,"
              + " may name persons: an auditor reads neither. A page begins after an exception, not"
              + " after a number of them: what is dealt with meanwhile hides none of the others.")
  public Listed readBankExceptions(
      @Parameter(description = "Those that are dealt with as well")
          @RequestParam(name = "closed", defaultValue = "false")
          boolean closed,
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", required = false)
          @Nullable String after,
      @Parameter(description = "Exceptions a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit,
      Actor actor) {
    PageSize.require(limit, LONGEST_PAGE);
    Page<BankException> page = exceptions.read(closed, after, limit, actor);
    return new Listed(page.count(), page.rows(), page.next());
  }

  @TableExport(
      path = "/export",
      operationId = "exportBankExceptions",
      summary = "The exceptions of readBankExceptions as a file, all of them",
      description =
          "Without what the bank called a payment and without notes: they may name persons.")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportBankExceptions(
      @Parameter(description = "Those that are dealt with as well")
          @RequestParam(name = "closed", defaultValue = "false")
          boolean closed,
      TableDownload to)
      throws IOException {
    to.send(
        TABLE,
        row -> {
          Optional<String> after = Optional.empty();
          do {
            Page<BankException> page =
                exceptions.read(closed, after.orElse(null), LONGEST_PAGE, null);
            page.rows().forEach(row);
            after = page.next();
          } while (after.isPresent());
        },
        "anomalies-bancaires");
  }

  /**
   * @param note left out if nothing is to be said; kept in the vault
   */
  public record ClosingBody(BankExceptionClosed.Reason reason, @Nullable String note) {}

  @PostMapping("/{exceptionId}/closing")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "closeBankException",
      summary =
          "Say that a status not believed, a file refused or a statement told otherwise is dealt"
              + " with",
      description =
          "Final. An exception of kind ENTRY is refused with `EXCEPTION_IS_AN_ENTRY`: explain it by"
              + " matchBankEntry. ENTRIES_LEFT_OUT is closed as CORRECTED_BY_BANK alone"
              + " (`ENTRIES_STILL_BOOKED`): otherwise the page that tells the entries is to be"
              + " imported. Of kind STATEMENT and closed as CORRECTED_BY_BANK, the entries that the"
              + " bank tells no more are taken out (`takenOut`; a dry run tells which): those told"
              + " before by the statement that it told otherwise, or those left out. One that"
              + " nobody had explained is gone (NOTHING); a receipt is taken back from its"
              + " agreement, which may break cover, and what it had repaid is paid by what other"
              + " credit its funder has there (RECEIPT_TAKEN_BACK, `of`); a transfer is in"
              + " transit again, or executed by the bank's word alone (DEBIT_TAKEN_BACK), or has"
              + " not come back (RETURN_TAKEN_BACK); a debit note asks its venue for as much again"
              + " (PAYMENT_TAKEN_BACK, `of`), unless too much of what was paid is on credit notes"
              + " or lifted, or the bank has yet to show the rest of it that a clerk recorded. Of"
              + " whatever else it had been explained as, and"
              + " where other things have followed from it, as much the other way is left to be"
              + " explained by matchBankEntry (TO_EXPLAIN, `of`): of a return, by its transfer,"
              + " once no run or refund order takes the same money. Nothing is deleted, and what"
              + " the bank tells again by a later statement is booked again, also by one that says"
              + " what the first said, in a new message. An account that a return closed stays"
              + " closed, though the return never was: have it opened again. Where a debit and its"
              + " return are told no more together, the transfer counts as paid and as much as its"
              + " debit is left to be explained: do not match that as a return of the transfer"
              + " while the bank may yet debit it, since what it pays would be owed and paid again."
              + " Otherwise it moves no money.")
  public ResponseEntity<Answer<BankExceptionClosed>> closeBankException(
      @PathVariable("exceptionId") String exceptionId,
      @RequestBody ClosingBody closing,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.of(
        notes.send(
            exceptionId,
            closing.note(),
            note -> new CloseBankException(exceptionId, closing.reason(), note, actor.account()),
            actor,
            dryRun),
        dryRun);
  }
}
