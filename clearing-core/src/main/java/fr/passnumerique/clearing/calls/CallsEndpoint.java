package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.calls.CalledFunds.Payment;
import fr.passnumerique.clearing.calls.CalledFunds.State;
import fr.passnumerique.clearing.calls.FundsCalled.Basis;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
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

/** Calls for funds over HTTP. A funder reads its own. */
@RestController
@RequestMapping("/api/calls-for-funds")
public final class CallsEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private final Commands commands;
  private final CallsRegister register;
  private final ReadLock registers;
  private final Clock clock;

  CallsEndpoint(Commands commands, CallsRegister register, ReadLock registers, Clock clock) {
    this.commands = commands;
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  /**
   * @param dueOn the last day on which a payment is in time
   */
  @Schema(name = "CallForFunds")
  record CallBody(
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
  ResponseEntity<Answer<FundsCalled>> callFunds(
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
  record CancellationBody(FundsCallCancelled.Reason reason) {}

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
  ResponseEntity<Answer<FundsCallCancelled>> cancelCall(
      @PathVariable("callId") CallId callId,
      @RequestBody CancellationBody body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands, new CancelCall(callId, body.reason(), actor.account()), actor, dryRun);
  }

  /**
   * @param position of the last fact in it
   * @param today Europe/Paris
   * @param openCents called and not received: no cash
   * @param lateCents of these, past their last day
   * @param calls a page, in the order in which they were made
   * @param next where the next page begins; left out after the last
   * @param shares what each funder can be called for now
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record CallsForFunds(
      long position,
      LocalDate today,
      long openCents,
      long lateCents,
      List<Row> calls,
      Optional<String> next,
      List<ShareRow> shares) {}

  /**
   * @param openCents still asked for
   * @param beyondCents that payments under its reference brought and no call had asked for
   * @param late whether something is still asked for and the last day is over
   * @param payments what settled it, by receipt or transfer of funds
   * @param cancelledOn left out if it is not cancelled
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String call,
      String agreement,
      String funder,
      Basis basis,
      LocalDate calledOn,
      LocalDate dueOn,
      String reference,
      long amountCents,
      long receivedCents,
      long openCents,
      long beyondCents,
      State state,
      boolean late,
      List<Payment> payments,
      @Nullable LocalDate cancelledOn) {}

  /**
   * @param openCents called and not received
   * @param callableCents what can be called now
   */
  public record ShareRow(
      String agreement, String funder, Basis basis, long openCents, long callableCents) {}

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
  public CallsForFunds readCallsForFunds(
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
    LocalDate today = Paris.dayOf(clock.instant());
    AskedShares asked = AskedShares.of(actor, agreement, funder, register, registers);
    return registers.read(() -> read(asked, today, after, limit));
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
    LocalDate today = Paris.dayOf(clock.instant());
    AskedShares asked = AskedShares.of(actor, agreement, funder, register, registers);
    List<Row> calls = registers.read(() -> read(asked, today, 0, Integer.MAX_VALUE)).calls();
    to.send(TABLE, calls::forEach, "appels-de-fonds-" + today);
  }

  private CallsForFunds read(AskedShares asked, LocalDate today, int after, int limit) {
    List<Row> rows = new ArrayList<>();
    for (CalledFunds.Call call : register.called().calls()) {
      if (asked.concern(call.fact().agreement(), call.fact().funder())) {
        rows.add(row(call, today));
      }
    }
    List<ShareRow> shares = new ArrayList<>();
    register
        .agreements()
        .forEach(
            (id, signed) -> {
              for (FunderId party : signed.parties()) {
                if (asked.concern(id, party)) {
                  shares.add(
                      new ShareRow(
                          id.value(),
                          party.value(),
                          register.basis(signed, party),
                          register.called().openCents(id, party),
                          register.callableCents(id, signed, party)));
                }
              }
            });
    return new CallsForFunds(
        register.position(),
        today,
        rows.stream().mapToLong(Row::openCents).sum(),
        rows.stream().filter(Row::late).mapToLong(Row::openCents).sum(),
        rows.stream().skip(after).limit(limit).toList(),
        PageSize.next(after, limit, rows.size()),
        List.copyOf(shares));
  }

  private static Row row(CalledFunds.Call call, LocalDate today) {
    FundsCalled fact = call.fact();
    return new Row(
        fact.call().value(),
        fact.agreement().value(),
        fact.funder().value(),
        fact.basis(),
        fact.calledOn(),
        fact.dueOn(),
        fact.reference(),
        fact.amountCents(),
        call.receivedCents(),
        call.openCents(),
        call.beyondCents(),
        call.state(),
        call.late(today),
        List.copyOf(call.payments()),
        call.cancelled().map(FundsCallCancelled::cancelledOn).orElse(null));
  }
}
