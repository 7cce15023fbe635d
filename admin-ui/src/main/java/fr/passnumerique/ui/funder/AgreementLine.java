package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;

/**
 * An agreement in the list. In cents; of a funder its own shares.
 *
 * @param ceilingCents 0 for one that only advances the shares of others
 */
record AgreementLine(
    String agreement,
    String programme,
    LocalDate startsOn,
    LocalDate endsOn,
    List<String> departements,
    long ceilingCents,
    long activatedCents,
    Badge badge) {
  static final Columns<AgreementLine> COLUMNS =
      Columns.<AgreementLine>of()
          .text("convention", "Convention", line -> line.agreement() + " " + line.programme())
          .text("departements", "Départements", line -> String.join(", ", line.departements()))
          .order("fin", "Période", AgreementLine::endsOn)
          .number("plafond", "Plafond", AgreementLine::ceilingCents)
          .number("active", "Activé", AgreementLine::activatedCents);

  static List<AgreementLine> of(
      List<Agreements.Row> agreements, List<BudgetQuery.Row> budgets, LocalDate today) {
    return agreements.stream()
        .map(
            row -> {
              List<BudgetQuery.Row> own =
                  budgets.stream().filter(of -> of.agreement().equals(row.agreement())).toList();
              return new AgreementLine(
                  row.agreement(),
                  row.programme(),
                  row.startsOn(),
                  row.endsOn(),
                  row.territory().stream().map(Departement::code).map(French::departement).toList(),
                  own.stream().mapToLong(BudgetQuery.Row::ceilingCents).sum(),
                  own.stream().mapToLong(BudgetQuery.Row::activatedCents).sum(),
                  badge(row.startsOn(), row.endsOn(), today));
            })
        .toList();
  }

  static Badge badge(LocalDate startsOn, LocalDate endsOn, LocalDate today) {
    if (today.isBefore(startsOn)) {
      return Badge.calm("À venir");
    }
    return today.isAfter(endsOn) ? Badge.calm("Terminée") : Badge.good("En cours");
  }
}
