package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeDefined.Renewal;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.territory.Departement;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Programmes, funders, agreements and receipts. Sent again, each is answered as the first time. */
@RestController
@RequestMapping("/api")
public class FundingEndpoint {
  private final Commands commands;

  FundingEndpoint(Commands commands) {
    this.commands = commands;
  }

  /**
   * A programme as it is sent: what every programme has so far may be left out.
   *
   * @param faceValueCents 1000 if left out
   * @param chequesPerCarnet 10 if left out
   * @param toleranceDays 30 if left out
   * @param eligiblePublics all if left out
   * @param eligibleServices all if left out
   * @param territory everywhere if left out
   * @param chequesPerVisit no limit if left out
   * @param conflictOfInterest FLAG if left out
   * @param renewal as many carnets as are handed out if left out
   */
  record ProgrammeBody(
      ProgrammeId programme,
      String name,
      @Nullable Long faceValueCents,
      @Nullable Integer chequesPerCarnet,
      int validityDays,
      int presentationWindowDays,
      @Nullable Integer toleranceDays,
      @Nullable List<String> eligiblePublics,
      @Nullable List<String> eligibleServices,
      @Nullable List<Departement> territory,
      @Nullable Integer chequesPerVisit,
      @Nullable ConflictOfInterest conflictOfInterest,
      @Nullable Renewal renewal) {
    DefineProgramme command() {
      return new DefineProgramme(
          programme,
          name,
          faceValueCents == null ? 1_000 : faceValueCents,
          chequesPerCarnet == null ? 10 : chequesPerCarnet,
          validityDays,
          presentationWindowDays,
          toleranceDays == null ? 30 : toleranceDays,
          eligiblePublics == null ? List.of() : eligiblePublics,
          eligibleServices == null ? List.of() : eligibleServices,
          territory == null ? List.of() : territory,
          chequesPerVisit == null ? 0 : chequesPerVisit,
          conflictOfInterest == null ? ConflictOfInterest.FLAG : conflictOfInterest,
          Optional.ofNullable(renewal));
    }
  }

  @PostMapping("/programmes")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "defineProgramme",
      summary = "Define a programme: face value, carnets, validity, publics, services, territory",
      description =
          """
          `renewal`: a person has at most `carnetsPerPerson` carnets, and a carnet does not count \
          any more `afterDays` days after its hand-out; a hand-out then names a `beneficiary`.\
          """)
  ResponseEntity<Answer<ProgrammeDefined>> defineProgramme(
      @RequestBody ProgrammeBody programme, Actor actor) {
    return Answer.to(commands, programme.command(), actor, false);
  }

  @PostMapping("/funders")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "registerFunder",
      summary = "Make a funder known",
      description =
          """
          Communes take part only as a group with a lead (chef de file), named by its INSEE code.\
          """)
  public ResponseEntity<Answer<FunderRegistered>> registerFunder(
      @RequestBody RegisterFunder funder,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, funder, actor, dryRun);
  }

  @PostMapping("/agreements")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "signAgreement",
      summary = "Record a signed co-financing agreement with its split key in basis points",
      description =
          """
          A share is `PREPAID`, or `ON_USE`: paid on cheques used, its cheques activated against \
          the cash of the `preFinancier` that it names; at most 5000 basis points of an agreement \
          are paid on use.

          A payment that carries the agreement's identifier is known by it, unless that has fewer \
          than four letters and digits, which are met in any text by accident: choose a longer one, \
          or give each funder a payment reference (assignPaymentReference).\
          """)
  public ResponseEntity<Answer<AgreementSigned>> signAgreement(
      @RequestBody SignAgreement agreement,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, agreement, actor, dryRun);
  }

  @PostMapping("/amendments")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "amendAgreement",
      summary = "Record a signed amendment: another split key, ceilings or period for later orders",
      description =
          """
          The amendment (avenant) restates the agreement's terms. Orders from `inForceFrom` on are \
          issued under it, as the next version of the split key; cheques issued before keep theirs. \
          Ceilings count what was issued under all versions, and none may lie below that \
          (`CEILING_BELOW_ISSUED`) on the day on which the amendment is recorded. Orders from then \
          until `inForceFrom` keep the ceilings of the version before, and may pass those of the \
          amendment: from its day on nothing more is issued then.\
          """)
  public ResponseEntity<Answer<AgreementAmended>> amendAgreement(
      @RequestBody AmendAgreement amendment,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, amendment, actor, dryRun);
  }

  @PostMapping("/funds-transfers")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "transferFunds",
      summary = "Have a funder's free credit stand for another of its agreements",
      description =
          """
          Never more than is free: paid in, not set aside for activated cheques, owed to nobody. \
          Nothing moves at the bank. It counts where it goes as a receipt does: what the funder owes \
          there for used cheques goes to its pre-financier (`repaid`), and the oldest open calls \
          are settled.

          `from` and `to` may be one agreement where the funder owes for used cheques there and has \
          credit free: up to that, its credit repays its pre-financier, else `SAME_AGREEMENT`. That \
          happens by itself with whatever lets it owe more or frees its credit: a slip, a reversal \
          that is lifted, a receipt that is taken back, a give-back that is cancelled; what is left \
          to a clerk is what came at the same moment as a slip. No call is settled then.\
          """)
  public ResponseEntity<Answer<FundsTransferred>> transferFunds(
      @RequestBody TransferFunds transfer,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, transfer, actor, dryRun);
  }

  @PostMapping("/receipts")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "recordReceipt",
      summary = "Record that a funder's money is on the ring-fenced account",
      description =
          """
          `call`, which may be left out, is the call for funds that it settles first: one of this \
          funder and agreement (else `CALL_OF_ANOTHER_SHARE`) that is neither cancelled \
          (`CALL_CANCELLED`) nor paid (`CALL_SETTLED`). What it brings beyond it settles the oldest \
          open calls of the share. The answer's `reference` is that of the call.\
          """)
  public ResponseEntity<Answer<FundsReceived>> recordReceipt(
      @RequestBody RecordReceipt receipt,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Actor actor) {
    return Answer.to(commands, receipt, actor, dryRun);
  }
}
