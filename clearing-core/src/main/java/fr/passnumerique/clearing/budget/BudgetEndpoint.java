package fr.passnumerique.clearing.budget;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Budgets over HTTP. A funder reads its own shares. */
@RestController
@RequestMapping("/api")
final class BudgetEndpoint {
  private final BudgetQuery query;

  BudgetEndpoint(BudgetQuery query) {
    this.query = query;
  }

  @GetMapping("/budgets")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readBudgets",
      summary = "How much of each funder's ceiling is used, and when the rest will be",
      description =
          """
          Two things are left below a ceiling. `leftToOrderCents` is what orders may still take: \
          ceiling − `issuedCents`; an order beyond it is refused (`CEILING_EXCEEDED`). \
          `leftToActivateCents` is what may still be activated, and so paid for: ceiling − \
          `activatedCents`; nothing may be left to order while all is left to activate. Used is what \
          is activated. The day of exhaustion is today + what is left to activate \
          ÷ the daily rate of activations, rounded up to the day; the rate is taken over the last 90 \
          days, today included, or since the first activation if that is less. Without activations \
          in that time it is not foreseeable, and `exhaustedOn` is left out. `exhaustedFrom` and \
          `exhaustedUntil` are the same day at the rates of the busiest and of the calmest 30 days of these \
          90: a forecast is no surer than they are apart. They are left out until 60 days are measured, and \
          `exhaustedUntil` also if nothing was activated in the calmest. `calledCents` is what \
          has not come of the calls that are open: one that is paid, by receipts or transfers of funds, or \
          cancelled counts nothing (`readCallsForFunds` lists them all). `redeemedCents` is what accepted cheques cost: those of a reversed line are \
          void and cost nothing, unless the reversal is lifted.\
          """)
  BudgetQuery.Budgets readBudgets(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder) {
    return query.of(actor, agreement, funder);
  }

  private static final Table<BudgetQuery.Row> TABLE =
      Table.<BudgetQuery.Row>of()
          .code("agreement", "Convention", BudgetQuery.Row::agreement)
          .code("funder", "Financeur", BudgetQuery.Row::funder)
          .cents("ceilingCents", "Plafond", BudgetQuery.Row::ceilingCents)
          .cents("issuedCents", "Émis", BudgetQuery.Row::issuedCents)
          .cents("activatedCents", "Activé", BudgetQuery.Row::activatedCents)
          .cents("redeemedCents", "Accepté", BudgetQuery.Row::redeemedCents)
          .cents("leftToOrderCents", "Reste à commander", BudgetQuery.Row::leftToOrderCents)
          .cents("leftToActivateCents", "Reste à activer", BudgetQuery.Row::leftToActivateCents)
          .count("usedPercent", "Plafond utilisé (%)", row -> (long) row.usedPercent())
          .count("thresholdPercent", "Seuil atteint (%)", row -> (long) row.thresholdPercent())
          .cents("calledCents", "Appelé non reçu", BudgetQuery.Row::calledCents)
          .cents(
              "activatedLast90DaysCents",
              "Activé en 90 jours",
              BudgetQuery.Row::activatedLast90DaysCents)
          .count("measuredDays", "Jours mesurés", row -> (long) row.measuredDays())
          .day("exhaustedOn", "Plafond atteint le", BudgetQuery.Row::exhaustedOn)
          .day("exhaustedFrom", "Au plus tôt le", BudgetQuery.Row::exhaustedFrom)
          .day("exhaustedUntil", "Au plus tard le", BudgetQuery.Row::exhaustedUntil);

  @TableExport(
      path = "/budgets/export",
      operationId = "exportBudgets",
      summary = "The budgets of readBudgets as a file, with the position in its name")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportBudgets(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder,
      TableDownload to)
      throws IOException {
    BudgetQuery.Budgets read = readBudgets(actor, agreement, funder);
    to.send(TABLE, read.budgets()::forEach, "budgets-" + read.position());
  }
}
