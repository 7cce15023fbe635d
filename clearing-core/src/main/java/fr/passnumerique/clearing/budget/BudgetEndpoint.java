package fr.passnumerique.clearing.budget;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Budgets over HTTP. A funder reads its own shares. */
@RestController
@RequestMapping("/api")
final class BudgetEndpoint {
  private final BudgetRegister register;
  private final BudgetQuery query;
  private final ReadLock registers;

  BudgetEndpoint(BudgetRegister register, BudgetQuery query, ReadLock registers) {
    this.register = register;
    this.query = query;
    this.registers = registers;
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
          Used is what is activated. The day of exhaustion is today + what remains below the ceiling \
          ÷ the daily rate of activations, rounded up to the day; the rate is taken over the last 90 \
          days, today included, or since the first activation if that is less. Without activations \
          in that time it is not foreseeable, and `exhaustedOn` is left out. `calledCents` is called and \
          not received.\
          """)
  BudgetQuery.Budgets readBudgets(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder) {
    String owner =
        actor.role() == FUNDER ? actor.subject() : funder == null ? null : funder.value();
    return registers.read(() -> read(actor, agreement == null ? null : agreement.value(), owner));
  }

  private BudgetQuery.Budgets read(
      Actor actor, @Nullable String agreement, @Nullable String funder) {
    if (funder != null && actor.role() != FUNDER && !register.knowsFunder(funder)) {
      throw Problem.notFound("funder " + funder);
    }
    if (agreement != null
        && !(actor.role() == FUNDER
            ? register.isShare(agreement, actor.subject())
            : register.knowsAgreement(agreement))) {
      throw Problem.notFound("agreement " + agreement);
    }
    return query.rows(agreement, funder);
  }
}
