package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.StateGrid2019.Project;
import fr.passnumerique.clearing.funding.StateGrid2019.Share;
import fr.passnumerique.clearing.funding.StateGrid2019.Territory;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the State would pay. Computes, and records nothing. */
@RestController
@RequestMapping("/api")
final class StateShareEndpoint {
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  @PostMapping("/state-share")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  @Operation(
      operationId = "computeStateShare",
      summary = "The State's share of a project by the published grid of 2019; records nothing",
      description =
          """
          Base 20 %, if a target public is named; +15 % if mediation actors are being structured, \
          +5 % if a regional hub is a partner, +10 % if other project holders take part, +10 % with \
          European funds, and 0, 2, 3, 4 or 5 % for the territory, by its population, density \
          (per km²) and poverty rate (0 to 1) against the national means of its `scale`. Amount = \
          own budget / (1 − rate) × rate, rounded to the euro, at most 1 200 000 €.\
          """)
  Share computeStateShare(@RequestBody Project project) {
    Refusal refusal =
        Bounds.first(
            Bounds.amount(
                FundingRefusal.AMOUNT_OUT_OF_RANGE, "ownBudgetCents", project.ownBudgetCents()),
            project.territory().map(StateShareEndpoint::refusal).orElse(null));
    if (refusal != null) {
      throw Problem.of(refusal);
    }
    return StateGrid2019.of(project);
  }

  private static @Nullable Refusal refusal(Territory territory) {
    return Bounds.first(
        figure("population", territory.population(), MOST),
        figure("density", territory.density(), MOST),
        figure("povertyRate", territory.povertyRate(), BigDecimal.ONE));
  }

  private static @Nullable Refusal figure(String field, BigDecimal figure, BigDecimal most) {
    return figure.signum() >= 0 && figure.compareTo(most) <= 0
        ? null
        : FundingRefusal.TERRITORY_FIGURE_OUT_OF_RANGE.because(
            field,
            "%s must be 0 to %s".formatted(field, most.toPlainString()),
            field.equals("povertyRate")
                ? "give a rate, 0.148 for 14.8 %"
                : "give the published figure");
  }
}
