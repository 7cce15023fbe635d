package fr.passnumerique.projections.labels;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.labels.LabelRegister.Asked;
import fr.passnumerique.projections.labels.LabelRegister.Known;
import fr.passnumerique.projections.labels.LabelRegister.Page;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The label register, which is public, and its file for maps. */
@RestController
@RequestMapping("/api/label-register")
final class LabelRegisterEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration KEPT_BY_OTHERS = Duration.ofMinutes(5);
  private static final int LONGEST_PAGE = 1_000;

  private final LabelRegister labels;
  private final DataSource reader;
  private final ProjectionRunners runners;
  private final Clock clock;

  LabelRegisterEndpoint(
      LabelRegister labels, DataSource reader, ProjectionRunners runners, Clock clock) {
    this.labels = labels;
    this.reader = reader;
    this.runners = runners;
    this.clock = clock;
  }

  @GetMapping
  @Permit(everyone = true)
  @Operation(
      operationId = "readLabelRegister",
      summary = "Which points of service are labelled on a day, as it was known at a position",
      description =
          "Two clocks: `on` is the day in Paris that is asked for, `position` or `knownAt` says"
              + " what had been recorded of it; without them, all that is recorded counts. Reasons"
              + " of suspensions and withdrawals are for clerks and auditors.")
  Page readLabelRegister(
      @Nullable Actor actor,
      @Parameter(description = "Day in Paris; today if left out") @RequestParam(required = false)
          @Nullable LocalDate on,
      @Parameter(description = "As it was known at this position of the ledger")
          @RequestParam(required = false)
          @Nullable Long position,
      @Parameter(description = "As it was known at this instant, UTC; instead of position")
          @RequestParam(required = false)
          @Nullable Instant knownAt,
      @Parameter(
              description =
                  "Only what stands so; left out: all on which a committee decided anything")
          @RequestParam(required = false)
          @Nullable LabelState state,
      @Parameter(description = "INSEE code of the points of service")
          @RequestParam(required = false)
          @Nullable Departement departement,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable VenueId after,
      @Parameter(description = "Venues a page, at most 1 000") @RequestParam(defaultValue = "100")
          int limit,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw bad(
          "limit", String.valueOf(limit), "must be 1 to " + LONGEST_PAGE, "correct the value");
    }
    Page page =
        read(
            new Asked(
                day(on),
                known(position, knownAt),
                state,
                departement == null ? null : departement.code(),
                null),
            after == null ? "" : after.value(),
            limit,
            shownBefore);
    return actor != null && (actor.role() == Role.CLERK || actor.role() == Role.AUDITOR)
        ? page
        : new Page(
            page.on(),
            page.position(),
            page.venues().stream().map(LabelRegister.Venue::withoutReasons).toList(),
            page.next(),
            page.caveats());
  }

  @GetMapping("/lamednum")
  @Permit(everyone = true)
  @Operation(
      operationId = "exportLabelRegister",
      summary = "The points of service labelled on a day, in the LaMednum standard 1.0.2",
      description =
          "CSV in UTF-8 with the standard's 32 columns, several values with | between them, in"
              + " order of the venues' identifiers; read again by importVenues under the same"
              + " source it changes nothing. Empty are telephone, courriels, presentation_resume"
              + " and presentation_detail: contacts and free text about persons are not in the"
              + " ledger. Sole traders are left out: the standard requires a name and a street,"
              + " and theirs are personal data. A text that a spreadsheet would compute stands"
              + " after an apostrophe, which importVenues takes off.",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The file",
              content =
                  @Content(
                      mediaType = "text/csv",
                      schema =
                          @Schema(
                              type = "string",
                              example =
                                  "id,pivot,nom,commune,…\r\nbus-charente-1,40109226700020,…"))))
  ResponseEntity<String> exportLabelRegister(
      @Parameter(description = "Day in Paris; today if left out") @RequestParam(required = false)
          @Nullable LocalDate on,
      @Parameter(description = "As it was known at this position of the ledger")
          @RequestParam(required = false)
          @Nullable Long position,
      @Parameter(description = "As it was known at this instant, UTC; instead of position")
          @RequestParam(required = false)
          @Nullable Instant knownAt,
      @Parameter(description = "Only venues that the list of this label described last")
          @RequestParam(required = false)
          @Nullable String source,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    LocalDate day = day(on);
    Known known = known(position, knownAt);
    StringBuilder file = new StringBuilder(LaMednumExport.header());
    Page page =
        read(
            new Asked(day, known, LabelState.LABELLED, null, source),
            "",
            LONGEST_PAGE,
            shownBefore);
    // The pages that follow are of the same position, whatever is recorded meanwhile.
    Asked same = new Asked(day, new Known.At(page.position()), LabelState.LABELLED, null, source);
    while (true) {
      page.venues().forEach(venue -> file.append(LaMednumExport.rows(venue)));
      if (page.next() == null) {
        break;
      }
      page = read(same, page.next(), LONGEST_PAGE, shownBefore);
    }
    return ResponseEntity.ok()
        // Whoever draws a map of it asks often, and labels are decided by the day.
        .cacheControl(CacheControl.maxAge(KEPT_BY_OTHERS).cachePublic())
        .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"lieux-labellises-%s.csv\"".formatted(day))
        .body(file.toString());
  }

  private Page read(Asked asked, String after, int limit, @Nullable RebuildId shownBefore) {
    Generation generation = new ShownBefore(shownBefore).generation(reader, LabelsProjection.NAME);
    runners.awaitHead(PATIENCE, LabelsProjection.NAME);
    try {
      return labels.of(generation).read(asked, after, limit);
    } catch (LabelRegister.BeyondTheHead e) {
      String last =
          "position %d%s"
              .formatted(e.position(), e.recordedAt().map(at -> ", recorded at " + at).orElse(""));
      throw bad(
          asked.known() instanceof Known.At ? "position" : "knownAt",
          asked.known() instanceof Known.At(long position)
              ? String.valueOf(position)
              : asked.known() instanceof Known.Until(Instant instant) ? instant.toString() : "",
          (generation == null
                  ? "nothing can be told of what is not recorded yet: the ledger stands at "
                  : "the figures before that rebuild end at ")
              + last,
          "ask for an earlier one, or leave it out");
    }
  }

  private LocalDate day(@Nullable LocalDate on) {
    return on == null ? Paris.dayOf(clock.instant()) : on;
  }

  private static @Nullable Known known(@Nullable Long position, @Nullable Instant knownAt) {
    if (position != null && knownAt != null) {
      throw bad(
          "knownAt", knownAt.toString(), "position and knownAt say the same thing", "give one");
    }
    if (position != null) {
      if (position < 0) {
        throw bad("position", String.valueOf(position), "must be 0 or more", "correct the value");
      }
      return new Known.At(position);
    }
    return knownAt == null ? null : new Known.Until(knownAt);
  }

  private static Problem bad(String field, String value, String message, String remedy) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter %s: %s; %s".formatted(field, message, remedy),
        List.of(Problem.Fault.of(field, value, message, remedy)));
  }
}
