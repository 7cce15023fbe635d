package fr.passnumerique.projections.export;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger to be looked through, for those who may read all of it. */
@RestController
public final class LedgerFactsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A fact may be a slip of a thousand lines. */
  private static final int LONGEST_PAGE = 200;

  private final LedgerFacts facts;
  private final ProjectionRunners runners;

  LedgerFactsEndpoint(LedgerFacts facts, ProjectionRunners runners) {
    this.facts = facts;
    this.runners = runners;
  }

  @GetMapping("/api/facts")
  @Permit({CLERK, AUDITOR})
  @Operation(
      operationId = "readFacts",
      summary = "The facts of the ledger, the newest first, as they are stored and hashed",
      description =
          """
          By range of positions, type, tag and day of recording, all of which must hold. Payload and \
          metadata are texts, byte for byte as they were hashed behind `previousHash`; they hold no \
          person, IBAN or check part, but references into the vault. What the fields mean: \
          `docs/format.md`. To take the ledger away, and to have it verified: exportLedger.\
          """)
  public LedgerFacts.Page readFacts(
      @Parameter(description = "The first position that counts") @RequestParam(required = false)
          @Nullable Long firstPosition,
      @Parameter(description = "The last position that counts") @RequestParam(required = false)
          @Nullable Long lastPosition,
      @Parameter(description = "Only facts of this type", example = "SlipJudged")
          @RequestParam(required = false)
          @Nullable String type,
      @Parameter(description = "Only facts that carry this tag", example = "run:R-12")
          @RequestParam(required = false)
          @Nullable String tag,
      @Parameter(description = "First day on which they were recorded, Europe/Paris")
          @RequestParam(required = false)
          @Nullable LocalDate recordedFrom,
      @Parameter(description = "Last day on which they were recorded, Europe/Paris")
          @RequestParam(required = false)
          @Nullable LocalDate recordedTo,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Facts a page, at most 200") @RequestParam(defaultValue = "50")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    runners.awaitHead(PATIENCE, "accounts");
    return facts.read(
        new LedgerFacts.Filter(firstPosition, lastPosition, type, tag, recordedFrom, recordedTo),
        before,
        limit);
  }
}
