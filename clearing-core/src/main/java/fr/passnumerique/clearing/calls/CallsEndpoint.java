package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.calls.CallsQuery.CallsForFunds;
import fr.passnumerique.clearing.calls.CallsQuery.Row;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.ledger.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls for funds over HTTP. A funder reads its own. */
@RestController
@RequestMapping("/api/calls-for-funds")
public final class CallsEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private final Commands commands;
  private final CallsQuery query;

  CallsEndpoint(Commands commands, CallsQuery query) {
    this.commands = commands;
    this.query = query;
  }

  /**
   * @param dueOn the last day on which a payment is in time
   */
  @Schema(name = "CallForFunds")
  public record CallBody(
      @Schema(example = "appel-2026-01") CallId call,
      @Schema(example = "creuse-2026") AgreementId agreement,
      @Schema(example = "creuse") FunderId funder,
      @Schema(example = "500000") long amountCents,
      @Schema(example = "2026-04-30") LocalDate dueOn) {}

  @PostMapping
  @Permit(CLERK)
  @Operation(
      operationId = "callFunds",
      summary = "Call for funds: ask a funder to pay in for an agreement, under a reference",
      description =
          """
          A prepaid share, and one that the funder advances, can be called up to their ceilings, \
          less what is paid in and called. A share paid on use can be called up to the funder's \
          share of cheques used, less what it paid and what is called. The call gets a structured \
          creditor reference (ISO 11649): a payment that carries it settles this call first, then \
          the oldest open one of the share; funds transferred from another agreement settle the \
          oldest. What is called is no cash.\
          """)
  public ResponseEntity<Answer<FundsCalled>> callFunds(
      @RequestBody CallBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new CallFunds(
            body.call(),
            body.agreement(),
            body.funder(),
            body.amountCents(),
            body.dueOn(),
            actor.account()),
        actor,
        dryRun);
  }

  @Schema(name = "CallCancellation")
  public record CancellationBody(FundsCallCancelled.Reason reason) {}

  @PostMapping("/{callId}/cancellation")
  @Permit(CLERK)
  @Operation(
      operationId = "cancelCall",
      summary = "Ask no more for what is left of a call for funds",
      description =
          """
          What was paid on it stays paid. Its reference stays that of the share: a payment that \
          carries it all the same settles the oldest open call.\
          """)
  public ResponseEntity<Answer<FundsCallCancelled>> cancelCall(
      @PathVariable("callId") CallId callId,
      @RequestBody CancellationBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands, new CancelCall(callId, body.reason(), actor.account()), actor, dryRun);
  }

  @GetMapping
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readCallsForFunds",
      summary = "Calls for funds: open, paid in part, paid, late; and what can be called now",
      description =
          """
          A funder reads its own. `late`: past `dueOn`, and something still asked for. The \
          sums are of all calls, whatever the page.\
          """)
  CallsForFunds readCallsForFunds(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", defaultValue = "0")
          int after,
      @Parameter(description = "Calls a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit) {
    PageSize.require(after, limit, LONGEST_PAGE);
    return query.of(actor, agreement, funder, after, limit);
  }

  private static final Table<Row> TABLE =
      Table.<Row>of()
          .code("call", "Appel", Row::call)
          .code("agreement", "Convention", Row::agreement)
          .code("funder", "Financeur", Row::funder)
          .text("basis", "Base", row -> row.basis().name())
          .day("calledOn", "Appelé le", Row::calledOn)
          .day("dueOn", "Échéance", Row::dueOn)
          .code("reference", "Référence", Row::reference)
          .cents("amountCents", "Appelé", Row::amountCents)
          .cents("receivedCents", "Reçu", Row::receivedCents)
          .cents("openCents", "Reste appelé", Row::openCents)
          .cents("beyondCents", "Reçu en plus", Row::beyondCents)
          .text("state", "État", row -> row.state().name())
          .text("late", "En retard", row -> row.late() ? "oui" : "non")
          .day("cancelledOn", "Annulé le", Row::cancelledOn);

  @TableExport(
      path = "/export",
      operationId = "exportCallsForFunds",
      summary = "The calls of readCallsForFunds as a file, all of them")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportCallsForFunds(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder,
      TableDownload to)
      throws IOException {
    CallsForFunds read = query.all(actor, agreement, funder);
    to.send(TABLE, read.calls()::forEach, "appels-de-fonds-" + read.today());
  }
}
