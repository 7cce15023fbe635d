package fr.passnumerique.clearing.payee;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where venues are paid and funders refunded: one proposes the account, a second person, always a
 * clerk, confirms that very one before money goes there. The two kinds differ in who may ask, by a
 * rule that stands on the method, and in nothing else.
 */
@RestController
public final class PayeeAccountEndpoint {
  private static final String OF_A_VENUE = "/api/venues/{venueId}/account";
  private static final String OF_A_FUNDER = "/api/funders/{funderId}/account";
  private static final String CONFIRMATION = "/confirmation";
  private static final String REFUSAL = "/refusal";

  private static final String DRY_RUN = "Answer as if, and record nothing";
  private static final String PROPOSED =
      " confirms it; the account in force stays so until then. One proposal at a time: another is"
          + " refused (409 ACCOUNT_PROPOSAL_PENDING). An account that is in force already is"
          + " answered with 200 and standing `IN_FORCE`. One that the bank closed, since a transfer"
          + " to its IBAN was rejected or came back, is refused (409 ACCOUNT_CLOSED_BY_BANK) unless"
          + " `reopening` says why it is to be paid to again; the second person reads that.";
  private static final String CONFIRMED =
      "It names the account that was compared with the RIB: if another is proposed, it is refused"
          + " (409 ACCOUNT_PROPOSAL_DIFFERS). The account that proposed it is refused (422"
          + " SECOND_PERSON_NEEDED). One that the bank closed since it was proposed is refused (409"
          + " ACCOUNT_CLOSED_BY_BANK): drop it, and propose another or the same with `reopening`.";
  private static final String DROPPED =
      "The account in force stays as it is. `standing` is `REFUSED`, or `WITHDRAWN` if the account"
          + " that proposed it asks.";
  private static final String READ =
      "An IBAN is shown by its ends only. Of an account that the bank closed, `closed` tells when"
          + " and why, until another is in force.";

  private final Commands commands;
  private final PayeeAccounts accounts;

  PayeeAccountEndpoint(Commands commands, PayeeAccounts accounts) {
    this.commands = commands;
    this.accounts = accounts;
  }

  /**
   * @param iban with or without blanks
   * @param holder as on the RIB, 1 to 70 characters
   * @param reopening why it is to be paid to although the bank closed it; left out if it did not
   */
  @Schema(name = "PayeeRib")
  public record Rib(
      @Schema(example = "FR14 2004 1010 0505 0001 3M02 606") String iban,
      @Schema(example = "EMMAUS RUFFEC") String holder,
      @Nullable Reopening reopening) {
    /** A request that is logged must not tell them. */
    @Override
    public String toString() {
      return "Rib[withheld]";
    }
  }

  /**
   * @param account the vault's entry, as the proposal answered or the reading shows it
   */
  public record ProposedAccount(@Schema(example = "v-7f3a") VaultReference account) {}

  /**
   * Left out: what there is not.
   *
   * @param venue if it is a venue's
   * @param funder if it is a funder's
   * @param closed when (Europe/Paris) and why (ISO 20022) the bank closed the account that was in
   *     force, where none is since
   */
  @Schema(name = "PayeeAccounts")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Accounting(
      Optional<VenueId> venue,
      Optional<FunderId> funder,
      Optional<PayeeAccounts.Shown> inForce,
      Optional<PayeeAccounts.Shown> proposed,
      Optional<AccountsInForce.Closing> closed) {}

  // --- propose

  @PostMapping(OF_A_VENUE)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId",
      secondFactor = true)
  @Operation(
      operationId = "openVenueAccount",
      summary =
          "Propose the account that a venue is paid to; IBAN and holder are kept in the vault",
      description =
          "By a clerk, or by the venue itself. Nothing is paid to it until a clerk who did not"
              + " propose it"
              + PROPOSED)
  public ResponseEntity<Answer<PayeeAccount>> openVenueAccount(
      @PathVariable("venueId") String venueId,
      @RequestBody Rib rib,
      @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return propose(venue(venueId), rib, dryRun, actor);
  }

  @PostMapping(OF_A_FUNDER)
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "proposeFunderAccount",
      summary =
          "Propose the account that a funder is refunded to; IBAN and holder are in the vault",
      description = "Nothing is refunded to it until another clerk" + PROPOSED)
  public ResponseEntity<Answer<PayeeAccount>> proposeFunderAccount(
      @PathVariable("funderId") FunderId funderId,
      @RequestBody Rib rib,
      @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return propose(Payee.of(funderId), rib, dryRun, actor);
  }

  private ResponseEntity<Answer<PayeeAccount>> propose(
      Payee payee, Rib rib, boolean dryRun, Actor actor) {
    return Answer.of(
        accounts.propose(
            payee, rib.iban(), rib.holder(), Optional.ofNullable(rib.reopening()), dryRun, actor),
        dryRun);
  }

  // --- confirm

  @PostMapping(OF_A_VENUE + CONFIRMATION)
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "confirmVenueAccount",
      summary = "A second person confirms a proposed account: the venue is paid to it from now on",
      description = CONFIRMED)
  public ResponseEntity<Answer<PayeeAccount>> confirmVenueAccount(
      @PathVariable("venueId") String venueId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return confirm(venue(venueId), proposed, dryRun, actor);
  }

  @PostMapping(OF_A_FUNDER + CONFIRMATION)
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "confirmFunderAccount",
      summary = "A second person confirms a proposed account: refunds go to it from now on",
      description = CONFIRMED)
  public ResponseEntity<Answer<PayeeAccount>> confirmFunderAccount(
      @PathVariable("funderId") FunderId funderId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return confirm(Payee.of(funderId), proposed, dryRun, actor);
  }

  private ResponseEntity<Answer<PayeeAccount>> confirm(
      Payee payee, ProposedAccount proposed, boolean dryRun, Actor actor) {
    return Answer.to(
        commands,
        new ConfirmPayeeAccount(payee, proposed.account(), actor.account()),
        actor,
        dryRun);
  }

  // --- drop

  @PostMapping(OF_A_VENUE + REFUSAL)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  @Operation(
      operationId = "dropVenueAccount",
      summary = "Refuse a proposed account, or take one's own proposal back",
      description = DROPPED)
  public ResponseEntity<Answer<PayeeAccount>> dropVenueAccount(
      @PathVariable("venueId") String venueId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return drop(venue(venueId), proposed, dryRun, actor);
  }

  @PostMapping(OF_A_FUNDER + REFUSAL)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "dropFunderAccount",
      summary = "Refuse a funder's proposed account, or take one's own proposal back",
      description = DROPPED)
  public ResponseEntity<Answer<PayeeAccount>> dropFunderAccount(
      @PathVariable("funderId") FunderId funderId,
      @RequestBody ProposedAccount proposed,
      @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return drop(Payee.of(funderId), proposed, dryRun, actor);
  }

  private ResponseEntity<Answer<PayeeAccount>> drop(
      Payee payee, ProposedAccount proposed, boolean dryRun, Actor actor) {
    return Answer.to(
        commands, new DropPayeeAccount(payee, proposed.account(), actor.account()), actor, dryRun);
  }

  // --- read

  @GetMapping(OF_A_VENUE)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  @Operation(
      operationId = "readVenueAccount",
      summary = "The account that a venue is paid to, and the one that awaits a second person",
      description = READ)
  public Accounting readVenueAccount(@PathVariable("venueId") String venueId, Actor actor) {
    return read(venue(venueId), actor);
  }

  @GetMapping(OF_A_FUNDER)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.FUNDER},
      owner = "funderId")
  @Operation(
      operationId = "readFunderAccount",
      summary = "The account that a funder is refunded to, and the one that awaits a second person",
      description = READ)
  public Accounting readFunderAccount(@PathVariable("funderId") FunderId funderId, Actor actor) {
    return read(Payee.of(funderId), actor);
  }

  private Accounting read(Payee payee, Actor reader) {
    PayeeAccounts.Accounts found = accounts.find(payee, reader);
    return switch (payee) {
      case Payee.Venue(VenueId venue) ->
          new Accounting(
              Optional.of(venue),
              Optional.empty(),
              found.inForce(),
              found.proposed(),
              found.closed());
      case Payee.Funder(FunderId funder) ->
          new Accounting(
              Optional.empty(),
              Optional.of(funder),
              found.inForce(),
              found.proposed(),
              found.closed());
    };
  }

  private static Payee venue(String written) {
    try {
      return Payee.of(new VenueId(written));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the venue");
    }
  }
}
