package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeConfirmationBack.TakenBack;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Transfers that count as paid and whose debit the bank never showed. */
@RestController
@RequestMapping("/api/settlement-runs/{runId}/transfers/{transferId}/confirmation")
public final class TakeConfirmationBackEndpoint {
  private final Commands commands;

  TakeConfirmationBackEndpoint(Commands commands) {
    this.commands = commands;
  }

  @Schema(name = "TakeConfirmationBack")
  public record TakingBack(
      @Schema(description = "The day on which it counts as paid, Europe/Paris") LocalDate paidOn,
      WhyNotPaid reason) {}

  @PostMapping("/taking-back")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "takeConfirmationBack",
      summary = "Take back that a transfer is paid whose debit the bank never showed",
      description =
          """
          Another transfer's, or of one that the bank rejects after all, also where the bank itself \
          had said that it executed it: it is in transit again, and its venue is owed nothing a \
          second time before it is rejected (rejectTransfer) by another word. That day stays used \
          for a confirmation by hand (`DEBIT_TAKEN_BACK` of confirmTransfer), and a status by which \
          the bank executes it once more is listed as a doubt. Refused once the bank has shown the \
          debit (`CONFIRMATION_SHOWN`): what the bank tells no more is taken back by \
          closeBankException; and where the transfer netted lines or lines of it were reversed \
          (`CONFIRMATION_MOVED_ON`). One clerk does: nobody is paid by it. Sent again it adds \
          nothing; with another reason it is refused.\
          """)
  public ResponseEntity<Answer<TakenBack>> takeConfirmationBack(
      @PathVariable("runId") SettlementRunId runId,
      @PathVariable("transferId") TransferId transferId,
      @RequestBody TakingBack body,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new TakeConfirmationBack(runId, transferId, body.paidOn(), body.reason(), actor.account()),
        actor,
        dryRun);
  }
}
