package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Funding {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(ProgrammeDefined.class),
          FactType.v1(FunderRegistered.class),
          FactType.v1(AgreementSigned.class),
          FactType.v1(AgreementAmended.class),
          FactType.v1(FundsReceived.class),
          FactType.v1(ReceiptTakenBack.class),
          FactType.v1(FundsTransferred.class));

  @Bean
  static FundingRegister fundingRegister() {
    return new FundingRegister();
  }

  @Bean
  DefineProgrammeDecision defineProgrammeDecision(FundingRegister register) {
    return new DefineProgrammeDecision(register);
  }

  @Bean
  RegisterFunderDecision registerFunderDecision(FundingRegister register) {
    return new RegisterFunderDecision(register);
  }

  @Bean
  SignAgreementDecision signAgreementDecision(FundingRegister register) {
    return new SignAgreementDecision(register);
  }

  @Bean
  AmendAgreementDecision amendAgreementDecision(FundingRegister register) {
    return new AmendAgreementDecision(register);
  }

  @Bean
  RecordReceiptDecision recordReceiptDecision(
      FundingRegister register, ObjectProvider<NamedCalls> calls) {
    return new RecordReceiptDecision(register, calls.getIfAvailable(() -> NamedCalls.NONE));
  }

  @Bean
  TransferFundsDecision transferFundsDecision(FundingRegister register) {
    return new TransferFundsDecision(register);
  }

  @Bean
  StateShareEndpoint stateShareEndpoint() {
    return new StateShareEndpoint();
  }

  @Bean
  Agreements agreements(FundingRegister register, ReadLock registers, Clock clock) {
    return new Agreements(register, registers, clock);
  }

  @Bean
  AgreementsEndpoint agreementsEndpoint(Agreements agreements) {
    return new AgreementsEndpoint(agreements);
  }

  @Bean
  PartiesEndpoint partiesEndpoint(FundingRegister register, ReadLock registers) {
    return new PartiesEndpoint(register, registers);
  }

  @Bean
  FundingEndpoint fundingEndpoint(Commands commands) {
    return new FundingEndpoint(commands);
  }
}
