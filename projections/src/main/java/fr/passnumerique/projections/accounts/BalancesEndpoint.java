package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Balances over HTTP. A funder sees its own cents, a venue what concerns itself; what is another's
 * does not exist for them.
 */
@RestController
final class BalancesEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final BalancesQuery balances;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;
  private final DataSource reader;

  BalancesEndpoint(BalancesQuery balances, ProjectionRunners runners, DataSource reader) {
    this.balances = balances;
    this.asked = new AskedAccounts(balances, runners);
    this.runners = runners;
    this.reader = reader;
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
          In cents. Where all are shown: `sumOfAllAccountsCents` is 0. `paidInCents` is what the \
          funder itself has paid in: received from it, with what `transferFunds` moved in from its \
          other agreements, less what was moved out, and less what was refunded or given back \
          (`readPostings` with `kind` `EVER_RECEIVED`, `EVER_MOVED`, `EVER_REFUNDED`, \
          `EVER_GIVEN_BACK`). `advancedCents` is what it covered of cheques used for shares of others that \
          are paid on use, and was not repaid (`ON_USE_ADVANCE`); below zero for what others covered \
          for it (`ON_USE_CLAIM`), 0 over all funders. A share on use is refunded under its \
          pre-financier: where it had been repaid and its line is reversed or its slip withdrawn afterwards, \
          the signs turn until later cheques use it, or a credit note gives it back to whose share it is \
          (of what the line brings back, or of an order that ends), which names the pre-financier. Of every funder, agreement and programme, and of \
          the totals: `paidInCents` = `unallocatedCents` + `outstandingCents` + `dueBackCents` + \
          `receivableCents` + `redeemedCents` - `waivedCents` + `untitledCents` + `advancedCents`; \
          `issuedCents` = `inStockCents` + `atPrescribersCents` + `liveCents` + `redeemedCents` + \
          `expiredCents` + `opposedCents` + `replacedCents` + `voidedCents`. `redeemedCents` = \
          `owedCents` + `inTransitCents` + `paidCents` + what venues that are free of charge waived \
          (`waivedCents`) - `untitledCents`, what is owed or in transit for lines that were reversed on \
          their way or came back since; but not of one funder where a share is paid on use: what is owed \
          and in transit is cash, and counts under whose it is, a cheque counts under whose share it is. `paidCents` is \
          executed by the bank's word (pain.002 ACSC) or booked by it (camt); until it is booked it \
          is still in `bankCents`. By `businessDate` it counts from the day that the first of the two \
          words bore, and stays there (nothing told later changes what a day was shown to have paid), \
          while `bankCents` moves on the day of the booking: the two may differ by the days between. A line whose reversal was lifted is redeemed again, and paid once \
          its transfer is. `receivableCents` falls below zero for what a venue gave back of lines \
          whose transfer came back as well, until they are paid again. What nobody has \
          explained of the bank's is in none of them but `bankCents`. A venue or funder reads what is its own; \
          an amount is left out where the filters leave no account that could hold it. A question \
          about a time that cannot be answered exactly is refused (AS_OF_TOO_LATE, AS_OF_TOO_EARLY), \
          with the nearest that can. What an answer showed is shown again by `asOfPosition` with its \
          `position`, and, where a rebuild has replaced other figures since (`caveats` \
          `otherFiguresBefore`), by `shownBefore` with it. Facts that two people set aside are left out \
          of the figures, and `caveats` `passedOver` names them.\
          """)
  Balances readBalances(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @Parameter(
              description =
                  "Which lists to give, all if left out: venue, funder, agreement, programme,"
                      + " prescriber, fundingDepartement, spendingDepartement, flow")
          @RequestParam(required = false)
          @Nullable List<String> groupBy,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Set<Grouping> groupings = groupings(groupBy);
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    Filter filter = asked.of(actor, which, generation);
    BalancesQuery shown = balances.of(generation);
    return when.ask(head, asOf -> shown.read(filter, groupings, head, asOf));
  }

  private static Set<Grouping> groupings(@Nullable List<String> names) {
    if (names == null) {
      return EnumSet.allOf(Grouping.class);
    }
    Set<Grouping> groupings = EnumSet.noneOf(Grouping.class);
    names.forEach(name -> groupings.add(Grouping.required(name)));
    return groupings;
  }
}
