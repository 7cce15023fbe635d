package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.projections.histories.ConflictsOfInterest.Case;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every conflict of interest, for those who look after the programmes. */
@RestController
final class ConflictsOfInterestEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LONGEST_PAGE = 1_000;

  private final ConflictsOfInterest conflicts;
  private final ProjectionRunners runners;

  ConflictsOfInterestEndpoint(ConflictsOfInterest conflicts, ProjectionRunners runners) {
    this.conflicts = conflicts;
    this.runners = runners;
  }

  @GetMapping("/api/conflicts-of-interest")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readConflictsOfInterest",
      summary = "Lines with cheques that the presenting organisation handed out itself",
      description =
          "Newest first. Of programmes that flag such lines they are accepted, of programmes that"
              + " refuse them rejected; programmes that allow them report none.")
  ConflictsOfInterest.Page readConflictsOfInterest(
      @Parameter(description = "What the page before names as next")
          @RequestParam(defaultValue = "9223372036854775807")
          long before,
      @Parameter(description = "Lines a page, about; at most 1 000")
          @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    runners.awaitHead(PATIENCE, HistoriesProjection.NAME);
    return conflicts.read(before, limit);
  }

  private static final Table<Case> TABLE =
      Table.<Case>of()
          .count("position", "Position", Case::position)
          .instant("recordedAt", "Enregistré le", Case::recordedAt)
          .code("venue", "Lieu", Case::venue)
          .code("slip", "Bordereau", Case::slip)
          .count("line", "Ligne", of -> (long) of.line())
          .code("cheque", "Chèque", Case::cheque)
          .code("prescriber", "Prescripteur", Case::prescriber)
          .text("accepted", "Accepté", of -> of.accepted() ? "oui" : "non")
          .text("withdrawn", "Bordereau retiré", of -> of.withdrawn() ? "oui" : "non");

  @TableExport(
      path = "/api/conflicts-of-interest/export",
      operationId = "exportConflictsOfInterest",
      summary = "The lines of readConflictsOfInterest as a file, all of them, newest first")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportConflictsOfInterest(TableDownload to) throws IOException {
    runners.awaitHead(PATIENCE, HistoriesProjection.NAME);
    to.send(
        TABLE,
        row -> {
          Long before = Long.MAX_VALUE;
          while (before != null) {
            ConflictsOfInterest.Page page = conflicts.read(before, LONGEST_PAGE);
            page.cases().forEach(row);
            before = page.next();
          }
        },
        "conflits-d-interets");
  }
}
