package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
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
final class SettlementEndpoint {
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
  record Opened(@JsonUnwrapped SettlementRun run, long position, boolean already, boolean dryRun) {}

  @PostMapping
  @Permit(Role.CLERK)
  @Operation(
      operationId = "openSettlementRun",
      summary = "Pay what was accepted before a cut-off: one credit transfer for each IBAN",
      description =
          "The cut-off is midnight in Paris at the start of cutOffDay, today at the latest. The"
              + " same run again is answered with what was recorded.")
  ResponseEntity<Opened> openSettlementRun(
      @RequestBody OpenSettlementRun run,
      @Parameter(description = "Say what would be paid, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    Outcome.Recorded<SettlementRunOpened> recorded =
        Problem.recorded(dryRun ? commands.rehearse(run) : commands.send(run, actor));
    return ResponseEntity.status(dryRun || recorded.already() ? HttpStatus.OK : HttpStatus.CREATED)
        .body(
            new Opened(
                SettlementRun.of(recorded.answer(), Map.of()),
                recorded.position(),
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
      summary = "Read a settlement run and where each of its transfers stands")
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
          "It holds the venues' IBANs, so every download is logged with the account that made it."
              + " The same run gives the same bytes.",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The file",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_XML_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  ResponseEntity<byte[]> downloadCreditTransferFile(
      @PathVariable("runId") String runId, Actor actor) {
    SettlementRunId run = run(runId).orElseThrow(() -> Problem.notFound("the settlement run"));
    byte[] file =
        runs.creditTransferFile(run).orElseThrow(() -> Problem.notFound("the settlement run"));
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
        .body(file);
  }

  /**
   * @param bookedOn the bank's booking date, Europe/Paris
   */
  record Confirmation(LocalDate bookedOn) {}

  /**
   * @param rejectedOn the bank's date, Europe/Paris
   * @param reason ISO 20022 external status reason code, such as AC04
   */
  record Rejection(LocalDate rejectedOn, String reason) {}

  /**
   * @param endedOn the bank's date
   * @param reason of a rejection
   * @param position of the fact that records it
   * @param already it was recorded before; this time nothing was added
   */
  record Ended(
      String run,
      String transfer,
      SettlementRun.State state,
      long amountCents,
      LocalDate endedOn,
      Optional<String> reason,
      long position,
      boolean already) {}

  @PostMapping("/{runId}/transfers/{transferId}/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmTransfer",
      summary = "Record that the bank booked a transfer: it is paid")
  ResponseEntity<Ended> confirmTransfer(
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      @RequestBody Confirmation confirmation,
      Actor actor) {
    Outcome.Recorded<TransferConfirmed> recorded =
        Problem.recorded(
            commands.send(
                new ConfirmTransfer(
                    run(runId).orElseThrow(() -> Problem.notFound("the settlement run")),
                    transfer(transferId),
                    confirmation.bookedOn()),
                actor));
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
            recorded.already()));
  }

  @PostMapping("/{runId}/transfers/{transferId}/rejection")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "rejectTransfer",
      summary = "Record that the bank rejected a transfer: it is owed again, its account closed")
  ResponseEntity<Ended> rejectTransfer(
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      @RequestBody Rejection rejection,
      Actor actor) {
    Outcome.Recorded<TransferRejected> recorded =
        Problem.recorded(
            commands.send(
                new RejectTransfer(
                    run(runId).orElseThrow(() -> Problem.notFound("the settlement run")),
                    transfer(transferId),
                    rejection.rejectedOn(),
                    rejection.reason()),
                actor));
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
            recorded.already()));
  }

  private static ResponseEntity<Ended> ended(Ended ended) {
    return ResponseEntity.status(ended.already() ? HttpStatus.OK : HttpStatus.CREATED).body(ended);
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
}
