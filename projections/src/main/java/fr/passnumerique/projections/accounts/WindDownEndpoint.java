package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who would be owed what, over HTTP. */
@RestController
final class WindDownEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WindDownQuery query;
  private final ProjectionRunners runners;
  private final DataSource reader;

  WindDownEndpoint(WindDownQuery query, ProjectionRunners runners, DataSource reader) {
    this.query = query;
    this.runners = runners;
    this.reader = reader;
  }

  @GetMapping("/api/wind-down")
  @Permit({CLERK, AUDITOR})
  @Operation(
      operationId = "windDown",
      summary =
          "What the operator would owe whom if it stopped now or at a past moment: each venue's"
              + " claim and each funder's remainder, and whether the cash is there",
      description =
          """
          In cents, of the accounts that balances are made of. `bankCents` = `claimsCents` + \
          `remaindersCents` + `unexplainedCents`. A funder's remainder counts what is set aside for \
          cheques that nobody has presented yet: it is the funder's once they can be presented no \
          more. What funders owe each other on use is in none of it: `advancedCents` of `readBalances`. `covered` is false if anybody's cash is short, by `missingCents` in all, by the \
          ledger's own bank balance. Whether that is the bank's is another question, which `proof` of \
          `readCover` answers for the same moment: while cover is `UNPROVEN` there, `covered` says \
          that the ledger's cash would do, not that the bank has it. Of now it is told only up to the \
          ledger's last fact: while the accounts do not hold that (they follow, or are stopped at a \
          fact) it is refused (PROJECTION_BEHIND), with the position that can be asked for.\
          """)
  WindDown windDown(
      @Parameter(description = WhichMoment.AS_OF_POSITION) @RequestParam(required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = WhichMoment.AS_OF) @RequestParam(required = false)
          @Nullable Instant asOf,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    WindDownQuery shown = query.of(new ShownBefore(shownBefore).generation(reader));
    WhichMoment when = new WhichMoment(asOfPosition, asOf, null);
    WindDown read = when.ask(head, shown::read);
    if (when.equals(WhichMoment.NOW) && shownBefore == null && read.position() < head) {
      throw new Problem(
          503,
          "PROJECTION_BEHIND",
          "the ledger is recorded up to position %d, and the accounts hold it up to %d: what is owed now cannot be told"
              .formatted(head, read.position()),
          "send the same request again, or ask for asOfPosition %d; readProjections tells whether they are stopped and what to do"
              .formatted(read.position()));
    }
    return read;
  }

  @TableExport(
      path = "/api/wind-down/export",
      operationId = "exportWindDown",
      summary = "The same as a file: a row per venue, then a row per funder and agreement",
      description =
          "Columns by their names in windDown; those of venues are empty for funders, and the other"
              + " way round. The position is in the file's name.")
  @Permit({CLERK, AUDITOR})
  void exportWindDown(
      @Parameter(description = WhichMoment.AS_OF_POSITION) @RequestParam(required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = WhichMoment.AS_OF) @RequestParam(required = false)
          @Nullable Instant asOf,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    WindDownTable.send(windDown(asOfPosition, asOf, shownBefore), to);
  }
}
