package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.access.GuessBudget;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Redemption {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(SlipJudged.class).frequent(),
          FactType.v1(SlipWithdrawn.class),
          FactType.v1(OppositionProposed.class),
          FactType.v1(ChequesOpposed.class),
          FactType.v1(ChequesReplaced.class));

  @Bean
  static RedemptionRegister redemptionRegister() {
    return new RedemptionRegister();
  }

  @Bean
  SlipDigest slipDigest(CheckKeys keys) {
    return new SlipDigest(keys);
  }

  @Bean
  SlipDecision slipDecision(RedemptionRegister register, CheckKeys keys, SlipDigest digest) {
    return new SlipDecision(register, keys, digest);
  }

  @Bean
  WithdrawSlipDecision withdrawSlipDecision(RedemptionRegister register) {
    return new WithdrawSlipDecision(register);
  }

  /**
   * @param mostAlone {@code pass.opposition.most-cheques-alone}: more need a second person
   */
  @Bean
  OpposeChequesDecision opposeChequesDecision(
      RedemptionRegister register,
      @Value("${pass.opposition.most-cheques-alone:100}") int mostAlone) {
    return new OpposeChequesDecision(register, mostAlone);
  }

  @Bean
  ApproveOppositionDecision approveOppositionDecision(RedemptionRegister register) {
    return new ApproveOppositionDecision(register);
  }

  @Bean
  ReplaceChequesDecision replaceChequesDecision(RedemptionRegister register, CheckKeys keys) {
    return new ReplaceChequesDecision(register, keys.currentKeyName());
  }

  @Bean
  OppositionList oppositionList(RedemptionRegister register, ReadLock registers) {
    return new OppositionList(register, registers);
  }

  @Bean
  OppositionListEndpoint oppositionListEndpoint(OppositionList oppositions) {
    return new OppositionListEndpoint(oppositions);
  }

  @Bean
  OppositionEndpoint oppositionEndpoint(Commands commands) {
    return new OppositionEndpoint(commands);
  }

  @Bean
  ChequeCheckEndpoint chequeCheckEndpoint(
      ChequeCounter counter, GuessBudget falseCheckParts, HoldersCounter holders) {
    return new ChequeCheckEndpoint(counter, falseCheckParts, holders);
  }

  /**
   * @param perMinute {@code pass.public-check.per-minute}: checks of codes that one address may
   *     make without an account
   */
  @Bean
  HoldersCounter holdersCounter(
      ChequeCounter counter, @Value("${pass.public-check.per-minute:30}") int perMinute) {
    return new HoldersCounter(counter, new PublicChecks(perMinute, TimeMeter.SYSTEM_NANOTIME));
  }

  @Bean
  ChequeCounter chequeCounter(
      RedemptionRegister register, ReadLock registers, CheckKeys keys, Clock clock) {
    return new ChequeCounter(register, registers, keys, clock);
  }

  @Bean
  GuessBudget falseCheckParts(
      @Value("${pass.slips.false-check-parts-an-hour:1000}") int falsePartsAnHour) {
    return new GuessBudget(falsePartsAnHour, System::nanoTime);
  }

  @Bean
  SlipDesk slipDesk(
      RedemptionRegister register,
      ReadLock registers,
      CheckKeys keys,
      SlipDigest digest,
      GuessBudget falseCheckParts,
      ObjectProvider<MeterRegistry> meters) {
    return new SlipDesk(
        register,
        registers,
        keys,
        digest,
        falseCheckParts,
        meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  SlipArchive slipArchive(RedemptionRegister register, ReadLock registers, LedgerReader ledger) {
    return new SlipArchive(register, registers, ledger.asked());
  }

  @Bean
  SlipEndpoint slipEndpoint(SlipDesk desk, SlipArchive archive, Commands commands) {
    return new SlipEndpoint(desk, archive, commands);
  }
}
