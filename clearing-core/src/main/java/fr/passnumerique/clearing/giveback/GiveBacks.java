package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class GiveBacks {
  public static final List<FactType> FACTS =
      List.of(FactType.v1(CreditGivenBack.class), FactType.v1(GiveBackCancelled.class));

  @Bean
  static GiveBackRegister giveBackRegister() {
    return new GiveBackRegister();
  }

  @Bean
  GiveBackCreditDecision giveBackCreditDecision(GiveBackRegister register) {
    return new GiveBackCreditDecision(register);
  }

  @Bean
  CancelGiveBackDecision cancelGiveBackDecision(
      GiveBackRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new CancelGiveBackDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  GiveBackEndpoint giveBackEndpoint(Commands commands) {
    return new GiveBackEndpoint(commands);
  }
}
