package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ToldCaveats;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** From funders by départements to venues, over HTTP. A funder sees its own cents. */
@RestController
final class FlowsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Table<Flows.Path> PATHS =
      Table.<Flows.Path>of()
          .code("funder", "Financeur", Flows.Path::funder)
          .text("funderName", "Nom du financeur", Flows.Path::funderName)
          .code("spendingDepartement", "Département de dépense", Flows.Path::spendingDepartement)
          .code("venue", "Lieu", Flows.Path::venue)
          .text("venueName", "Nom du lieu", Flows.Path::venueName)
          .cents("redeemedCents", "Accepté", Flows.Path::redeemedCents)
          .cents("paidCents", "Payé", Flows.Path::paidCents);

  private final FlowsQuery flows;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;
  private final DataSource reader;

  FlowsEndpoint(
      FlowsQuery flows, AskedAccounts asked, ProjectionRunners runners, DataSource reader) {
    this.flows = flows;
    this.asked = asked;
    this.runners = runners;
    this.reader = reader;
  }

  @GetMapping("/api/flows")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readFlows",
      summary = "What funders' cents became: spent in which département, at which venue",
      description =
          """
          In cents, by funder, département of spending and venue together; readBalances gives each \
          alone. `redeemedCents` and `paidCents` mean what they do there, and come to its totals for the \
          same filters and moment. A share is its funder's, though another's cash may have covered it. \
          A funder reads its own.\
          """)
  Flows readFlows(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    Filter filter = asked.of(actor, which, generation);
    FlowsQuery shown = flows.of(generation);
    return when.ask(head, asOf -> shown.read(filter, head, asOf));
  }

  @TableExport(
      path = "/api/flows/export",
      operationId = "exportFlows",
      summary = "The paths of readFlows as a file, with the position in its name")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportFlows(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    Flows read = readFlows(actor, which, when, shownBefore);
    to.send(
        ToldCaveats.beside(PATHS, read.caveats()),
        read.paths()::forEach,
        "parcours-" + read.position());
  }
}
