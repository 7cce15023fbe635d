package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Issuance {
  public static final List<FactType> FACTS =
      List.of(FactType.v1(ChequesIssued.class), FactType.v1(ChequesActivated.class));

  /**
   * @param directory of the master keys, {@code pass.check-keys-directory}; in production a disk
   *     with a backup of its own
   */
  @Bean
  CheckKeys checkKeys(
      @Value("${pass.check-keys-directory:${pass.data-directory:.data}/check-keys}")
          Path directory) {
    return FileCheckKeys.open(directory);
  }

  @Bean
  static IssuanceRegister issuanceRegister() {
    return new IssuanceRegister();
  }

  @Bean
  OrderChequesDecision orderChequesDecision(IssuanceRegister register, CheckKeys keys) {
    return new OrderChequesDecision(register, keys.currentKeyName());
  }

  @Bean
  ActivateChequesDecision activateChequesDecision(IssuanceRegister register) {
    return new ActivateChequesDecision(register);
  }

  @Bean
  CodeDesk codeDesk(IssuanceRegister register, ReadLock registers, CheckKeys keys) {
    return new CodeDesk(register, registers, keys);
  }

  @Bean
  Orders orders(IssuanceRegister register, ReadLock registers) {
    return new Orders(register, registers);
  }

  @Bean
  OrdersEndpoint ordersEndpoint(Orders orders) {
    return new OrdersEndpoint(orders);
  }

  @Bean
  IssuanceEndpoint issuanceEndpoint(Commands commands, CodeDesk desk) {
    return new IssuanceEndpoint(commands, desk);
  }
}
