package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;
import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Balances over HTTP. A funder sees its own cents, a venue what concerns itself; what is another's
 * does not exist for them.
 */
@RestController
final class BalancesEndpoint {
  static final String AS_OF_POSITION =
      "As they stood after the fact at this position of the ledger; 0 is before the first";
  static final String AS_OF =
      "As they stood at this instant (UTC, by when facts were recorded). It must lie before the"
          + " ledger's last fact: what may still be recorded until then is not known";
  static final String BUSINESS_DATE =
      "What happened until the end of this day in Paris (value dates, days of hand-out), as far as"
          + " it was recorded at asOfPosition or asOf, or is by now";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final BalancesQuery balances;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;

  BalancesEndpoint(BalancesQuery balances, ProjectionRunners runners) {
    this.balances = balances;
    this.asked = new AskedAccounts(balances);
    this.runners = runners;
  }

  @GetMapping("/api/balances")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER, VENUE},
      owner = {"venue", "funder"})
  @Operation(
      operationId = "readBalances",
      summary =
          "Balances by double entry per venue, funder, agreement and département, with the position"
              + " of the ledger they stand at",
      description =
          """
          In cents. Where all are shown: `sumOfAllAccountsCents` is 0; `paidInCents` (net of \
          refunds) = `unallocatedCents` + `outstandingCents` + `owedCents` + `inTransitCents` + \
          `dueBackCents` + `paidCents` + `receivableCents`; `issuedCents` = `inStockCents` + \
          `atPrescribersCents` + `liveCents` + `redeemedCents` + `expiredCents` + `opposedCents` + \
          `replacedCents` + `voidedCents`; `redeemedCents` = `owedCents` + `inTransitCents` + \
          `paidCents` + what venues that are free of charge waived. What nobody has explained of \
          the bank's is in none of them but `bankCents`. A venue or funder reads what is its own; \
          an amount is left out where the filters leave no account that could hold it. A question \
          about a time that cannot be answered exactly is refused (AS_OF_TOO_LATE), with the last \
          that can. What an answer showed is shown again by `asOfPosition` with its `position`.\
          """)
  Balances readBalances(
      Actor actor,
      @Parameter(description = "Only what concerns this venue") @RequestParam(required = false)
          @Nullable VenueId venue,
      @Parameter(description = "Only this funder's cents") @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = "Only this agreement's cents") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this programme's cents") @RequestParam(required = false)
          @Nullable ProgrammeId programme,
      @Parameter(description = "INSEE code of the département of funding")
          @RequestParam(required = false)
          @Nullable Departement fundingDepartement,
      @Parameter(description = "INSEE code of the département of spending")
          @RequestParam(required = false)
          @Nullable Departement spendingDepartement,
      @Parameter(
              description =
                  "Which lists to give, all if left out: venue, funder, agreement, programme,"
                      + " prescriber, fundingDepartement, spendingDepartement, flow")
          @RequestParam(required = false)
          @Nullable List<String> groupBy,
      @Parameter(description = AS_OF_POSITION) @RequestParam(required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = AS_OF) @RequestParam(required = false) @Nullable Instant asOf,
      @Parameter(description = BUSINESS_DATE) @RequestParam(required = false)
          @Nullable LocalDate businessDate) {
    AsOf moment = new AsOf(asOfPosition, asOf, businessDate);
    long ledgerPosition = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Set<Grouping> groupings = groupings(groupBy);
    Filter filter =
        asked.of(
            actor, venue, funder, agreement, programme, fundingDepartement, spendingDepartement);
    return balances.read(filter, groupings, ledgerPosition, moment);
  }

  private static Set<Grouping> groupings(@Nullable List<String> names) {
    if (names == null) {
      return EnumSet.allOf(Grouping.class);
    }
    Set<Grouping> groupings = EnumSet.noneOf(Grouping.class);
    for (String name : names) {
      groupings.add(
          Grouping.of(name)
              .orElseThrow(
                  () -> {
                    String known =
                        Stream.of(Grouping.values())
                            .map(Grouping::parameter)
                            .collect(joining(", "));
                    return Problem.badRequest(
                        "INVALID_PARAMETER",
                        "the parameter groupBy can be " + known,
                        List.of(
                            Problem.Fault.of(
                                "groupBy", "", "is none of " + known, "correct the value")));
                  }));
    }
    return groupings;
  }
}
