package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When a programme settles. */
@RestController
@RequestMapping("/api/programmes/{programmeId}/settlement-calendar")
public final class SettlementCalendarEndpoint {
  private static final int MOST = 100;

  private final Commands commands;
  private final SettlementRegister register;
  private final ReadLock registers;
  private final Clock clock;

  SettlementCalendarEndpoint(
      Commands commands, SettlementRegister register, ReadLock registers, Clock clock) {
    this.commands = commands;
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  /** A calendar as it is sent. */
  record CalendarBody(
      @Schema(description = "First cut-off day that it governs, tomorrow at the earliest")
          LocalDate from,
      @Schema(example = "WEEK") SettlementCalendar.Every every,
      @Schema(description = "For WEEK") @Nullable List<DayOfWeek> weekdays,
      @Schema(description = "For MONTH: 1 to 31, of a shorter month its last day")
          @Nullable List<Integer> days,
      @Schema(description = "What a transfer is at least; 0 if it is left out")
          @Nullable Long minimumCents) {
    SettlementCalendar calendar() {
      try {
        return new SettlementCalendar(
            every, weekdays == null ? List.of() : weekdays, days == null ? List.of() : days);
      } catch (IllegalArgumentException _) {
        String message = "a WEEK names weekdays, a MONTH names days from 1 to 31, and ANY neither";
        String remedy = "name the days of the kind that every says";
        throw Problem.badRequest(
            "INVALID_CALENDAR",
            message + "; " + remedy,
            List.of(Problem.Fault.of("every", every.name(), message, remedy)));
      }
    }
  }

  @PostMapping
  @Permit(Role.CLERK)
  @Operation(
      operationId = "setSettlementCalendar",
      summary =
          "Say on which days a programme settles from a day on, and what a transfer is at least",
      description =
          """
          Each such day a run opens by itself, with its cut-off at midnight in Paris at the start \
          of the day, in the name of the account that set the calendar: another is to release it. \
          Runs on other days are refused unless they are exceptional. What comes to less than \
          `minimumCents` for an IBAN is carried over to the next run, but never so long that its \
          oldest line would be paid more than 21 days after it was presented. `every` ANY takes the \
          calendar away.\
          """)
  ResponseEntity<Answer<SettlementCalendarSet>> setSettlementCalendar(
      @PathVariable("programmeId") ProgrammeId programme,
      @RequestBody CalendarBody body,
      @Parameter(description = "Say what would be recorded, and record nothing")
          @RequestParam(name = "dryRun", defaultValue = "false")
          boolean dryRun,
      Actor actor) {
    long minimum = body.minimumCents() == null ? 0 : body.minimumCents();
    return Answer.to(
        commands,
        new SetSettlementCalendar(
            programme, body.from(), body.calendar(), minimum, actor.account()),
        actor,
        dryRun);
  }

  /**
   * @param from first cut-off day that it governs
   */
  public record InForce(
      LocalDate from,
      SettlementCalendar.Every every,
      List<DayOfWeek> weekdays,
      List<Integer> days,
      long minimumCents,
      String setBy) {
    static InForce of(SettlementCalendarSet set) {
      return new InForce(
          set.from(),
          set.calendar().every(),
          set.calendar().weekdays(),
          set.calendar().days(),
          set.minimumCents(),
          set.setBy());
    }
  }

  /**
   * @param cutOffDay lines recorded before it begins are taken
   * @param cutOff the same as an instant: midnight in Paris
   * @param executionOn the day on which the bank is asked to pay if the run is released that day:
   *     the first T2 settlement day after it
   */
  public record CutOff(LocalDate cutOffDay, Instant cutOff, LocalDate executionOn) {
    static CutOff of(LocalDate day) {
      return new CutOff(day, Paris.startOf(day), TargetCalendar.next(day));
    }
  }

  /**
   * @param calendars that in force today, and those that are to replace it; none if any day may be
   *     a cut-off
   * @param next the next cut-offs by them
   */
  @Schema(name = "SettlementCalendarOfProgramme")
  public record Read(String programme, List<InForce> calendars, List<CutOff> next) {}

  @GetMapping
  @Permit({Role.CLERK, Role.AUDITOR, Role.VENUE})
  @Operation(
      operationId = "readSettlementCalendar",
      summary = "By which calendar a programme settles, and its next cut-offs")
  public Read readSettlementCalendar(
      @PathVariable("programmeId") ProgrammeId programme,
      @Parameter(description = "How many cut-offs, at most 100")
          @RequestParam(name = "count", defaultValue = "6")
          int count) {
    if (count < 0 || count > MOST) {
      String message = "count must be 0 to %d, not %d".formatted(MOST, count);
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          message + "; correct the value",
          List.of(
              Problem.Fault.of("count", Integer.toString(count), message, "correct the value")));
    }
    LocalDate today = Paris.dayOf(clock.instant());
    String what = "programme " + programme;
    return registers
        .find(
            what,
            () ->
                register.isKnown(programme)
                    ? Optional.of(read(programme, today, count))
                    : Optional.empty())
        .orElseThrow(() -> Problem.notFound(what));
  }

  private Read read(ProgrammeId programme, LocalDate today, int count) {
    List<CutOff> next = new ArrayList<>(count);
    Optional<LocalDate> day = register.calendars().next(programme, today);
    while (next.size() < count && day.isPresent()) {
      next.add(CutOff.of(day.get()));
      day = register.calendars().next(programme, day.get());
    }
    return new Read(
        programme.value(),
        register.calendars().from(programme, today).stream().map(InForce::of).toList(),
        List.copyOf(next));
  }
}
