package fr.passnumerique.clearing.payee;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
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

/**
 * Where venues are paid. Whoever asks for an account, a second person, always a clerk, confirms it
 * before money goes there.
 */
@RestController
@RequestMapping("/api/venues/{venueId}/account")
final class VenueAccountEndpoint {
  private final Commands commands;
  private final PayeeAccounts accounts;

  VenueAccountEndpoint(Commands commands, PayeeAccounts accounts) {
    this.commands = commands;
    this.accounts = accounts;
  }

  /**
   * @param iban with or without blanks
   * @param holder as on the RIB, 1 to 70 characters
   */
  record VenueAccount(
      @Schema(example = "FR14 2004 1010 0505 0001 3M02 606") String iban,
      @Schema(example = "EMMAUS RUFFEC") String holder) {
    /** A request that is logged must not tell them. */
    @Override
    public String toString() {
      return "VenueAccount[withheld]";
    }
  }

  @PostMapping
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  @Operation(
      operationId = "openVenueAccount",
      summary =
          "Propose the account that a venue is paid to; IBAN and holder are kept in the vault",
      description =
          "By a clerk, or by the venue itself. Nothing is paid to it until a clerk who did"
              + " not propose it confirms it (confirmVenueAccount); the account in force stays so"
              + " until then. One proposal at a time: another is refused (409"
              + " ACCOUNT_PROPOSAL_PENDING). An account that is in force already is answered with"
              + " 200 and standing IN_FORCE.")
  ResponseEntity<Answer<PayeeAccount>> openVenueAccount(
      @PathVariable("venueId") String venueId, @RequestBody VenueAccount account, Actor actor) {
    return Answer.of(
        accounts.propose(Payee.of(venue(venueId)), account.iban(), account.holder(), false, actor),
        false);
  }

  /**
   * @param account the vault's entry, as openVenueAccount answered or readVenueAccount shows it
   */
  record ProposedAccount(@Schema(example = "v-7f3a") VaultReference account) {}

  @PostMapping("/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmVenueAccount",
      summary = "A second person confirms a proposed account: the venue is paid to it from now on",
      description = "The account that proposed it is refused (422 SECOND_PERSON_NEEDED).")
  ResponseEntity<Answer<PayeeAccount>> confirmVenueAccount(
      @PathVariable("venueId") String venueId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new ConfirmPayeeAccount(Payee.of(venue(venueId)), proposed.account(), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/refusal")
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  @Operation(
      operationId = "dropVenueAccount",
      summary = "Refuse a proposed account, or take one's own proposal back",
      description =
          "The account in force stays as it is. Its standing is REFUSED, or WITHDRAWN if"
              + " the account that proposed it asks.")
  ResponseEntity<Answer<PayeeAccount>> dropVenueAccount(
      @PathVariable("venueId") String venueId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new DropPayeeAccount(Payee.of(venue(venueId)), proposed.account(), actor.account()),
        actor,
        dryRun);
  }

  /** Left out: what there is not. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record VenueAccounting(
      VenueId venue,
      Optional<PayeeAccounts.Shown> inForce,
      Optional<PayeeAccounts.Shown> proposed) {}

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  @Operation(
      operationId = "readVenueAccount",
      summary = "The account that a venue is paid to, and the one that awaits a second person",
      description = "An IBAN is shown by its ends only.")
  VenueAccounting readVenueAccount(@PathVariable("venueId") String venueId) {
    VenueId venue = venue(venueId);
    PayeeAccounts.Accounts found = accounts.find(Payee.of(venue));
    return new VenueAccounting(venue, found.inForce(), found.proposed());
  }

  private static VenueId venue(String written) {
    try {
      return new VenueId(written);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the venue");
    }
  }
}
