package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How reversals end: given up, asked for again, or credited to whoever paid the cheques in. */
@RestController
@RequestMapping("/api")
public final class ReversalEndsEndpoint {
  private final Commands commands;

  ReversalEndsEndpoint(Commands commands) {
    this.commands = commands;
  }

  @PostMapping("/reversals/{reversalId}/drop")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "dropReversal",
      summary = "Give up a proposed reversal that nobody has confirmed",
      description =
          """
          By whoever proposed it or another clerk; its lines stand as they did and can be reversed \
          by another reversal. Once it counts it is refused with `REVERSAL_ALREADY_CONFIRMED`.\
          """)
  public ResponseEntity<Answer<ReversalDropped>> dropReversal(
      @PathVariable("reversalId") ReversalId reversalId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new DropReversal(reversalId, actor.account()), actor, dryRun);
  }

  @Schema(name = "TakeDebitNotePaymentBack")
  public record TakingBack(
      @Schema(description = "The day for which it was recorded, Europe/Paris") LocalDate paidOn,
      DebitNotePaymentTakenBack.Reason reason) {}

  @PostMapping("/debit-notes/{debitNoteId}/payment/taking-back")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "takeDebitNotePaymentBack",
      summary = "Take back a debit note's payment that was recorded by hand and never shown",
      description =
          """
          Another note's, or announced and never come, or not of all that the note asked for: it \
          asks for as much again, and that is due back to the funders no more. The day stays used \
          (`PAYMENT_TAKEN_BACK` of recordDebitNotePayment): what comes is told by the bank, or \
          recorded for its own day. Refused once the bank has shown it (`PAYMENT_SHOWN`): what the \
          bank tells no more is taken back by closeBankException; and once its lines are on a \
          credit note or lifted (`PAYMENT_MOVED_ON`). One clerk does: nobody is paid by it. Sent \
          again it adds nothing; with another reason it is refused.\
          """)
  public ResponseEntity<Answer<DebitNotePaymentTakenBack>> takeDebitNotePaymentBack(
      @PathVariable("debitNoteId") DebitNoteId debitNoteId,
      @RequestBody TakingBack body,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new TakeDebitNotePaymentBack(debitNoteId, body.paidOn(), body.reason(), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/orders/{orderId}/expiry/recovered")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "creditRecovered",
      summary = "Issue supplementary credit notes for what reversals brought back of an order",
      description =
          """
          To each funder that has agreed the order's statement, for reversed lines whose value came \
          back and that nothing can take away again: not contested in time or upheld, and the \
          transfer that netted it paid. The rest is told in `waitingCents`, and so are lines that \
          were reversed as unpaid while the bank may have paid their transfer all the same. Asked \
          again with nothing new, it adds nothing.\
          """)
  public ResponseEntity<Answer<CreditRecovered.Credited>> creditRecovered(
      @PathVariable("orderId") OrderId orderId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new CreditRecovered(orderId), actor, dryRun);
  }
}
