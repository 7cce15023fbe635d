package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.funding.NamedCalls;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Calls {
  public static final List<FactType> FACTS =
      List.of(FactType.v1(FundsCalled.class), FactType.v1(FundsCallCancelled.class));

  @Bean
  static CallsRegister callsRegister() {
    return new CallsRegister();
  }

  @Bean
  CallFundsDecision callFundsDecision(CallsRegister register) {
    return new CallFundsDecision(register);
  }

  @Bean
  CancelCallDecision cancelCallDecision(CallsRegister register) {
    return new CancelCallDecision(register);
  }

  /** For who records money that settles a call by its name. */
  @Bean
  NamedCalls namedCalls(CallsRegister register) {
    return new CallsByName(register);
  }

  @Bean
  ReceiptsQuery receiptsQuery(CallsRegister register, ReadLock registers) {
    return new ReceiptsQuery(register, registers);
  }

  @Bean
  ReceiptsEndpoint receiptsEndpoint(ReceiptsQuery query) {
    return new ReceiptsEndpoint(query);
  }

  @Bean
  CallsQuery callsQuery(CallsRegister register, ReadLock registers, Clock clock) {
    return new CallsQuery(register, registers, clock);
  }

  @Bean
  CallsEndpoint callsEndpoint(Commands commands, CallsQuery query) {
    return new CallsEndpoint(commands, query);
  }
}
