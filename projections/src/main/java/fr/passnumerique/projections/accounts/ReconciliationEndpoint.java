package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The co-financing of an agreement, reconciled between its funders. */
@RestController
final class ReconciliationEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ReconciliationQuery reconciliations;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;
  private final DataSource reader;

  ReconciliationEndpoint(
      ReconciliationQuery reconciliations,
      BalancesQuery balances,
      ProjectionRunners runners,
      DataSource reader) {
    this.reconciliations = reconciliations;
    this.asked = new AskedAccounts(balances, runners);
    this.runners = runners;
    this.reader = reader;
  }

  @GetMapping("/api/agreements/{agreementId}/reconciliation")
  @Permit({CLERK, AUDITOR, FUNDER})
  @Operation(
      operationId = "readReconciliation",
      summary =
          "What became of each funder's commitment to an agreement: committed, paid in, issued,"
              + " activated, handed out, redeemed, settled, confirmed, refunded",
      description =
          """
          Per funder and in total, in cents. `paidIn` is what the funder itself has paid in and not \
          got back: `paidInCents` = `receivedCents` + `movedCents` (in from its other agreements, less \
          out) - `refundedCents` - `givenBackCents`, the `paidInCents` of `readBalances` for this funder \
          and agreement. The stage `PAID_IN` is gross, the first two alone, before anything goes back: above `paidInCents`, which is net, by \
          `refundedCents` + `givenBackCents`. Each difference between two stages is explained line \
          by line: `cents` = Σ `lines[].cents`, and `unexplainedCents` is 0, or a figure is wrong. Of \
          what is confirmed, `toRecover` is claimed from venues for reversed lines, `netted` came back \
          by nettings and `paidBack` by debit notes. \
          `held` says what of the funder's cash is on the ring-fenced account, and for whom. Titles \
          are counted under the funder whose share they are, cash under whoever's it is. A funder \
          of the agreement reads it as a whole: a co-financing is reconciled between them.\
          """)
  Reconciliation readReconciliation(
      Actor actor,
      @PathVariable AgreementId agreementId,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    asked.requireAgreement(actor, agreementId, generation);
    ReconciliationQuery shown = reconciliations.of(generation);
    return when.ask(head, asOf -> shown.read(agreementId.value(), asOf));
  }
}
