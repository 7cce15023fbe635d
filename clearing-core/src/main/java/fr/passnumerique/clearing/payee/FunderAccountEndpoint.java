package fr.passnumerique.clearing.payee;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.vault.VaultReference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where funders are refunded: one clerk proposes the account, another confirms that very one. */
@RestController
@RequestMapping("/api/funders/{funderId}/account")
final class FunderAccountEndpoint {
  private final Commands commands;
  private final PayeeAccounts accounts;

  FunderAccountEndpoint(Commands commands, PayeeAccounts accounts) {
    this.commands = commands;
    this.accounts = accounts;
  }

  /**
   * @param iban with or without blanks
   * @param holder as on the RIB, 1 to 70 characters
   */
  record FunderAccount(
      @Schema(example = "FR7630006000011234567890189") String iban,
      @Schema(example = "Département de la Creuse") String holder) {
    /** A request that is logged must not tell them. */
    @Override
    public String toString() {
      return "FunderAccount[withheld]";
    }
  }

  @PostMapping
  @Permit(Role.CLERK)
  @Operation(
      operationId = "proposeFunderAccount",
      summary =
          "Propose the account that a funder is refunded to; IBAN and holder are in the vault",
      description =
          """
          Nothing is refunded to it until another clerk confirms it (confirmFunderAccount); the \
          account in force stays so until then. One proposal at a time: another is refused (409 \
          ACCOUNT_PROPOSAL_PENDING). An account that is in force already is answered with 200 and \
          standing `IN_FORCE`.\
          """)
  ResponseEntity<Answer<PayeeAccount>> proposeFunderAccount(
      @PathVariable("funderId") FunderId funderId,
      @RequestBody FunderAccount account,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.of(
        accounts.propose(Payee.of(funderId), account.iban(), account.holder(), dryRun, actor),
        dryRun);
  }

  /**
   * @param account the vault's entry, as proposeFunderAccount answered or readFunderAccount shows
   *     it
   */
  @Schema(name = "ProposedFunderAccount")
  record ProposedAccount(@Schema(example = "v-7f3a") VaultReference account) {}

  @PostMapping("/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmFunderAccount",
      summary = "A second person confirms a proposed account: refunds go to it from now on",
      description =
          """
          It names the account that was compared with the RIB: if another is proposed, it is refused \
          (409 ACCOUNT_PROPOSAL_DIFFERS). The account that proposed it is refused (422 \
          SECOND_PERSON_NEEDED).\
          """)
  ResponseEntity<Answer<PayeeAccount>> confirmFunderAccount(
      @PathVariable("funderId") FunderId funderId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new ConfirmPayeeAccount(Payee.of(funderId), proposed.account(), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/refusal")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "dropFunderAccount",
      summary = "Refuse a funder's proposed account, or take one's own proposal back",
      description =
          """
          The account in force stays as it is. `standing` is `REFUSED`, or `WITHDRAWN` if the \
          account that proposed it asks.\
          """)
  ResponseEntity<Answer<PayeeAccount>> dropFunderAccount(
      @PathVariable("funderId") FunderId funderId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new DropPayeeAccount(Payee.of(funderId), proposed.account(), actor.account()),
        actor,
        dryRun);
  }

  /** Left out: what there is not. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record FunderAccounting(
      FunderId funder,
      Optional<PayeeAccounts.Shown> inForce,
      Optional<PayeeAccounts.Shown> proposed) {}

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.FUNDER},
      owner = "funderId")
  @Operation(
      operationId = "readFunderAccount",
      summary = "The account that a funder is refunded to, and the one that awaits a second person",
      description =
          """
          An IBAN is shown by its ends only.\
          """)
  FunderAccounting readFunderAccount(@PathVariable("funderId") FunderId funderId) {
    PayeeAccounts.Accounts found = accounts.find(Payee.of(funderId));
    return new FunderAccounting(funderId, found.inForce(), found.proposed());
  }
}
