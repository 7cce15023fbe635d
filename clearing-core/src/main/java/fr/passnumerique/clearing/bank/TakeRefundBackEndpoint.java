package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeRefundBack.TakenBack;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.settlement.TransferId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Credit notes that count as refunded and whose debit the bank never showed. */
@RestController
@RequestMapping("/api/credit-notes/{creditNoteId}/refund")
public final class TakeRefundBackEndpoint {
  private final Commands commands;

  TakeRefundBackEndpoint(Commands commands) {
    this.commands = commands;
  }

  @Schema(name = "TakeRefundBack")
  public record TakingBack(
      @Schema(description = "The day on which it counts as refunded, Europe/Paris")
          LocalDate paidOn,
      @Schema(
              description =
                  "That was to pay it; needed where another refund of that day was taken back"
                      + " before")
          Optional<TransferId> transfer,
      RefundTakenBack.Reason reason) {}

  @PostMapping("/taking-back")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "takeRefundBack",
      summary = "Take back that a credit note is refunded whose debit the bank never showed",
      description =
          """
          What a clerk recorded of another note, or of a transfer that the bank rejects after all, \
          also where the bank itself had said that it executed it. Where a transfer was to pay it, \
          that is in transit again, or executed by the bank's word as before, and the note is not \
          refunded a second time before the transfer is rejected (rejectRefund) by another word; \
          without a transfer the note can be refunded again. That day stays used for a refund by \
          hand (`REFUND_TAKEN_BACK` of refundCreditNote), and a status by which the bank executes \
          once more what was taken back of it is listed as a doubt. Refused once the bank has shown \
          the debit, or that it came back (`REFUND_SHOWN`): what the bank tells no more is taken back \
          by closeBankException; where neither a clerk has recorded a refund nor the bank said that \
          it executed it (`REFUND_NOT_RECORDED`), or of another day or transfer \
          (`NOT_CONFIRMED`). What both said of one day is taken back at once. Where another refund \
          of that day was taken back before, of another transfer or of none, the `transfer` is to be \
          named (`TRANSFER_NOT_NAMED`): who sends the first again late takes no other back. One \
          clerk does: nobody is paid by it. Sent again it adds nothing; with another reason it is \
          refused.\
          """)
  public ResponseEntity<Answer<TakenBack>> takeRefundBack(
      @PathVariable("creditNoteId") CreditNoteId creditNoteId,
      @RequestBody TakingBack body,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new TakeRefundBack(
            creditNoteId, body.paidOn(), body.transfer(), body.reason(), actor.account()),
        actor,
        dryRun);
  }
}
