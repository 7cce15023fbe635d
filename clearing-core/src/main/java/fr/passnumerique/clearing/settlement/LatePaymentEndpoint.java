package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.settlement.LatePayment.Kind;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows which payments are late. */
@RestController
@RequestMapping("/api/late-payments")
final class LatePaymentEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private static final Table<LatePayment> TABLE =
      Table.<LatePayment>of()
          .text("kind", "Nature", late -> late.kind().name())
          .code("programme", "Dispositif", LatePayment::programme)
          .code("venue", "Lieu", LatePayment::venue)
          .code("run", "Règlement", late -> late.run().orElse(""))
          .code("transfer", "Virement", late -> late.transfer().orElse(""))
          .code("slip", "Bordereau", LatePayment::slip)
          .count("position", "Position", LatePayment::position)
          .cents("cents", "Montant", LatePayment::cents)
          .day("presentedOn", "Présenté le", LatePayment::presentedOn)
          .day("payBy", "À payer avant le", LatePayment::payBy)
          .day("paidOn", "Payé le", late -> late.paidOn().orElse(null))
          .count("daysLate", "Jours de retard", LatePayment::daysLate);

  private final LatePayments late;
  private final Clock clock;

  LatePaymentEndpoint(LatePayments late, Clock clock) {
    this.late = late;
    this.clock = clock;
  }

  /**
   * @param asOf Europe/Paris
   * @param asOfPosition of the ledger: with it and the other parameters it is told again as now
   * @param since first day of the late payments that are told
   * @param count of all, not of this page
   * @param openLateCents not paid, and the last day is past
   * @param willBeLateCents in time yet, and late when the run, or the next one, is executed; empty
   *     as of a past day or position
   * @param paidLateCents paid after the last day
   * @param notTold what is not answered, and why
   * @param payments a page: by venue, the oldest first
   * @param next where the next page begins; empty after the last
   */
  @Schema(name = "LatePayments")
  record Read(
      LocalDate asOf,
      long asOfPosition,
      LocalDate since,
      int count,
      long openLateCents,
      Optional<Long> willBeLateCents,
      long paidLateCents,
      Optional<String> notTold,
      List<LatePayment> payments,
      Optional<String> next) {}

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Operation(
      operationId = "readLatePayments",
      summary = "What is paid, or is to be paid, more than 21 days after it was presented",
      description =
          """
          `OPEN_LATE`: not paid, and its last day is past. `WILL_BE_LATE`: in time yet, and late \
          when its run, or the run of the next cut-off, is executed. `PAID_LATE`: paid after its \
          last day. A line that is reversed before it is paid is not late any more; one that was \
          paid late stays in the list.

          As of a day, by the days of the business: what the bank pays or takes back later has not \
          happened yet. What the bank tells of a past day only later changes that day's answer; with \
          the `asOfPosition` that an answer names, and its `asOf`, it is told again as it was known \
          then. As of a past day or position `willBeLateCents` is left out and `notTold` says why; \
          `OPEN_LATE` rows name no run, and `run` cannot be given. `PAID_LATE` rows are of the \
          days from `since` on: a year, or since the run was opened. A venue reads its own.\
          """)
  Read readLatePayments(
      @Parameter(
              description =
                  "Europe/Paris, and not later than today; left out: today, or the day on which"
                      + " asOfPosition was recorded")
          @RequestParam(name = "asOf", required = false)
          @Nullable LocalDate asOf,
      @Parameter(
              description =
                  "As the ledger was after this position, 0 for before its first fact; left out:"
                      + " all of it")
          @RequestParam(name = "asOfPosition", required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = "First day of the late payments, at the latest asOf")
          @RequestParam(name = "since", required = false)
          @Nullable LocalDate since,
      @RequestParam(name = "venue", required = false) @Nullable VenueId venue,
      @RequestParam(name = "run", required = false) @Nullable SettlementRunId run,
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", defaultValue = "0")
          int after,
      @Parameter(description = "Rows a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit,
      Actor actor) {
    PageSize.require(after, limit, LONGEST_PAGE);
    LocalDate today = Paris.dayOf(clock.instant());
    requirePosition(asOfPosition);
    LocalDate day = asOf == null ? day(asOfPosition, today) : asOf;
    requireAnswerable(day, asOfPosition, today, run);
    LocalDate first = first(since, day, run);
    LatePayments.Asked asked = asked(day, asOfPosition, today, first, venue, run, actor);
    LatePayments.Found answer = late.find(asked);
    List<LatePayment> found = answer.payments();
    int begin = Math.min(after, found.size());
    int end = Math.min(found.size(), begin + limit);
    return new Read(
        day,
        answer.position(),
        first,
        found.size(),
        sum(found, Kind.OPEN_LATE),
        asked.ofNow() ? Optional.of(sum(found, Kind.WILL_BE_LATE)) : Optional.empty(),
        sum(found, Kind.PAID_LATE),
        asked.ofNow()
            ? Optional.empty()
            : Optional.of(
                "what was going to be late is not told as of a past day or position: by which run"
                    + " a line was to be paid then is not kept; ask as of today"),
        List.copyOf(found.subList(begin, end)),
        end < found.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
  }

  @TableExport(
      path = "/export",
      operationId = "exportLatePayments",
      summary = "The rows of readLatePayments as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportLatePayments(
      @Parameter(description = "Europe/Paris; today if it is left out, and not later")
          @RequestParam(name = "asOf", required = false)
          @Nullable LocalDate asOf,
      @Parameter(
              description =
                  "As the ledger was after this position, 0 for before its first fact; left out:"
                      + " all of it")
          @RequestParam(name = "asOfPosition", required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = "First day of the late payments, at the latest asOf")
          @RequestParam(name = "since", required = false)
          @Nullable LocalDate since,
      @RequestParam(name = "venue", required = false) @Nullable VenueId venue,
      @RequestParam(name = "run", required = false) @Nullable SettlementRunId run,
      Actor actor,
      TableDownload to)
      throws IOException {
    LocalDate today = Paris.dayOf(clock.instant());
    requirePosition(asOfPosition);
    LocalDate day = asOf == null ? day(asOfPosition, today) : asOf;
    requireAnswerable(day, asOfPosition, today, run);
    LocalDate first = first(since, day, run);
    List<LatePayment> found =
        late.find(asked(day, asOfPosition, today, first, venue, run, actor)).payments();
    to.send(TABLE, found::forEach, "retards-" + day);
  }

  private static LatePayments.Asked asked(
      LocalDate day,
      @Nullable Long position,
      LocalDate today,
      LocalDate first,
      @Nullable VenueId venue,
      @Nullable SettlementRunId run,
      Actor actor) {
    Optional<VenueId> whose =
        actor.role() == Role.VENUE
            ? Optional.of(new VenueId(actor.subject()))
            : Optional.ofNullable(venue);
    return new LatePayments.Asked(
        day, today, first, whose, Optional.ofNullable(run), Optional.ofNullable(position));
  }

  static long sum(List<LatePayment> found, Kind kind) {
    return found.stream().filter(late -> late.kind() == kind).mapToLong(LatePayment::cents).sum();
  }

  private void requirePosition(@Nullable Long position) {
    long head = late.head();
    if (position != null && (position < 0 || position > head)) {
      throw invalid(
          "asOfPosition",
          position.toString(),
          "the ledger has positions 0, before its first fact, to %d".formatted(head),
          "give the asOfPosition of an answer");
    }
  }

  /** Before the first fact it is the day of that one, which is the last that can be told of. */
  private LocalDate day(@Nullable Long position, LocalDate today) {
    if (position == null) {
      return today;
    }
    return position == 0 ? late.lastDayOf(0).orElse(today) : late.recordedOn(position);
  }

  /** What cannot be known is not guessed. */
  private void requireAnswerable(
      LocalDate day, @Nullable Long position, LocalDate today, @Nullable SettlementRunId run) {
    if (day.isAfter(today)) {
      throw invalid(
          "asOf",
          day.toString(),
          "today is %s, and nobody knows what is paid until %s".formatted(today, day),
          "ask as of today: WILL_BE_LATE is what is going to be late");
    }
    if (position != null) {
      Optional<LocalDate> last = late.lastDayOf(position);
      if (last.filter(day::isAfter).isPresent()) {
        throw invalid(
            "asOf",
            day.toString(),
            "position %d tells of days until %s, when the next fact was recorded"
                .formatted(position, last.get()),
            "name that day or an earlier one, or a later position");
      }
    }
    if (run != null && (day.isBefore(today) || position != null)) {
      throw invalid(
          "run",
          run.value(),
          "which run was to pay a line on %s is not kept".formatted(day),
          "leave run out, or asOf and asOfPosition");
    }
  }

  private LocalDate first(@Nullable LocalDate since, LocalDate day, @Nullable SettlementRunId run) {
    if (since == null) {
      return Optional.ofNullable(run).flatMap(late::openedOn).orElse(day.minusYears(1));
    }
    if (since.isAfter(day)) {
      throw invalid(
          "since",
          since.toString(),
          "%s is after %s, the day asked for".formatted(since, day),
          "name an earlier day");
    }
    return since;
  }

  private static Problem invalid(String name, String value, String message, String remedy) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        message + "; " + remedy,
        List.of(Problem.Fault.of(name, value, message, remedy)));
  }
}
