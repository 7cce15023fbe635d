package fr.passnumerique.clearing.budget;

import fr.passnumerique.clearing.funding.CeilingThresholds;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Budget {
  @Bean
  static BudgetRegister budgetRegister() {
    return new BudgetRegister();
  }

  /**
   * @param thresholds percent of a ceiling from which on a funder is to be told, {@code
   *     pass.budget.thresholds}
   */
  @Bean
  BudgetQuery budgetQuery(
      BudgetRegister register,
      ReadLock registers,
      Clock clock,
      @Value(CeilingThresholds.SETTING) String thresholds) {
    return new BudgetQuery(register, registers, clock, CeilingThresholds.of(thresholds));
  }

  @Bean
  BudgetEndpoint budgetEndpoint(BudgetQuery query) {
    return new BudgetEndpoint(query);
  }
}
