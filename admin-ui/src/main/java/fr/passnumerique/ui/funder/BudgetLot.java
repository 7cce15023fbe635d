package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.budget.BudgetQuery.Budgets;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import java.util.List;

/**
 * How much of what a funder agreed to is used, and until when the rest will do, in words.
 *
 * @param thresholds percent at which its funder is told
 * @param forecast a sentence or two
 */
record BudgetLot(BudgetQuery.Row row, List<Integer> thresholds, Badge badge, String forecast) {
  private static final French FRENCH = new French();

  static List<BudgetLot> of(Budgets read) {
    return read.budgets().stream()
        .map(
            row ->
                new BudgetLot(
                    row,
                    read.thresholdsPercent(),
                    badge(row, read.thresholdsPercent()),
                    forecast(row)))
        .toList();
  }

  private static Badge badge(BudgetQuery.Row row, List<Integer> thresholds) {
    if (row.leftToActivateCents() == 0) {
      return Badge.bad("Plafond atteint");
    }
    if (row.thresholdPercent() == 0) {
      return Badge.good("Sous le premier seuil");
    }
    String passed = "Seuil de %d %% passé".formatted(row.thresholdPercent());
    return row.thresholdPercent() == thresholds.getFirst()
        ? Badge.calm(passed)
        : Badge.warn(passed);
  }

  private static String forecast(BudgetQuery.Row row) {
    if (row.leftToActivateCents() == 0) {
      return "Il ne reste rien à activer sous ce plafond.";
    }
    if (row.exhaustedOn() == null) {
      return row.activatedLast90DaysCents() == 0
          ? "Rien n’a été activé ces 90 derniers jours : on ne peut pas dire quand le plafond sera"
              + " atteint."
          : "Au rythme des %s, le plafond ne serait pas atteint avant un siècle."
              .formatted(days(row));
    }
    String at =
        "Au rythme des %s, le plafond serait atteint vers le %s"
            .formatted(days(row), FRENCH.date(row.exhaustedOn()));
    if (row.exhaustedFrom() == null) {
      return at + ". C’est trop peu de temps pour dire entre quels jours.";
    }
    return row.exhaustedUntil() == null
        ? at
            + " ; dès le %s au rythme des 30 jours les plus actifs, sans terme à celui des plus calmes."
                .formatted(FRENCH.date(row.exhaustedFrom()))
        : at
            + " : entre le %s et le %s, selon que les 30 jours les plus actifs ou les plus calmes se répètent."
                .formatted(FRENCH.date(row.exhaustedFrom()), FRENCH.date(row.exhaustedUntil()));
  }

  private static String days(BudgetQuery.Row row) {
    return row.measuredDays() == 1
        ? "activations d’aujourd’hui"
        : row.measuredDays() + " derniers jours";
  }
}
