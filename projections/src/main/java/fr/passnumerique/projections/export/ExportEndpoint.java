package fr.passnumerique.projections.export;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.projections.export.LedgerExport.Asked;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger over HTTP. A funder gets its share. */
@RestController
final class ExportEndpoint {
  static final String NDJSON = "application/x-ndjson";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int BUFFER = 1 << 16;

  private final LedgerExport export;
  private final FundersKnown funders;
  private final ProjectionRunners runners;

  /** Which funders there are. */
  @FunctionalInterface
  interface FundersKnown {
    boolean knows(String funder);
  }

  ExportEndpoint(LedgerExport export, FundersKnown funders, ProjectionRunners runners) {
    this.export = export;
    this.funders = funders;
    this.runners = runners;
  }

  @GetMapping(path = "/api/ledger-export", produces = NDJSON)
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "exportLedger",
      summary =
          "The ledger, a range of it or a funder's share, with its chain: newline-delimited JSON"
              + " that verify-ledger checks without us",
      description =
          """
          The first line tells what is exported, one line follows for every row exactly as it is \
          stored and hashed, and the last line tells how many, the last position and its hash, and \
          every balance as published there. Streamed; what is recorded meanwhile is not in it. An \
          export without its last line is cut off. A funder gets its share: rows that concern \
          agreements of its alone, and of the others position, hash and what they moved on its \
          accounts. The format, what a share proves and what it cannot: `docs/format.md`.\
          """,
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The lines",
              content = @Content(mediaType = NDJSON, schema = @Schema(type = "string"))))
  void exportLedger(
      Actor actor,
      @Parameter(description = "The first position, 1 if left out")
          @RequestParam(defaultValue = "1")
          long firstPosition,
      @Parameter(description = "The last position, the ledger's head if left out")
          @RequestParam(required = false)
          @Nullable Long lastPosition,
      @Parameter(description = "Only this funder's share") @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(
              description =
                  "Also after every fact what the accounts that it moved came to, as published")
          @RequestParam(defaultValue = "false")
          boolean balancesOfEach,
      HttpServletResponse response)
      throws IOException {
    String whose =
        actor.role() == FUNDER ? actor.subject() : funder == null ? null : funder.value();
    if (whose != null) {
      runners.require(() -> funders.knows(whose), "funder " + whose, "registers");
    }
    long head = runners.awaitHead(PATIENCE, "accounts");
    long last = lastPosition == null ? head : lastPosition;
    if (firstPosition < 1 || firstPosition > head + 1) {
      throw outOfRange("firstPosition", firstPosition, head);
    }
    if (last > head || last < firstPosition - 1) {
      throw outOfRange("lastPosition", last, head);
    }
    response.setContentType(NDJSON);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("ledger-%d-%d.ndjson".formatted(firstPosition, last))
            .build()
            .toString());
    OutputStream to = new BufferedOutputStream(response.getOutputStream(), BUFFER);
    export.write(new Asked(firstPosition, last, whose, balancesOfEach), to);
  }

  private static Problem outOfRange(String field, long value, long head) {
    String message =
        "%s is %d; the ledger has positions 1 to %d, and the first comes before the last"
            .formatted(field, value, head);
    return Problem.badRequest(
        "INVALID_PARAMETER",
        message,
        List.of(
            Problem.Fault.of(
                field, Long.toString(value), message, "give positions that the ledger has")));
  }
}
