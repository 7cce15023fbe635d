package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.access.AccountsWaiting;
import fr.passnumerique.clearing.bank.StatementsInDoubt;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.payee.LostAccounts;
import fr.passnumerique.clearing.reversal.Recoveries;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Worklist {
  @Bean
  static WorklistRegister worklistRegister() {
    return new WorklistRegister();
  }

  @Bean
  static DueRegister dueRegister() {
    return new DueRegister();
  }

  /**
   * @param days {@code pass.worklist.bank-answers-within-days}: banking days after that of the
   *     download of a file, at the end of which the bank's silence becomes a task
   */
  @Bean
  static SentRegister sentRegister(
      @Value("${pass.worklist.bank-answers-within-days:" + SentRegister.USUAL_DAYS + "}")
          int days) {
    return new SentRegister(days);
  }

  @Bean
  WorklistQuery worklistQuery(
      WorklistRegister begun,
      DueRegister due,
      SentRegister sent,
      StatementsInDoubt statements,
      Recoveries recoveries,
      LostAccounts lost,
      RebuildsWaiting rebuilds,
      SettingsAsideWaiting settingsAside,
      AccountsWaiting accounts,
      CoverQuery cover,
      ReadLock registers,
      Clock clock) {
    return new WorklistQuery(
        begun,
        due,
        sent,
        statements,
        recoveries,
        lost,
        rebuilds,
        settingsAside,
        accounts,
        cover,
        registers,
        clock);
  }

  @Bean
  WorklistEndpoint worklistEndpoint(WorklistQuery worklist) {
    return new WorklistEndpoint(worklist);
  }
}
