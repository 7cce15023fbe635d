package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import fr.passnumerique.clearing.venues.LabelVenues.Which;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What committees decide, as the clerk records it. */
@RestController
@RequestMapping("/api/labels")
public final class LabelEndpoint {
  private final Commands commands;
  private final LabelDesk labels;

  LabelEndpoint(Commands commands, LabelDesk labels) {
    this.commands = commands;
    this.labels = labels;
  }

  /**
   * @param venues their identifiers; instead of {@code source}
   * @param source label of an import: all its venues that are not labelled; instead of {@code
   *     venues}
   * @param labelledFrom first day on which their services are payable, Europe/Paris
   * @param decision reference of the committee's decision
   */
  public record VenueLabelling(
      Optional<List<String>> venues,
      Optional<String> source,
      LocalDate labelledFrom,
      String decision) {}

  @PostMapping
  @Permit(Role.CLERK)
  @Operation(
      operationId = "labelVenues",
      summary = "Record a committee's decision to label venues from a day on",
      description =
          "The short way, for many venues at once; decideLabel records every step of a"
              + " label's life. Venues that lost their label are not labelled again by this.")
  public ResponseEntity<Answer<VenuesLabelled>> labelVenues(
      @RequestBody VenueLabelling labelling,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    LabelVenues command =
        new LabelVenues(
            which(labelling), labelling.labelledFrom(), requireDecision(labelling.decision()));
    return Answer.to(commands, command, actor, dryRun);
  }

  /**
   * @param decision reference of the committee's decision, 1 to 100 characters
   * @param committeeOn when the committee met
   * @param from first day on which the decision holds, Europe/Paris
   * @param venues their identifiers, each once
   * @param pointsOfService of the one venue named: the decision is about these only
   * @param reason with SUSPENDED and WITHDRAWN
   * @param note kept in the vault, at most 2 000 characters
   */
  public record LabelDecision(
      @Schema(example = "CP 14/2026") String decision,
      @Schema(example = "2026-04-28") LocalDate committeeOn,
      @Schema(example = "SUSPENDED") LabelState state,
      @Schema(example = "2026-05-01") LocalDate from,
      @Schema(example = "[\"40109226700020\"]") List<String> venues,
      Optional<List<String>> pointsOfService,
      @Schema(example = "CRITERIA_NOT_MET") Optional<LabelDecided.Reason> reason,
      Optional<String> note) {
    /** A request that is logged must not tell the note. */
    @Override
    public String toString() {
      return "LabelDecision[decision=%s, state=%s, from=%s, venues=%s]"
          .formatted(decision, state, from, venues);
    }
  }

  @PostMapping("/decisions")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "decideLabel",
      summary = "Record what a committee decided on the labels of venues or points of service",
      description =
          "A label goes from CANDIDATE over ELIGIBLE to LABELLED, may be SUSPENDED and"
              + " LABELLED again, and WITHDRAWN; who lost it may be CANDIDATE again. Other steps"
              + " are refused (422 LABEL_STEP_NOT_ALLOWED). Services given while labelled stay"
              + " payable: a suspension or withdrawal holds from the committee's day at the"
              + " earliest (422 LABEL_TAKEN_BACK). All venues or none.")
  public ResponseEntity<Answer<LabelsDecided>> decideLabel(
      @RequestBody LabelDecision decision,
      @Parameter(description = "Answer as if, and record nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    List<VenueId> venues = List.copyOf(VenueEndpoint.identifiers("venues", decision.venues()));
    if (venues.isEmpty()) {
      throw badRequest("venues", "", "a decision is about at least one venue", "name them");
    }
    List<PointOfServiceId> points = points(decision.pointsOfService().orElse(List.of()));
    if (!points.isEmpty() && venues.size() > 1) {
      throw badRequest(
          "pointsOfService",
          "",
          "points of service are named within one venue",
          "record the decision once for each venue of which it names some");
    }
    Outcome.Recorded<LabelsDecided> outcome =
        labels.decide(
            new DecideLabel(
                requireDecision(decision.decision()),
                decision.committeeOn(),
                decision.state(),
                decision.from(),
                decision.reason(),
                venues.stream()
                    .map(venue -> new DecideLabel.About(venue, points, Optional.empty()))
                    .toList()),
            decision.note(),
            actor,
            dryRun);
    return Answer.of(outcome, dryRun);
  }

  private static List<PointOfServiceId> points(List<String> written) {
    List<PointOfServiceId> points = new ArrayList<>();
    for (String id : new LinkedHashSet<>(written)) {
      try {
        points.add(new PointOfServiceId(id));
      } catch (IllegalArgumentException e) {
        throw badRequest(
            "pointsOfService", Problem.shown(id), String.valueOf(e.getMessage()), "correct it");
      }
    }
    return points;
  }

  private static Which which(VenueLabelling labelling) {
    List<String> named = labelling.venues().orElse(List.of());
    if (named.isEmpty() == labelling.source().isEmpty()) {
      String message = "a decision names venues, or the source whose venues it labels";
      throw badRequest("venues", "", message, "give one of venues and source, not both");
    }
    return labelling
        .source()
        .<Which>map(AllOf::new)
        .orElseGet(() -> new These(List.copyOf(VenueEndpoint.identifiers("venues", named))));
  }

  private static String requireDecision(String written) {
    return requireReference("decision", written);
  }

  /** On one line of a page. */
  static String requireReference(String field, String written) {
    String decision = written.strip();
    if (!ReadableText.fits(decision, 100)) {
      throw badRequest(
          field,
          "",
          "a reference has 1 to 100 visible characters on one line",
          "give the one on the minutes or the letter");
    }
    return decision;
  }

  private static Problem badRequest(String field, String value, String message, String remedy) {
    return Problem.badRequest(
        "INVALID_VALUE", message + "; " + remedy, List.of(Fault.of(field, value, message, remedy)));
  }
}
