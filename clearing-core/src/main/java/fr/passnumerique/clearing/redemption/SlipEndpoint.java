package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.TextUpload;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a venue's slips and tells their verdicts. */
@RestController
@RequestMapping("/api/venues/{venueId}/slips")
public final class SlipEndpoint {
  private static final String CSV = "text/csv";

  private final SlipDesk desk;
  private final SlipArchive archive;
  private final Commands commands;

  SlipEndpoint(SlipDesk desk, SlipArchive archive, Commands commands) {
    this.desk = desk;
    this.archive = archive;
    this.commands = commands;
  }

  /** The body in JSON, for the API's document; it is read by {@link SlipReader}. */
  @Schema(name = "Slip")
  @SuppressWarnings("UnusedVariable")
  private record Body(
      @Schema(description = "The venue's own reference of the slip, never used again")
          String reference,
      List<BodyLine> lines) {}

  @Schema(name = "SlipLine")
  @SuppressWarnings("UnusedVariable")
  private record BodyLine(
      @Schema(
              description = "The code on the cheque, 15 letters and digits",
              example = "00007-0001-7Q4ZK2")
          String cheque,
      @Schema(description = "Day of the service, Europe/Paris") LocalDate servedOn,
      @Schema(description = "Label of the mediation standard") String service,
      @Schema(description = "LaMednum id of one of the venue's points of service")
          String pointOfService) {}

  /**
   * @param position of the slip's fact; of the ledger's head in a dry run
   * @param already this slip was recorded before; this time nothing was added
   * @param dryRun nothing was recorded
   * @param withdrawnAt UTC; left out unless the slip was withdrawn since: its verdicts are told as
   *     they were recorded, and count for nothing any more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Submitted(
      @JsonUnwrapped JudgedSlip slip,
      long position,
      boolean already,
      boolean dryRun,
      @Nullable Instant withdrawnAt) {}

  @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, CSV})
  @Permit(
      value = {Role.VENUE, Role.CLERK},
      owner = "venueId")
  @Operation(
      operationId = "submitSlip",
      summary = "Present a remittance slip: each line is accepted, or rejected with its reason",
      description =
          "Sent again unchanged, as JSON or as CSV, it is answered with the recorded"
              + " verdicts and adds nothing, even if it was withdrawn meanwhile (withdrawnAt says"
              + " when); other lines under the same reference are refused. A slip has at most 1000"
              + " lines. CSV: UTF-8, columns cheque, servedOn, service, pointOfService, separated"
              + " by commas or semicolons, days as 2026-12-31 or 31/12/2026.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(implementation = Body.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
              }))
  ResponseEntity<Submitted> submitSlip(
      @PathVariable("venueId") String venueId,
      @Parameter(description = "The slip's reference, for CSV only: JSON has it in its body")
          @RequestParam(name = "reference", required = false)
          @Nullable String reference,
      @Parameter(description = "Judge the slip as now, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      @Parameter(hidden = true) @RequestHeader("Content-Type") MediaType contentType,
      @RequestBody(required = false) byte @Nullable [] body,
      Actor actor) {
    VenueId venue = venue(venueId);
    SlipReader.Read slip =
        read(TextUpload.decode(body == null ? new byte[0] : body), reference, contentType);
    List<Fault> faults = desk.unknownPointsOfService(venue, slip);
    if (!faults.isEmpty()) {
      throw new Problem(
          422,
          SlipRefusal.UNKNOWN_POINT_OF_SERVICE.name(),
          "%d lines name points of service that venue %s does not have; correct them and send the slip again"
              .formatted(faults.size(), venue),
          faults);
    }
    SubmitSlip command = desk.prepare(venue, slip.reference(), slip.lines());
    Outcome.Recorded<SlipJudged> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Submitted(
                JudgedSlip.of(recorded.answer(), slip.lines()),
                created ? position(recorded) : recorded.position(),
                recorded.already(),
                dryRun,
                recorded.already() ? withdrawnAt(venue, slip.reference()) : null));
  }

  /** What was paid early repays by facts that follow the slip's, where a share is advanced. */
  private long position(Outcome.Recorded<SlipJudged> recorded) {
    SlipJudged slip = recorded.answer();
    return slip.owed().stream().allMatch(part -> part.advancedBy().isEmpty())
        ? recorded.position()
        : archive.position(slip.venue(), slip.reference()).orElse(recorded.position());
  }

  private @Nullable Instant withdrawnAt(VenueId venue, SlipReference reference) {
    return archive.withdrawnAt(venue, reference).orElse(null);
  }

  private static SlipReader.Read read(
      String text, @Nullable String reference, MediaType contentType) {
    if (!contentType.getSubtype().equals("csv")) {
      if (reference != null) {
        throw misplaced("a slip in JSON has its reference in the body", "leave the parameter out");
      }
      return SlipReader.json(text);
    }
    if (reference == null) {
      throw misplaced(
          "a slip in CSV has its reference beside the file", "add ?reference=… to the address");
    }
    return SlipReader.csv(text, reference);
  }

  private static Problem misplaced(String message, String remedy) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        message + "; " + remedy,
        List.of(Fault.of("reference", "", message, remedy)));
  }

  /**
   * @param position of the slip's fact
   * @param recordedAt UTC; a settlement run takes the slip by this moment
   * @param withdrawnAt UTC; left out unless the slip was withdrawn
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Recorded(
      @JsonUnwrapped JudgedSlip slip,
      long position,
      Instant recordedAt,
      @Nullable Instant withdrawnAt) {}

  @GetMapping("/{reference}")
  @Permit(
      value = {Role.VENUE, Role.CLERK, Role.AUDITOR},
      owner = "venueId")
  @Operation(operationId = "readSlip", summary = "Read the recorded verdicts of a slip")
  Recorded readSlip(
      @PathVariable("venueId") String venueId, @PathVariable("reference") String reference) {
    VenueId venue = venue(venueId);
    RecordedFact found = find(venue, reference);
    SlipJudged slip = (SlipJudged) found.fact();
    return new Recorded(
        JudgedSlip.of(slip),
        found.position(),
        found.recordedAt(),
        withdrawnAt(venue, slip.reference()));
  }

  private static final Table<JudgedSlip.Line> LINES =
      Table.<JudgedSlip.Line>of()
          .count("line", "Ligne", of -> (long) of.line())
          .code("cheque", "Chèque", of -> of.cheque().orElse(""))
          .day("servedOn", "Date du service", JudgedSlip.Line::servedOn)
          .text("service", "Service", JudgedSlip.Line::service)
          .code("pointOfService", "Point d’accueil", JudgedSlip.Line::pointOfService)
          .text(
              "verdict",
              "Verdict",
              of -> of.verdict().name(),
              of -> FrenchVerdict.of(of.verdict(), of.on()).label())
          .day("on", "Date du verdict", of -> of.on().orElse(null))
          .text(
              "explanation",
              "Explication",
              JudgedSlip.Line::explanation,
              of -> FrenchVerdict.of(of.verdict(), of.on()).explanation())
          .text(
              "remedy",
              "Remède",
              JudgedSlip.Line::remedy,
              of -> FrenchVerdict.of(of.verdict(), of.on()).remedy());

  @TableExport(
      path = "/{reference}/lines/export",
      operationId = "exportSlipLines",
      summary = "The lines of a slip with their verdicts as a file")
  @Permit(
      value = {Role.VENUE, Role.CLERK, Role.AUDITOR},
      owner = "venueId")
  void exportSlipLines(
      @PathVariable("venueId") String venueId,
      @PathVariable("reference") String reference,
      TableDownload to)
      throws IOException {
    SlipJudged slip = (SlipJudged) find(venue(venueId), reference).fact();
    to.send(
        LINES,
        JudgedSlip.of(slip).lines()::forEach,
        "bordereau-%s-%s".formatted(slip.venue(), slip.reference()));
  }

  private RecordedFact find(VenueId venue, String reference) {
    return reference(reference)
        .flatMap(slip -> archive.find(venue, slip))
        .orElseThrow(() -> Problem.notFound("the slip"));
  }

  /**
   * @param cheques how many are live again
   * @param cents what is no longer owed to the venue
   * @param opposed how many of its cheques are not live again, because they were opposed since
   * @param position of the withdrawal's fact; of the ledger's head in a dry run
   * @param already it was withdrawn before; this time nothing was added
   */
  @Schema(name = "SlipWithdrawal")
  public record Withdrawn(
      @Schema(example = "40109226700020") String venue,
      @Schema(example = "2026-11-A") String reference,
      Instant withdrawnAt,
      @Schema(example = "42") int cheques,
      @Schema(example = "42000") long cents,
      @Schema(example = "0") int opposed,
      long position,
      boolean already,
      boolean dryRun) {}

  @PostMapping("/{reference}/withdrawal")
  @Permit(
      value = {Role.VENUE, Role.CLERK},
      owner = "venueId")
  @Operation(
      operationId = "withdrawSlip",
      summary = "Take a slip back before a settlement run takes it",
      description =
          "Its accepted cheques are live again and its visits uncounted; nothing is owed"
              + " for it any more. Its reference stays used: corrected lines come in a slip with a"
              + " new one. Refused (409 SLIP_IN_SETTLEMENT) once a settlement run has taken the"
              + " slip; no run takes one whose lines are all rejected or waived, which can be taken"
              + " back until an order of its cheques has expired (409 SLIP_HAS_EXPIRED_CHEQUES), as"
              + " any other. Sent again, it is answered as the first time.")
  public ResponseEntity<Withdrawn> withdrawSlip(
      @PathVariable("venueId") String venueId,
      @PathVariable("reference") String reference,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    RecordedFact found = find(venue(venueId), reference);
    WithdrawSlip command = new WithdrawSlip((SlipJudged) found.fact(), found.position());
    Outcome.Recorded<SlipWithdrawn> recorded =
        Problem.recorded(dryRun ? commands.rehearse(command) : commands.send(command, actor));
    SlipWithdrawn withdrawn = recorded.answer();
    boolean created = !dryRun && !recorded.already();
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(
            new Withdrawn(
                withdrawn.venue().value(),
                withdrawn.reference().value(),
                withdrawn.withdrawnAt(),
                withdrawn.cheques().size() - withdrawn.opposed().size(),
                withdrawn.owed().stream().mapToLong(SlipJudged.SpentCents::cents).sum(),
                withdrawn.opposed().size(),
                recorded.position(),
                recorded.already(),
                dryRun));
  }

  private static VenueId venue(String text) {
    try {
      return new VenueId(text);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the venue");
    }
  }

  private static Optional<SlipReference> reference(String text) {
    try {
      return Optional.of(new SlipReference(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
