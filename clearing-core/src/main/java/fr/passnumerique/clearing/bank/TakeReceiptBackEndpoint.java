package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Receipts that clerks recorded and the bank never showed. */
@RestController
@RequestMapping("/api/receipts")
public final class TakeReceiptBackEndpoint {
  private final Commands commands;

  TakeReceiptBackEndpoint(Commands commands) {
    this.commands = commands;
  }

  @Schema(name = "TakeReceiptBack")
  public record TakingBack(ReceiptTakenBack.Reason reason) {}

  @PostMapping("/{receiptId}/taking-back")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "takeReceiptBack",
      summary = "Take back a receipt that was recorded by hand and that the bank never showed",
      description =
          """
          Typed twice, of a wrong amount or share, or announced and never come: what it brought is \
          gone from the funder's credit, from whom it repaid (`repaid`) and from the calls that it \
          settled, and cover is in breach where cheques were activated against it. What it had repaid is \
          owed again, and paid in the same commit by what other credit its funder has free there. Its identifier \
          stays used: the right one is recorded under another (recordReceipt). Refused once the \
          bank has shown it (`RECEIPT_SHOWN`): what the bank tells no more is taken back by \
          closeBankException; and while its money is given back or transferred to another agreement \
          (`RECEIPT_MOVED_ON`): that is undone first, or paid in by the funder where it has been \
          refunded or used. One clerk does: nobody is paid by it. Sent again it adds nothing; \
          with another reason it is refused.\
          """)
  public ResponseEntity<Answer<ReceiptTakenBack>> takeReceiptBack(
      @PathVariable("receiptId") ReceiptId receiptId,
      @RequestBody TakingBack body,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands, new TakeReceiptBack(receiptId, body.reason(), actor.account()), actor, dryRun);
  }
}
