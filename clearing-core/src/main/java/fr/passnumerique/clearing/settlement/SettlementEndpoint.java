package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Opens settlement runs, hands out their files and takes the bank's answers. */
@RestController
@RequestMapping("/api/settlement-runs")
public final class SettlementEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(SettlementEndpoint.class);

  private final Commands commands;
  private final SettlementRuns runs;

  SettlementEndpoint(Commands commands, SettlementRuns runs) {
    this.commands = commands;
    this.runs = runs;
  }

  /**
   * @param position of the run's fact; of the ledger's head in a dry run
   * @param already this run was opened before; this time nothing was added
   * @param dryRun nothing was recorded
   */
  public record Opened(
      @JsonUnwrapped SettlementRun run, long position, boolean already, boolean dryRun) {}

  /** A run as it is asked for; who opens it is known from the request. */
  @Schema(name = "OpenSettlementRun")
  public record Opening(
      @Schema(example = "reglement-2026-04") SettlementRunId run,
      @Schema(example = "pass-numerique") ProgrammeId programme,
      @Schema(description = "Lines recorded before this day are taken, Europe/Paris")
          LocalDate cutOffDay,
      @Schema(
              description =
                  "Why, for a run that the programme's calendar does not call for; it pays what is"
                      + " below the minimum too. Not SCHEDULED, which the engine says")
          @Nullable RunOccasion exceptional) {
    OpenSettlementRun by(Actor actor) {
      if (exceptional == RunOccasion.SCHEDULED) {
        String message = "a run that the calendar calls for is not exceptional";
        String remedy = "leave exceptional out, or say why it is";
        throw Problem.badRequest(
            "INVALID_OCCASION",
            message + "; " + remedy,
            List.of(Problem.Fault.of("exceptional", "SCHEDULED", message, remedy)));
      }
      return new OpenSettlementRun(
          run, programme, cutOffDay, Optional.ofNullable(exceptional), actor.account());
    }
  }

  @PostMapping
  @Permit(Role.CLERK)
  @Operation(
      operationId = "openSettlementRun",
      summary = "Pay what was accepted before a cut-off: one credit transfer for each IBAN",
      description =
          """
          The cut-off is midnight in Paris at the start of cutOffDay, today at the latest. The \
          same run again is answered with what was recorded. Nothing goes to the bank before \
          another clerk has released the run. What the bank may have paid already, since it has \
          booked or said what nobody has explained, is left out and told (`inDoubt`, with what is \
          to be done); the rest is paid. Where the programme has a settlement calendar, runs \
          open by themselves on its days, and another day is refused with `CUT_OFF_NOT_SCHEDULED` \
          unless `exceptional` says why.\
          """)
  public ResponseEntity<Opened> openSettlementRun(
      @RequestBody Opening run,
      @Parameter(description = "Say what would be paid, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    OpenSettlementRun command = run.by(actor);
    Outcome.Recorded<SettlementRunOpened> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    if (recorded.already()) {
      return ResponseEntity.ok(
          new Opened(runs.openedBefore(command.run()), recorded.position(), true, dryRun));
    }
    return ResponseEntity.status(dryRun ? HttpStatus.OK : HttpStatus.CREATED)
        .body(
            new Opened(
                runs.asOpened(recorded.answer()),
                dryRun ? recorded.position() : runs.position(command.run()),
                false,
                dryRun));
  }

  @PostMapping("/{runId}/release")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "releaseSettlementRun",
      summary = "Let a run go to the bank: by another account than the one that opened it",
      description =
          """
          From now on its credit transfer file can be downloaded, and once it was, its transfers \
          can end; until then the run can still be cancelled. Released again, by whomever, it is \
          answered as the first time. Who opened the run is refused with `SECOND_PERSON_REQUIRED`. \
          One that would pay, or nets, what the bank may have paid meanwhile is refused \
          (`MAY_BE_PAID_ALREADY`): cancel it and open another, which leaves that out. A run that \
          would pay to an IBAN that the bank \
          closed since it was opened, for whomever the money was, is refused with `ACCOUNT_CLOSED`: \
          cancel it and open another.\
          """)
  public ResponseEntity<Answer<SettlementRunReleased>> releaseSettlementRun(
      @PathVariable("runId") String runId,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    SettlementRunId run = run(runId).orElseThrow(() -> Problem.notFound("the settlement run"));
    return Answer.to(commands, new ReleaseSettlementRun(run, actor.account()), actor, dryRun);
  }

  /**
   * @param amountCents owed again, with what was netted or was to be
   * @param position of the (first) fact that records it
   * @param already it was cancelled before; this time nothing was added
   * @param dryRun nothing was recorded
   */
  public record Cancelled(
      String run,
      String cancelledBy,
      long amountCents,
      long position,
      boolean already,
      boolean dryRun) {}

  @PostMapping("/{runId}/cancellation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "cancelSettlementRun",
      summary = "Give a run up before its file is downloaded: what it took is owed again",
      description =
          """
          The next run takes the same lines; this one's identifier stays used. A run whose file was \
          downloaded is refused with `RUN_ALREADY_RELEASED`: it may be with the bank. Of a released \
          run the nettings that go with its transfers are undone; what is netted without a transfer \
          stays paid since the release, and so does a transfer that the bank has debited all the \
          same. A debit of one that nobody has explained is to be explained first \
          (`DEBIT_UNEXPLAINED`).\
          """)
  public ResponseEntity<Cancelled> cancelSettlementRun(
      @PathVariable("runId") String runId,
      @Parameter(description = "Say what would be owed again, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    SettlementRunId run = run(runId).orElseThrow(() -> Problem.notFound("the settlement run"));
    CancelSettlementRun command = new CancelSettlementRun(run, actor.account());
    Outcome.Recorded<SettlementRunCancelled> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    boolean created = !dryRun && !recorded.already();
    SettlementRunCancelled first = recorded.answer();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Cancelled(
                first.run().value(),
                first.cancelledBy(),
                runs.againCents(first),
                created ? recorded.position() - first.ofParts() + 1 : recorded.position(),
                recorded.already(),
                dryRun));
  }

  /**
   * @param position of the run's fact
   */
  record Read(@JsonUnwrapped SettlementRun run, long position) {}

  @GetMapping("/{runId}")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readSettlementRun",
      summary = "Read a settlement run and where each of its transfers stands",
      description =
          """
          With what it nets and by which reversals, and what is late: paid, or to be paid, more \
          than 21 days after it was presented.\
          """)
  Read readSettlementRun(@PathVariable("runId") String runId) {
    return run(runId)
        .flatMap(runs::find)
        .map(found -> new Read(found.run(), found.position()))
        .orElseThrow(() -> Problem.notFound("the settlement run"));
  }

  @GetMapping(path = "/{runId}/credit-transfer-file", produces = MediaType.APPLICATION_XML_VALUE)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "downloadCreditTransferFile",
      summary = "Download the file that orders a run's transfers: ISO 20022 pain.001.001.09",
      description =
          """
          Only of a run that was released; before, 409 `RUN_NOT_RELEASED`. The same run gives the \
          same bytes under the same message identification, by which the bank tells a file that it \
          has already. A transfer that had come to its end before the first download, since the \
          bank had debited it all the same, is left out for ever: the header \
          `Transfers-Left-Out` names the first 100 such, and the run all of them; if none is left \
          to order, 409 `TRANSFER_ENDED`. What the bank may have paid is not paid by it: 409 \
          `MAY_BE_PAID_ALREADY`, as at the release, and before the first download \
          `DEBIT_UNEXPLAINED` while the bank has debited a transfer of it by another amount, or \
          before its release, and nobody has explained that (matchBankEntry). The file holds the \
          venues' IBANs, so every download is recorded with the account that made it and the file's \
          digest, and shown with the run.\
          """,
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The file",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_XML_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  public ResponseEntity<byte[]> downloadCreditTransferFile(
      @PathVariable("runId") String runId, Actor actor) {
    SettlementRunId run = run(runId).orElseThrow(() -> Problem.notFound("the settlement run"));
    SettlementRuns.File made =
        runs.creditTransferFile(run).orElseThrow(() -> Problem.notFound("the settlement run"));
    byte[] file = made.bytes();
    Problem.recorded(
        commands.send(
            new DownloadCreditTransferFile(
                run, actor.account(), made.messageId(), sha256(file), made.leftOut()),
            actor));
    LOG.info(
        "audit: credit transfer file of run {} ({} bytes) handed to account {} ({})",
        run,
        file.length,
        actor.account(),
        actor.role());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_XML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("pain.001-%s.xml".formatted(run))
                .build()
                .toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .headers(headers -> TransferFiles.tellLeftOut(made.leftOut(), headers))
        .body(file);
  }

  /**
   * @param bookedOn the bank's booking date, Europe/Paris
   */
  public record Confirmation(LocalDate bookedOn) {}

  /**
   * @param rejectedOn the bank's date, Europe/Paris
   * @param reason ISO 20022 external status reason code, such as AC04
   */
  public record Rejection(LocalDate rejectedOn, String reason) {}

  /**
   * @param endedOn the bank's date
   * @param reason of a rejection
   * @param position of the fact that records it
   * @param already it was recorded before; this time nothing was added
   * @param dryRun nothing was recorded
   */
  public record Ended(
      String run,
      String transfer,
      SettlementRun.State state,
      long amountCents,
      LocalDate endedOn,
      Optional<String> reason,
      long position,
      boolean already,
      boolean dryRun) {}

  @PostMapping("/{runId}/transfers/{transferId}/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmTransfer",
      summary = "Record that the bank booked a transfer: it is paid",
      description =
          """
          For a debit that no file of the bank has told yet; the statement proves it later. Once the \
          bank has booked a debit of the transfer that nobody has explained, of another amount say, \
          it is refused (`DEBIT_UNEXPLAINED`): explain that entry by matchBankEntry. Of a run whose \
          file was never downloaded it is refused too (`FILE_NEVER_HANDED_OUT`).\
          """)
  public ResponseEntity<Ended> confirmTransfer(
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      @RequestBody Confirmation confirmation,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    ConfirmTransfer command =
        new ConfirmTransfer(
            run(runId).orElseThrow(() -> Problem.notFound("the settlement run")),
            transfer(transferId),
            confirmation.bookedOn());
    Outcome.Recorded<TransferConfirmed> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    TransferConfirmed confirmed = recorded.answer();
    return ended(
        new Ended(
            confirmed.run().value(),
            confirmed.transfer().value(),
            SettlementRun.State.CONFIRMED,
            confirmed.amountCents(),
            confirmed.bookedOn(),
            Optional.empty(),
            recorded.position(),
            recorded.already(),
            dryRun));
  }

  @PostMapping("/{runId}/transfers/{transferId}/rejection")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "rejectTransfer",
      summary = "Record that the bank rejected a transfer: it is owed again, its account closed",
      description =
          """
          Of a run whose file was downloaded: before, the bank cannot have heard of it \
          (`FILE_NEVER_HANDED_OUT`), and the run can be cancelled.\
          """)
  public ResponseEntity<Ended> rejectTransfer(
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      @RequestBody Rejection rejection,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    RejectTransfer command =
        new RejectTransfer(
            run(runId).orElseThrow(() -> Problem.notFound("the settlement run")),
            transfer(transferId),
            rejection.rejectedOn(),
            rejection.reason());
    Outcome.Recorded<TransferRejected> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    TransferRejected rejected = recorded.answer();
    return ended(
        new Ended(
            rejected.run().value(),
            rejected.transfer().value(),
            SettlementRun.State.REJECTED,
            rejected.amountCents(),
            rejected.rejectedOn(),
            Optional.of(rejected.reason()),
            recorded.position(),
            recorded.already(),
            dryRun));
  }

  private static ResponseEntity<Ended> ended(Ended ended) {
    boolean created = !ended.dryRun() && !ended.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK).body(ended);
  }

  private static Optional<SettlementRunId> run(String text) {
    try {
      return Optional.of(new SettlementRunId(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static TransferId transfer(String text) {
    try {
      return new TransferId(text);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the transfer");
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
