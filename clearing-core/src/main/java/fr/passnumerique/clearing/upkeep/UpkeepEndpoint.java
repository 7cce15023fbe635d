package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What two people decide about the projections. */
@RestController
@RequestMapping("/api/projections")
final class UpkeepEndpoint {
  private static final String LIFTED_AT =
      "Position of the fact by which it was taken back last (SettingAsideLifted), to set it aside"
          + " anew after that and whatever follows, as readWorklist and readProjectionLag name it;"
          + " left out the first time: what was answered then is answered again";

  private final Commands commands;
  private final Stops stops;

  UpkeepEndpoint(Commands commands, Stops stops) {
    this.commands = commands;
    this.stops = stops;
  }

  /**
   * @param position of the fact that the projection cannot take
   */
  @Schema(name = "SetAsideBody")
  record SetAsideBody(@Schema(example = "1234") long position, SetAsideReason reason) {}

  @PostMapping("/{projection}/facts-set-aside")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "setFactAside",
      summary = "Propose that a projection pass over the fact at which it has stopped",
      description =
          "It goes on only when another clerk has confirmed it (confirmFactAside). The fact stays"
              + " in the ledger and counts for every other projection; this one passes over it now"
              + " and whenever it is rebuilt, lists it (readProjectionLag), and its answers say so"
              + " (`caveats`). When a release takes the fact, two people take that back"
              + " (liftFactAside), and a rebuild folds it. Where it does not after all, it is set"
              + " aside anew by `liftedAt`: without, the proposal is the first one sent again, and"
              + " is answered as that was, or refused (409 LIFTED_SINCE).")
  ResponseEntity<Answer<SettingAside>> setFactAside(
      @PathVariable("projection") String projection,
      @RequestBody SetAsideBody body,
      @Parameter(description = LIFTED_AT) @RequestParam(name = "liftedAt", defaultValue = "0")
          long liftedAt,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    Set<Long> stopped = stopsOf(projection);
    return Answer.to(
        commands,
        new SetFactAside(
            projection,
            body.position(),
            body.reason(),
            stopped.contains(body.position()),
            liftedAt,
            actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/{projection}/facts-set-aside/{position}/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmFactAside",
      summary = "A second person lets a projection pass over a fact",
      description =
          "The account that proposed it is refused (422 SECOND_PERSON_NEEDED). The projection goes"
              + " on within seconds, without a restart.")
  ResponseEntity<Answer<SettingAside>> confirmFactAside(
      @PathVariable("projection") String projection,
      @PathVariable("position") long position,
      @Parameter(description = LIFTED_AT) @RequestParam(name = "liftedAt", defaultValue = "0")
          long liftedAt,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    stopsOf(projection);
    return Answer.to(
        commands,
        new ConfirmFactAside(projection, position, liftedAt, actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/{projection}/facts-set-aside/{position}/lifting")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "liftFactAside",
      summary = "Propose that a projection take a fact again that it passes over",
      description =
          "For a fact that a release can take now. Another clerk confirms it"
              + " (confirmLiftFactAside). What is not set aside is refused (409 NOT_SET_ASIDE).")
  ResponseEntity<Answer<SettingAside>> liftFactAside(
      @PathVariable("projection") String projection,
      @PathVariable("position") long position,
      @Parameter(description = LIFTED_AT) @RequestParam(name = "liftedAt", defaultValue = "0")
          long liftedAt,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    stopsOf(projection);
    return Answer.to(
        commands,
        new LiftFactAside(projection, position, liftedAt, actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/{projection}/facts-set-aside/{position}/lifting/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmLiftFactAside",
      summary = "A second person lets a projection take a fact again",
      description =
          "Records the fact SettingAsideLifted. The tables that answer leave the fact out until the"
              + " projection is rebuilt (rebuildProjection), which folds it; where it still cannot"
              + " be taken the rebuild stops there, and what answers goes on. The account that"
              + " proposed it is refused (422 SECOND_PERSON_NEEDED).")
  ResponseEntity<Answer<SettingAside>> confirmLiftFactAside(
      @PathVariable("projection") String projection,
      @PathVariable("position") long position,
      @Parameter(description = LIFTED_AT) @RequestParam(name = "liftedAt", defaultValue = "0")
          long liftedAt,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    stopsOf(projection);
    return Answer.to(
        commands,
        new ConfirmLifting(projection, position, liftedAt, actor.account()),
        actor,
        dryRun);
  }

  /**
   * @param digest of the differences as readRebuild tells them
   */
  @Schema(name = "DifferencesBody")
  record DifferencesBody(String digest) {}

  @PostMapping("/rebuilds/{rebuildId}/acceptance")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "acceptRebuildDifferences",
      summary = "Find the differences of a rebuild to be right",
      description =
          "Quotes the digest of the differences that were read (readRebuild). What is shown now"
              + " answers until another clerk has confirmed (confirmRebuildDifferences); then the"
              + " rebuild is switched in, and the figures shown before stay readable"
              + " (readReplacedFigures).")
  ResponseEntity<Answer<AcceptedDifferences>> acceptRebuildDifferences(
      @PathVariable("rebuildId") RebuildId rebuild,
      @RequestBody DifferencesBody body,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new AcceptRebuildDifferences(stops.differences(rebuild, body.digest()), actor.account()),
        actor,
        dryRun);
  }

  @PostMapping("/rebuilds/{rebuildId}/acceptance/confirmation")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "confirmRebuildDifferences",
      summary = "A second person accepts the differences of a rebuild",
      description =
          "Records the fact RebuildDifferencesAccepted; the rebuild is switched in within seconds,"
              + " unless sums differ otherwise by then, which are then listed anew. The account"
              + " that found them right first is refused (422 SECOND_PERSON_NEEDED).")
  ResponseEntity<Answer<AcceptedDifferences>> confirmRebuildDifferences(
      @PathVariable("rebuildId") RebuildId rebuild,
      @RequestBody DifferencesBody body,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    return Answer.to(
        commands,
        new ConfirmRebuildDifferences(rebuild, body.digest(), actor.account()),
        actor,
        dryRun);
  }

  /**
   * @throws Problem if no projection is called so
   */
  private Set<Long> stopsOf(String projection) {
    return stops
        .of(projection)
        .orElseThrow(
            () ->
                Problem.of(
                    UpkeepRefusal.UNKNOWN_PROJECTION.because(
                        "projection",
                        "no projection is called %s".formatted(Problem.shown(projection)),
                        "read with readProjectionLag what they are called")));
  }
}
