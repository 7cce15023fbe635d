package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.AskedAccounts;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.accounts.WhichAccounts;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.Names;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
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
  private static final String SINCE =
      "First day of a period: the figures stand before it, too, as far as they were recorded at the"
          + " same position. Left out for one moment alone";

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
    if (since != null && when.businessDate() != null && since.isAfter(when.businessDate())) {
      String rule =
          "a period from %s to %s ends before it begins".formatted(since, when.businessDate());
      String remedy = "give the earlier day as since";
      throw Problem.badRequest(
          "PERIOD_BACKWARDS",
          rule + "; " + remedy,
          List.of(Problem.Fault.of("since", since.toString(), rule, remedy)));
    }
    long head = runners.awaitHead(PATIENCE, "accounts", "registers");
    Filter filter = asked.of(actor, which, null);
    EnumSet<Grouping> groupings = EnumSet.of(Grouping.AGREEMENT);
    Balances closing = when.ask(head, asOf -> balances.read(filter, groupings, head, asOf));
    Balances opening =
        since == null
            ? null
            : new WhichMoment(closing.position(), null, since.minusDays(1))
                .ask(head, asOf -> balances.read(filter, groupings, head, asOf));
    return new Figures(opening, closing);
  }

  private ResponseEntity<byte[]> answer(Statement statement) {
    return Pdf.named(
        "releve-%s-%d".formatted(statement.id(), statement.position()),
        printer.print("statement", statement));
  }
}
