package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.budget.BudgetQuery;
import java.util.Map;
import java.util.TreeMap;

/** Budgets, as the engine shows them, in the model's words. */
final class BudgetWords {
  private BudgetWords() {}

  static Map<String, String> told(BudgetQuery.Budgets read) {
    Map<String, String> told = new TreeMap<>();
    for (BudgetQuery.Row row : read.budgets()) {
      told.put(
          row.agreement() + " " + row.funder(),
          ("ceiling %d issued %d activated %d redeemed %d to order %d to activate %d"
                  + " used %d from %d called %d rate %d in %d until %s")
              .formatted(
                  row.ceilingCents(),
                  row.issuedCents(),
                  row.activatedCents(),
                  row.redeemedCents(),
                  row.leftToOrderCents(),
                  row.leftToActivateCents(),
                  row.usedPercent(),
                  row.thresholdPercent(),
                  row.calledCents(),
                  row.activatedLast90DaysCents(),
                  row.measuredDays(),
                  row.exhaustedOn()));
    }
    return told;
  }
}
