package fr.passnumerique.projections.histories;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A cheque's life over HTTP, as far as the asker may know it. */
@RestController
final class ChequeHistoryEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ChequeHistories histories;
  private final ProjectionRunners runners;

  ChequeHistoryEndpoint(ChequeHistories histories, ProjectionRunners runners) {
    this.histories = histories;
    this.runners = runners;
  }

  @GetMapping("/api/cheques/{serial}")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readChequeHistory",
      summary = "What happened to one cheque, from its order to the bank's confirmation")
  ChequeHistory readChequeHistory(
      Actor actor,
      @Parameter(
              description =
                  "The serial with or without hyphen; the check part is not needed, and dropped if"
                      + " given")
          @PathVariable
          String serial) {
    Serial asked = AskedSerial.parse(serial);
    runners.awaitHead(PATIENCE, "registers", "claims", HistoriesProjection.NAME);
    return histories
        .find(asked)
        .flatMap(history -> Discretion.of(actor).apply(history))
        .orElseThrow(() -> Problem.notFound("cheque " + asked));
  }
}
