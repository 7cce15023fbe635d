package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. Needs {@link Stops}. */
@Configuration(proxyBeanMethods = false)
public class Upkeep {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(SettingAsideProposed.class),
          FactType.v1(FactSetAside.class),
          FactType.v1(SettingAsideLiftingProposed.class),
          FactType.v1(SettingAsideLifted.class),
          FactType.v1(RebuildDifferencesProposed.class),
          FactType.v1(RebuildDifferencesAccepted.class));

  @Bean
  static UpkeepRegister upkeepRegister() {
    return new UpkeepRegister();
  }

  @Bean
  RebuildsWaiting rebuildsWaiting(UpkeepRegister register, Stops stops, ReadLock registers) {
    return new RebuildsWaiting(register, stops, registers);
  }

  @Bean
  SettingsAsideWaiting settingsAsideWaiting(
      UpkeepRegister register, Stops stops, ReadLock registers) {
    return new SettingsAsideWaiting(register, stops, registers);
  }

  @Bean
  SetFactAsideDecision setFactAsideDecision(UpkeepRegister register) {
    return new SetFactAsideDecision(register);
  }

  @Bean
  ConfirmFactAsideDecision confirmFactAsideDecision(UpkeepRegister register) {
    return new ConfirmFactAsideDecision(register);
  }

  @Bean
  LiftFactAsideDecision liftFactAsideDecision(UpkeepRegister register) {
    return new LiftFactAsideDecision(register);
  }

  @Bean
  ConfirmLiftingDecision confirmLiftingDecision(UpkeepRegister register) {
    return new ConfirmLiftingDecision(register);
  }

  @Bean
  AcceptRebuildDifferencesDecision acceptRebuildDifferencesDecision(UpkeepRegister register) {
    return new AcceptRebuildDifferencesDecision(register);
  }

  @Bean
  ConfirmRebuildDifferencesDecision confirmRebuildDifferencesDecision(UpkeepRegister register) {
    return new ConfirmRebuildDifferencesDecision(register);
  }

  @Bean
  UpkeepEndpoint upkeepEndpoint(Commands commands, Stops stops) {
    return new UpkeepEndpoint(commands, stops);
  }
}
