package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.GuessBudget;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.redemption.ChequeCounter.Checked;
import fr.passnumerique.clearing.redemption.ChequeCounter.Use;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Is this cheque good? At the counter, and for whoever holds it. The code is sent in the body, and
 * nowhere else: addresses are logged.
 */
@RestController
public final class ChequeCheckEndpoint {
  private static final String NOT_KEPT = "no-store";

  private final ChequeCounter counter;
  private final GuessBudget falseCheckParts;
  private final HoldersCounter holders;

  /**
   * @param falseCheckParts the one of the slips: a check tells as much as a dry run
   */
  ChequeCheckEndpoint(ChequeCounter counter, GuessBudget falseCheckParts, HoldersCounter holders) {
    this.counter = counter;
    this.falseCheckParts = falseCheckParts;
    this.holders = holders;
  }

  /**
   * @param cheque the whole code
   * @param venue that would present the line; a venue's account need not name itself
   * @param pointOfService one of the venue's
   * @param service label of the mediation standard
   */
  @Schema(name = "ChequeToCheck")
  public record Body(
      @Schema(example = "00007-0001-7Q4ZK2") String cheque,
      @Nullable VenueId venue,
      @Nullable PointOfServiceId pointOfService,
      @Nullable String service) {}

  /**
   * @param accepted whether a line for a service of today would be accepted, as things stand
   * @param cheque its serial; left out for an unknown code
   * @param verdict ACCEPTED, or the first reason against it
   * @param on the day that explains the verdict (redeemed on, last day …), if one does
   * @param explanation rule and value
   * @param remedy what can be done; empty if it is accepted
   * @param notChecked rules that were not tried, because the venue, its point of service or the
   *     service was not named
   */
  @Schema(name = "ChequeCheck")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Check(
      boolean accepted,
      @Nullable String cheque,
      Verdict verdict,
      @Nullable LocalDate on,
      String explanation,
      String remedy,
      Set<Verdict> notChecked,
      @Nullable Long faceValueCents,
      @Nullable LocalDate lastServiceDay) {}

  @PostMapping("/api/cheque-checks")
  @Permit({Role.VENUE, Role.PRESCRIBER, Role.CLERK})
  @Operation(
      operationId = "checkCheque",
      summary = "Would a line for this cheque be accepted today? Spends nothing",
      description =
          "The rules of a slip, in their order, for a service of today. Rules about the"
              + " venue, its point of service or the service are tried if these are named, and"
              + " told in notChecked otherwise. Nothing is promised: what counts is the slip.")
  public Check checkCheque(@RequestBody Body body, Actor actor, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    Use use = use(body, actor);
    Checked checked = counter.check(ChequeCounter.code(body.cheque()), use);
    String guesser = actor.role() == Role.VENUE ? actor.subject() : "account " + actor.account();
    boolean guessed = checked.line().verdict() == Verdict.BAD_CHECK_CODE;
    Duration wait = falseCheckParts.spend(guesser, guessed ? 1 : 0);
    if (wait.isPositive()) {
      throw Problem.tooMany(
          "TOO_MANY_FALSE_CODES",
          "too many codes were presented whose last six characters are not the cheque's",
          wait);
    }
    SlipJudged.Line line = checked.line();
    Explanation explanation =
        Explanation.of(
            line,
            checked.today(),
            use.service() == null ? "" : use.service(),
            use.pointOfService() == null ? "" : use.pointOfService().value(),
            checked.departement().map(Departement::code).orElse(""));
    // A code with a false check part says nothing about the cheque whose serial it shows.
    boolean known =
        !Set.of(Verdict.UNKNOWN_CHEQUE, Verdict.BAD_CHECK_CODE).contains(line.verdict());
    return new Check(
        line.verdict() == Verdict.ACCEPTED,
        line.cheque().map(Object::toString).orElse(null),
        line.verdict(),
        line.on().orElse(null),
        explanation.text(),
        explanation.remedy(),
        checked.unasked(),
        known ? checked.faceValueCents() : null,
        known ? checked.lastServiceDay().orElse(null) : null);
  }

  private Use use(Body body, Actor actor) {
    VenueId venue = body.venue();
    if (venue != null) {
      if (actor.role().hasSubject()) {
        Ownership.require(actor, Role.VENUE, venue.value());
      }
    } else if (actor.role() == Role.VENUE) {
      venue = new VenueId(actor.subject());
    }
    PointOfServiceId point = body.pointOfService();
    if (venue != null && body.venue() != null && !counter.knows(venue, null)) {
      throw Problem.notFound("venue " + Problem.shown(venue.value()));
    }
    if (point != null && (venue == null || !counter.knows(venue, point))) {
      String rule = "point of service %s is none of the venue's".formatted(point);
      String remedy = "name the venue and one of its points of service by its LaMednum id";
      throw new Problem(
          422,
          SlipRefusal.UNKNOWN_POINT_OF_SERVICE.name(),
          rule + "; " + remedy,
          List.of(Fault.of("pointOfService", Problem.shown(point.value()), rule, remedy)));
    }
    String service = body.service();
    return new Use(venue, point, service == null ? null : SlipLine.label(service));
  }

  @Schema(name = "PrintedCode")
  record Printed(@Schema(example = "00007-0001-7Q4ZK2") String cheque) {}

  @PostMapping("/api/public/cheque-checks")
  @Permit(everyone = true)
  @Operation(
      operationId = "checkPrintedCheque",
      summary = "Is this cheque valid, until when, and where can it be used? Without an account",
      description =
          "Limited per client (429 with Retry-After). A code that was never issued and one"
              + " with a wrong end are answered alike.")
  HoldersCounter.PublicCheck checkPrintedCheque(
      @RequestBody Printed body, HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    return holders.check(body.cheque(), request.getRemoteAddr());
  }
}
