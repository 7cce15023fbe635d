package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.upkeep.Rebuilds.Difference;
import fr.passnumerique.projections.upkeep.Rebuilds.Figure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the projections are doing, and folding one anew. */
@RestController
@RequestMapping("/api/projections")
public final class ProjectionsEndpoint {
  /** The most differences and figures of one answer. */
  private static final int MOST = 1_000;

  private final Lags lags;
  private final Rebuilds rebuilds;
  private final Rebuilder rebuilder;
  private final Clock clock;

  ProjectionsEndpoint(Lags lags, Rebuilds rebuilds, Rebuilder rebuilder, Clock clock) {
    this.lags = lags;
    this.rebuilds = rebuilds;
    this.rebuilder = rebuilder;
    this.clock = clock;
  }

  @Schema(name = "ProjectionLags")
  record ProjectionLags(List<ProjectionLag> projections) {}

  @GetMapping
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readProjectionLag",
      summary = "How far each projection is behind the ledger, and what it does",
      description =
          "By position, by count of facts and by time: since the oldest fact that is not yet in its"
              + " tables was recorded. Where one has stopped: the fact's position and type, why,"
              + " and what can be done. Where database or brokers do not answer: since when, and"
              + " how often they were asked again. The same figures are metrics"
              + " (pass.projection.*).")
  ProjectionLags readProjectionLag() {
    return new ProjectionLags(lags.read());
  }

  private static final Table<ProjectionLag> LAGS =
      Table.<ProjectionLag>of()
          .text("projection", "Projection", ProjectionLag::projection)
          .text("state", "État", lag -> lag.state().name())
          .count("position", "Position", ProjectionLag::position)
          .instant("recordedAt", "Enregistré le", ProjectionLag::recordedAt)
          .count("head", "Tête du registre", ProjectionLag::head)
          .count("lagFacts", "Faits en retard", ProjectionLag::lagFacts)
          .instant("oldestUnfoldedAt", "En attente depuis", ProjectionLag::oldestUnfoldedAt)
          .count("lagSeconds", "Retard en secondes", ProjectionLag::lagSeconds)
          .count("stoppedAt", "Arrêtée au fait", lag -> stoppedAt(lag.stopped()))
          .text("stoppedReason", "Motif de l’arrêt", lag -> stoppedReason(lag.stopped()))
          .count("setAside", "Faits écartés", lag -> (long) lag.setAside().size())
          .instant("retryingSince", "Nouveaux essais depuis", lag -> since(lag.retrying()))
          .count("retries", "Nouveaux essais", lag -> retries(lag.retrying()));

  private static @Nullable Instant since(ProjectionLag.@Nullable Retry retrying) {
    return retrying == null ? null : retrying.since();
  }

  private static @Nullable Long retries(ProjectionLag.@Nullable Retry retrying) {
    return retrying == null ? null : (long) retrying.retries();
  }

  private static @Nullable Long stoppedAt(ProjectionLag.@Nullable Stop stop) {
    return stop == null ? null : stop.position();
  }

  private static @Nullable String stoppedReason(ProjectionLag.@Nullable Stop stop) {
    return stop == null ? null : stop.reason();
  }

  @TableExport(
      path = "/export",
      operationId = "exportProjectionLag",
      summary = "How far each projection is behind, as a file: a row for each")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportProjectionLag(TableDownload to) throws IOException {
    to.send(LAGS, lags.read()::forEach, "projections");
  }

  private static final Table<Progress> REBUILDS =
      Table.<Progress>of()
          .code("rebuild", "Reconstruction", Progress::rebuild)
          .text("projection", "Projection", Progress::projection)
          .text("state", "État", Progress::state)
          .code("askedBy", "Demandée par", Progress::askedBy)
          .instant("askedAt", "Demandée le", Progress::askedAt)
          .count("position", "Position", Progress::position)
          .count("of", "Jusqu’à", Progress::of)
          .count("facts", "Faits", Progress::facts)
          .count("lines", "Lignes", Progress::lines)
          .count("linesPerSecond", "Lignes par seconde", Progress::linesPerSecond)
          .instant("expectedEnd", "Fin prévue", Progress::expectedEnd)
          .count("switchMillis", "Bascule en millisecondes", Progress::switchMillis)
          .count("comparedPosition", "Comparée à la position", Progress::comparedPosition)
          .count("differences", "Différences", Progress::differences)
          .count("stoppedAt", "Arrêtée au fait", Progress::stoppedAt)
          .instant("endedAt", "Terminée le", Progress::endedAt);

  @TableExport(
      path = "/rebuilds.csv",
      operationId = "exportRebuilds",
      summary = "Every rebuild as a file, the newest first: CSV, JSON or for a French spreadsheet")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportRebuilds(TableDownload to) throws IOException {
    to.send(
        REBUILDS,
        row ->
            rebuilds.latest(Integer.MAX_VALUE).stream()
                .map(rebuild -> Progress.of(rebuild, clock.instant()))
                .forEach(row),
        "reconstructions");
  }

  /**
   * @param rebuild chosen by whoever asks; asked again with it, it is the same rebuild
   */
  @Schema(name = "RebuildBody")
  public record RebuildBody(
      @Schema(example = "accounts-2026-11-28") RebuildId rebuild,
      @Schema(example = "accounts") String projection) {}

  @PostMapping("/rebuilds")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "rebuildProjection",
      summary = "Fold a projection anew from the ledger's start, while it answers",
      description =
          "Answers 202 at once; readRebuild tells how it goes on. It goes on by itself after a"
              + " kill. When it has caught up its sums are compared with those that answer, at the"
              + " same position, and it is switched in if they are equal; if not, it lists where"
              + " they differ and waits for two people (acceptRebuildDifferences). One that has"
              + " stopped at a fact goes on where it stands when it is asked for again with the"
              + " same id; asked for with another id it is abandoned, as is one that waits."
              + " cancelRebuild ends it by hand. With dryRun=true nothing is asked for, only"
              + " whether it would be taken.",
      responses =
          @ApiResponse(
              responseCode = "202",
              description = "Asked for, now or before",
              useReturnTypeSchema = true))
  public ResponseEntity<Progress> rebuildProjection(
      @RequestBody RebuildBody body,
      @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun,
      Actor actor) {
    String id = body.rebuild().value();
    Rebuild rebuild =
        dryRun
            ? rebuilder.rehearse(id, body.projection(), actor.account())
            : rebuilder.ask(id, body.projection(), actor.account());
    return ResponseEntity.accepted().body(Progress.of(rebuild, clock.instant()));
  }

  @PostMapping("/rebuilds/{rebuildId}/cancellation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "cancelRebuild",
      summary = "End a rebuild by hand: the tables that answer go on to",
      description =
          "Whether it folds, has stopped, or waits for two people; its new tables are dropped, and"
              + " another may be asked for at once. Cancelled again it is as it was (200). One that"
              + " was switched in answers already: 409 REBUILD_ENDED.",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "ABANDONED, now or before",
              useReturnTypeSchema = true))
  Progress cancelRebuild(@PathVariable("rebuildId") RebuildId rebuildId, Actor actor) {
    return rebuilder
        .cancel(rebuildId.value(), actor.account())
        .map(rebuild -> Progress.of(rebuild, clock.instant()))
        .orElseThrow(() -> Problem.notFound("rebuild " + rebuildId));
  }

  /**
   * @param differing the first figures that differed when it was compared last, in order of table,
   *     key and position
   */
  @Schema(name = "RebuildRead")
  record RebuildRead(Progress progress, List<Difference> differing) {}

  @GetMapping("/rebuilds/{rebuildId}")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readRebuild",
      summary = "How a rebuild goes on: position, rate, expected end, and where sums differ",
      description =
          "`differing` holds the first 1000 figures and fields that differ from those that answer,"
              + " at `comparedPosition`: row by row, with the position of its fact, the account or"
              + " key, the field (`what`), and what it was and becomes, amounts in cents."
              + " `differences` is how many there are (exportRebuildDifferences gives all), and"
              + " `digest` names them for acceptRebuildDifferences.")
  RebuildRead readRebuild(@PathVariable("rebuildId") RebuildId rebuildId) {
    Rebuild rebuild = known(rebuildId);
    return new RebuildRead(
        Progress.of(rebuild, clock.instant()), rebuilds.differences(rebuild, MOST));
  }

  private static final Table<Difference> DIFFERENCES =
      Table.<Difference>of()
          .text("source", "Table", Difference::source)
          .text("key", "Ligne", Difference::key)
          .count("position", "Position", Difference::position)
          .text("what", "Champ", Difference::what)
          .text("before", "Avant", d -> shown(d.before(), d.textBefore()))
          .text("after", "Après", d -> shown(d.after(), d.textAfter()));

  private static @Nullable String shown(@Nullable BigDecimal number, @Nullable String text) {
    return number == null ? text : number.toPlainString();
  }

  @TableExport(
      path = "/rebuilds/{rebuildId}/differences",
      operationId = "exportRebuildDifferences",
      summary =
          "All that differed when a rebuild was compared last, as a file: what readRebuild shows"
              + " the first 1000 of, amounts in cents")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportRebuildDifferences(@PathVariable("rebuildId") RebuildId rebuildId, TableDownload to)
      throws IOException {
    Rebuild rebuild = known(rebuildId);
    to.send(
        DIFFERENCES,
        row -> {
          int after = 0;
          List<Difference> some = rebuilds.differences(rebuild, after, MOST);
          while (!some.isEmpty()) {
            some.forEach(row);
            after += some.size();
            some = rebuilds.differences(rebuild, after, MOST);
          }
        },
        "differences-" + rebuild.id());
  }

  /**
   * @param position at which they were shown last
   * @param next to ask for with {@code after}; empty at the end
   */
  @Schema(name = "ReplacedFigures")
  record ReplacedFigures(
      String rebuild,
      String projection,
      String source,
      long position,
      List<Figure> figures,
      String next) {}

  @GetMapping("/rebuilds/{rebuildId}/replaced-figures")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readReplacedFigures",
      summary = "The figures that were shown before a rebuild with other sums was switched in",
      description =
          "Of one table that the projection sums (`balance` of accounts), in order of key, 1000 a"
              + " page, at the position of the switch. Only where two people accepted other sums:"
              + " else they are the same as now. Of any earlier moment, and in the form in which"
              + " they were shown: readBalances, readPostings and readReconciliation with"
              + " `shownBefore`.")
  ReplacedFigures readReplacedFigures(
      @PathVariable("rebuildId") RebuildId rebuildId,
      @RequestParam(name = "source") String source,
      @RequestParam(name = "after", defaultValue = "") String after) {
    Rebuild rebuild = known(rebuildId);
    if (rebuild.state() != Rebuild.State.SWITCHED || !rebuild.kept()) {
      throw Problem.notFound("figures replaced by rebuild " + rebuildId);
    }
    Tables tables = rebuilder.tables(rebuild.projection());
    Tables.Sum sum =
        tables.sums().stream()
            .filter(each -> each.table().equals(source))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("source " + Problem.shown(source)));
    List<Figure> figures = rebuilds.replaced(rebuild, tables, sum, after, MOST);
    return new ReplacedFigures(
        rebuild.id(),
        rebuild.projection(),
        source,
        rebuild.comparedPosition(),
        figures,
        figures.size() < MOST ? "" : figures.getLast().key());
  }

  private Rebuild known(RebuildId rebuildId) {
    return rebuilds
        .find(rebuildId.value())
        .orElseThrow(() -> Problem.notFound("rebuild " + rebuildId));
  }
}
