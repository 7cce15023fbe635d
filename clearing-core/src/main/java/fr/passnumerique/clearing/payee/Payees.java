package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.vault.Vault;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Payees {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(VenueAccountProposed.class),
          FactType.v1(VenueAccountProposalDropped.class),
          FactType.v1(VenueAccountOpened.class),
          FactType.v1(FunderAccountProposed.class),
          FactType.v1(FunderAccountProposalDropped.class),
          FactType.v1(FunderAccountOpened.class));

  @Bean
  static PayeeRegister payeeRegister() {
    return new PayeeRegister();
  }

  @Bean
  ProposePayeeAccountDecision proposePayeeAccountDecision(PayeeRegister payees) {
    return new ProposePayeeAccountDecision(payees);
  }

  @Bean
  ConfirmPayeeAccountDecision confirmPayeeAccountDecision(PayeeRegister payees) {
    return new ConfirmPayeeAccountDecision(payees);
  }

  @Bean
  DropPayeeAccountDecision dropPayeeAccountDecision(PayeeRegister payees) {
    return new DropPayeeAccountDecision(payees);
  }

  /**
   * @param iban of the ring-fenced account, as settlement pays from it
   */
  @Bean
  PayeeAccounts payeeAccounts(
      Commands commands,
      Vault vault,
      PersonalData personal,
      PayeeRegister payees,
      ReadLock registers,
      @Value("${pass.operator.iban:}") String iban) {
    return new PayeeAccounts(
        commands, vault, personal, payees, registers, iban.replaceAll("\\s", ""));
  }

  @Bean
  LostAccounts lostAccounts(PayeeRegister payees) {
    return new LostAccounts(payees);
  }

  @Bean
  PayeeAccountEndpoint payeeAccountEndpoint(Commands commands, PayeeAccounts accounts) {
    return new PayeeAccountEndpoint(commands, accounts);
  }
}
