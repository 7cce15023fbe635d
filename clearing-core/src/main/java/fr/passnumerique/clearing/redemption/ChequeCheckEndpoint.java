package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.GuessBudget;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.issuance.ChequeCode;
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
  private final PublicChecks publicChecks;

  /**
   * @param falseCheckParts the one of the slips: a check tells as much as a dry run
   */
  ChequeCheckEndpoint(
      ChequeCounter counter, GuessBudget falseCheckParts, PublicChecks publicChecks) {
    this.counter = counter;
    this.falseCheckParts = falseCheckParts;
    this.publicChecks = publicChecks;
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
    Checked checked = counter.check(code(body.cheque()), use);
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

  /** What the holder of a cheque is told. */
  enum Standing {
    VALID,
    /** No such code: mistyped or made up; which of the two is not told. */
    UNKNOWN_CODE,
    ALREADY_USED,
    OPPOSED,
    /** Not activated, or not handed out to anybody yet. */
    NOT_USABLE_YET,
    OVER
  }

  /**
   * @param until the last day on which it can be used; left out unless it is valid
   * @param departements INSEE codes where it can be used; empty means everywhere; left out unless
   *     it is valid
   * @param services that can be paid with it; empty means all; left out unless it is valid
   */
  @Schema(name = "PublicChequeCheck")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PublicCheck(
      boolean valid,
      Standing standing,
      @Nullable Long faceValueCents,
      @Nullable LocalDate until,
      @Nullable List<Departement> departements,
      @Nullable List<String> services) {}

  @PostMapping("/api/public/cheque-checks")
  @Permit(everyone = true)
  @Operation(
      operationId = "checkPrintedCheque",
      summary = "Is this cheque valid, until when, and where can it be used? Without an account",
      description =
          "Limited per client (429 with Retry-After). A code that was never issued and one"
              + " with a wrong end are answered alike.")
  PublicCheck checkPrintedCheque(
      @RequestBody Printed body, HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    Duration wait = publicChecks.admit(request.getRemoteAddr());
    if (wait.isPositive()) {
      throw Problem.tooMany(
          "TOO_MANY_CHECKS", "this address has checked too many codes without an account", wait);
    }
    Checked checked = counter.check(code(body.cheque()), Use.ANYWHERE);
    Standing standing = standing(checked.line().verdict());
    boolean valid = standing == Standing.VALID;
    return new PublicCheck(
        valid,
        standing,
        valid ? checked.faceValueCents() : null,
        valid ? checked.lastServiceDay().orElse(null) : null,
        valid ? checked.territory() : null,
        valid ? checked.services() : null);
  }

  private static Standing standing(Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> Standing.VALID;
      case UNKNOWN_CHEQUE, BAD_CHECK_CODE -> Standing.UNKNOWN_CODE;
      case ALREADY_REDEEMED -> Standing.ALREADY_USED;
      case OPPOSED -> Standing.OPPOSED;
      case NOT_ACTIVATED, NOT_DISTRIBUTED, SERVICE_BEFORE_DISTRIBUTION -> Standing.NOT_USABLE_YET;
      case EXPIRED_AT_SERVICE_DATE, PRESENTED_TOO_LATE -> Standing.OVER;
      case DUPLICATE_LINE,
          SERVICE_DATE_IN_FUTURE,
          VENUE_NOT_LABELLED_AT_SERVICE_DATE,
          SERVICE_NOT_ELIGIBLE,
          OUT_OF_TERRITORY,
          CONFLICT_OF_INTEREST,
          TOO_MANY_IN_ONE_VISIT ->
          throw new IllegalStateException(verdict + " is not asked of a cheque alone");
    };
  }

  private static ChequeCode code(String text) {
    return ChequeCode.parse(text)
        .orElseThrow(
            () -> {
              // What was sent is not repeated: it may be most of a secret.
              String rule = "this is no cheque code";
              String remedy = "give the 15 letters and digits of the cheque";
              return Problem.badRequest(
                  "CODE_NOT_READABLE",
                  rule + "; " + remedy,
                  List.of(Fault.of("cheque", "", rule, remedy)));
            });
  }
}
