package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.reversal.Recoveries;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Worklist {
  @Bean
  WorklistRegister worklistRegister() {
    return new WorklistRegister();
  }

  @Bean
  DueRegister dueRegister() {
    return new DueRegister();
  }

  @Bean
  WorklistQuery worklistQuery(
      WorklistRegister begun,
      DueRegister due,
      Recoveries recoveries,
      RebuildsWaiting rebuilds,
      SettingsAsideWaiting settingsAside,
      CoverQuery cover,
      ReadLock registers,
      Clock clock) {
    return new WorklistQuery(
        begun, due, recoveries, rebuilds, settingsAside, cover, registers, clock);
  }

  @Bean
  WorklistEndpoint worklistEndpoint(WorklistQuery worklist) {
    return new WorklistEndpoint(worklist);
  }
}
