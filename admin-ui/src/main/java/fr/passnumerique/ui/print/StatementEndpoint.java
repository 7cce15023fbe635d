package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.AskedAccounts;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.accounts.WhichAccounts;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.words.Names;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What {@code readBalances} answers of a funder or a venue, on paper. */
@RestController
final class StatementEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int FIRST_YEAR = 1971;
  private static final int LAST_YEAR = 2199;
  private static final String SINCE =
      "First day of a period: the figures stand before it, too, as far as they were recorded at the"
          + " same position. At most the day at which the figures stand (400 `PERIOD_BACKWARDS`)."
          + " Left out for one moment alone";

  private final BalancesQuery balances;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;
  private final Supplier<Names> names;
  private final Printer printer;

  StatementEndpoint(
      BalancesQuery balances, ProjectionRunners runners, Supplier<Names> names, Printer printer) {
    this.balances = balances;
    this.asked = new AskedAccounts(balances, runners);
    this.runners = runners;
    this.names = names;
    this.printer = printer;
  }

  /**
   * @param opening before the period; null for one moment
   */
  private record Figures(@Nullable Balances opening, Balances closing) {}

  @Printed(
      path = "/api/funders/{funderId}/statement.pdf",
      operationId = "printFunderStatement",
      summary = "A funder's statement: its money, its cheques, and each agreement",
      description =
          """
          The figures of `readBalances` with this `funder`, as of the same moment; with `since` \
          beside those before the period.\
          """)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.FUNDER},
      owner = "funderId")
  ResponseEntity<byte[]> printFunderStatement(
      @PathVariable("funderId") FunderId funder,
      @Parameter(description = SINCE) @RequestParam(name = "since", required = false)
          @Nullable LocalDate since,
      @ModelAttribute WhichMoment when,
      Actor actor) {
    Figures figures =
        figures(actor, new WhichAccounts(null, funder, null, null, null, null), since, when);
    return answer(
        Statement.ofFunder(
            funder.value(),
            names.get().funder(funder.value()),
            since,
            figures.opening(),
            figures.closing()));
  }

  @Printed(
      path = "/api/venues/{venueId}/statement.pdf",
      operationId = "printVenueStatement",
      summary = "A venue's statement: what was accepted from it and what is paid, by agreement",
      description =
          """
          The figures of `readBalances` with this `venue`, as of the same moment; with `since` \
          beside those before the period.\
          """)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  ResponseEntity<byte[]> printVenueStatement(
      @PathVariable("venueId") VenueId venue,
      @Parameter(description = SINCE) @RequestParam(name = "since", required = false)
          @Nullable LocalDate since,
      @ModelAttribute WhichMoment when,
      Actor actor) {
    Figures figures =
        figures(actor, new WhichAccounts(venue, null, null, null, null, null), since, when);
    return answer(
        Statement.ofVenue(
            venue.value(),
            names.get().venue(venue.value()),
            since,
            figures.opening(),
            figures.closing()));
  }

  private Figures figures(
      Actor actor, WhichAccounts which, @Nullable LocalDate since, WhichMoment when) {
    if (since != null && (since.getYear() < FIRST_YEAR || since.getYear() > LAST_YEAR)) {
      throw wrong(
          400,
          "INVALID_PARAMETER",
          since,
          "the parameter since must lie in the years %d to %d".formatted(FIRST_YEAR, LAST_YEAR),
          "correct the year");
    }
    long head = runners.awaitHead(PATIENCE, "accounts", "registers");
    Filter filter = asked.of(actor, which, null);
    Balances closing = when.ask(head, asOf -> read(filter, head, asOf));
    return new Figures(since == null ? null : opening(since, closing, filter, head), closing);
  }

  /** At the same position; before anything happened it is that of an empty ledger. */
  private Balances opening(LocalDate since, Balances closing, Filter filter, long head) {
    Instant recordedAt = closing.recordedAt();
    if (recordedAt == null) {
      return closing;
    }
    LocalDate end =
        closing.businessDate() == null ? Paris.dayOf(recordedAt) : closing.businessDate();
    if (since.isAfter(end)) {
      throw wrong(
          400,
          "PERIOD_BACKWARDS",
          since,
          "a period from %s to %s ends before it begins".formatted(since, end),
          "give %s or a day before as since".formatted(end));
    }
    try {
      return read(filter, head, new AsOf(closing.position(), null, since.minusDays(1)));
    } catch (UntoldMomentException e) {
      if (e.why() == UntoldMomentException.Why.AS_OF_TOO_EARLY) {
        return read(filter, head, AsOf.at(0));
      }
      throw wrong(
          422,
          e.why().name(),
          since,
          "the figures before %s cannot be told: %s".formatted(since, e.getMessage()),
          "give another day as since, or leave it out");
    }
  }

  private Balances read(Filter filter, long head, AsOf asOf) {
    return balances.read(filter, EnumSet.of(Grouping.AGREEMENT), head, asOf);
  }

  private static Problem wrong(
      int status, String code, LocalDate since, String rule, String remedy) {
    return new Problem(
        status,
        code,
        rule + "; " + remedy,
        List.of(Problem.Fault.of("since", Problem.shown(since.toString()), rule, remedy)));
  }

  private ResponseEntity<byte[]> answer(Statement statement) {
    return Pdf.named(
        "releve-%s-%d".formatted(statement.id(), statement.position()),
        printer.print("statement", () -> statement));
  }
}
