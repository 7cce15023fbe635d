package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Give-backs of free credit. They are read and refunded among the credit notes. */
@RestController
@RequestMapping("/api")
public final class GiveBackEndpoint {
  private final Commands commands;

  GiveBackEndpoint(Commands commands) {
    this.commands = commands;
  }

  /**
   * @param funder whose cash it is
   */
  @Schema(name = "GiveBack")
  public record Body(
      @Schema(example = "trop-verse-2026-10") GiveBackId giveBack,
      AgreementId agreement,
      FunderId funder,
      long amountCents) {}

  @PostMapping("/give-backs")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "giveBackCredit",
      summary = "Issue a credit note for what a funder paid in and no cheque needs",
      description =
          """
          For an agreement that ended with money never used, or a funder that paid too much. Never \
          more than is free at this moment (`CREDIT_TOO_LOW`): paid in, not set aside for activated \
          cheques, owed to nobody, for cheques used either; it is set aside at once, and no cheque is activated with it any \
          more. Nothing leaves the account before the note is refunded: one person orders it \
          (`orderRefunds`), another releases it (`releaseRefunds`), and the bank's debit ends it. \
          Where the bank has debited it already, `refundCreditNote` records that by hand, and \
          `matchBankEntry` with this `creditNote` explains the entry. Sent again it adds nothing; \
          `cancelledAt` then says so where it was cancelled since.\
          """)
  public ResponseEntity<Answer<GiveBackCredit.Given>> giveBackCredit(
      @RequestBody Body body, @RequestParam(defaultValue = "false") boolean dryRun, Actor actor) {
    return Answer.to(
        commands,
        new GiveBackCredit(
            body.giveBack(), body.agreement(), body.funder(), body.amountCents(), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/give-backs/{giveBackId}/cancellation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "cancelGiveBack",
      summary = "Have credit that was to be given back be free again",
      description =
          """
          Not once it is refunded (`GIVE_BACK_REFUNDED`), nor while an order of refunds holds it \
          (`REFUND_UNDER_WAY`), nor while the bank may have refunded it by a transfer that counts as \
          unpaid (`MAY_BE_PAID_ALREADY`): that is to be explained first. What its funder owes \
          in the agreement for used cheques is paid by it in the same commit. Its identifier and its \
          credit note stay used.\
          """)
  public ResponseEntity<Answer<GiveBackCancelled>> cancelGiveBack(
      @PathVariable("giveBackId") GiveBackId giveBackId,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, new CancelGiveBack(giveBackId, actor.account()), actor, dryRun);
  }
}
