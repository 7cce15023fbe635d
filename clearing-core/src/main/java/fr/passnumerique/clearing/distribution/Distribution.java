package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.vault.Vault;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Distribution {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(PrescriberRegistered.class),
          FactType.v1(ChequesDelivered.class),
          FactType.v1(ChequesHandedOut.class),
          FactType.v1(StockReturned.class),
          FactType.v1(HandOutCorrected.class));

  @Bean
  static DistributionRegister distributionRegister() {
    return new DistributionRegister();
  }

  @Bean
  RegisterPrescriberDecision registerPrescriberDecision(DistributionRegister register) {
    return new RegisterPrescriberDecision(register);
  }

  @Bean
  DeliverChequesDecision deliverChequesDecision(DistributionRegister register) {
    return new DeliverChequesDecision(register);
  }

  @Bean
  HandOutChequesDecision handOutChequesDecision(DistributionRegister register) {
    return new HandOutChequesDecision(register);
  }

  @Bean
  TakeBackDecision takeBackDecision(DistributionRegister register) {
    return new TakeBackDecision(register);
  }

  @Bean
  Beneficiaries beneficiaries(
      DistributionRegister register, ReadLock registers, LedgerReader ledger, Vault vault) {
    return new Beneficiaries(register, registers, ledger, vault);
  }

  @Bean
  HandOuts handOuts(DistributionRegister register, ReadLock registers) {
    return new HandOuts(register, registers);
  }

  @Bean
  HeldCarnets heldCarnets(DistributionRegister register, ReadLock registers) {
    return new HeldCarnets(register, registers);
  }

  @Bean
  HeldCarnetsEndpoint heldCarnetsEndpoint(HeldCarnets held, Clock clock) {
    return new HeldCarnetsEndpoint(held, clock);
  }

  @Bean
  Deliveries deliveries(DistributionRegister register, ReadLock registers) {
    return new Deliveries(register, registers);
  }

  @Bean
  DeliveriesEndpoint deliveriesEndpoint(Deliveries deliveries) {
    return new DeliveriesEndpoint(deliveries);
  }

  @Bean
  HandOutList handOutList(DistributionRegister register, ReadLock registers, LedgerReader ledger) {
    return new HandOutList(register, registers, ledger.asked());
  }

  @Bean
  HandOutListEndpoint handOutListEndpoint(HandOutList handOuts) {
    return new HandOutListEndpoint(handOuts);
  }

  @Bean
  PrescribersEndpoint prescribersEndpoint(DistributionRegister register, ReadLock registers) {
    return new PrescribersEndpoint(register, registers);
  }

  @Bean
  DistributionEndpoint distributionEndpoint(Commands commands, Beneficiaries beneficiaries) {
    return new DistributionEndpoint(commands, beneficiaries);
  }
}
