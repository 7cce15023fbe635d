package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.vault.Vault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Settlement {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(SettlementCalendarSet.class),
          FactType.v1(SettlementRunOpened.class),
          FactType.v1(SettlementRunContinued.class),
          FactType.v1(SettlementRunReleased.class),
          FactType.v1(SettlementRunCancelled.class),
          FactType.v1(CreditTransferFileDownloaded.class),
          FactType.v1(TransferConfirmed.class),
          FactType.v1(TransferRejected.class),
          FactType.v1(TransferExecuted.class),
          FactType.v1(TransferDebited.class),
          FactType.v1(TransferDebitTakenBack.class),
          FactType.v1(TransferExecutionTakenBack.class),
          FactType.v1(TransferReturned.class),
          FactType.v1(TransferReinstated.class));

  private static final int TICK_SECONDS = 5;

  @Bean
  static SettlementRegister settlementRegister() {
    return new SettlementRegister();
  }

  @Bean
  SetSettlementCalendarDecision setSettlementCalendarDecision(SettlementRegister register) {
    return new SetSettlementCalendarDecision(register);
  }

  @Bean
  OpenSettlementRunDecision openSettlementRunDecision(
      SettlementRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new OpenSettlementRunDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  ReleaseSettlementRunDecision releaseSettlementRunDecision(
      SettlementRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new ReleaseSettlementRunDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  CancelSettlementRunDecision cancelSettlementRunDecision(
      SettlementRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new CancelSettlementRunDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  DownloadCreditTransferFileDecision downloadCreditTransferFileDecision(
      SettlementRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new DownloadCreditTransferFileDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  BankWord bankWord(SettlementRegister register) {
    return new BankWord(register);
  }

  @Bean
  LineMoney lineMoney(SettlementRegister register) {
    return new LineMoney(register);
  }

  @Bean
  ConfirmTransferDecision confirmTransferDecision(
      SettlementRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new ConfirmTransferDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  RejectTransferDecision rejectTransferDecision(SettlementRegister register) {
    return new RejectTransferDecision(register);
  }

  /**
   * The account to pay from: {@code pass.operator.name}, {@code pass.operator.iban}, and {@code
   * pass.operator.bic}, {@code pass.operator.town} if the bank wants them.
   */
  @Bean
  SettlementRuns settlementRuns(
      SettlementRegister register,
      ReadLock registers,
      LedgerReader ledger,
      Vault vault,
      Environment environment) {
    return new SettlementRuns(register, registers, ledger, vault, operator(environment));
  }

  @Bean
  TransferFiles transferFiles(Environment environment) {
    return new TransferFiles(operator(environment));
  }

  private static Optional<OperatorAccount> operator(Environment environment) {
    String iban = environment.getProperty("pass.operator.iban", "");
    return iban.isBlank()
        ? Optional.empty()
        : Optional.of(
            OperatorAccount.of(
                environment.getProperty("pass.operator.name", ""),
                iban,
                environment.getProperty("pass.operator.bic", ""),
                environment.getProperty("pass.operator.town", "")));
  }

  @Bean
  RunList runList(SettlementRegister register, ReadLock registers) {
    return new RunList(register, registers);
  }

  @Bean
  RunListEndpoint runListEndpoint(RunList runs) {
    return new RunListEndpoint(runs);
  }

  @Bean
  SlipList slipList(SettlementRegister register, ReadLock registers, LedgerReader ledger) {
    return new SlipList(register, registers, ledger.asked());
  }

  @Bean
  ListedVenues listedVenues(SettlementRegister register, ReadLock registers) {
    return new ListedVenues(register, registers);
  }

  @Bean
  SlipListEndpoint slipListEndpoint(SlipList slips, ListedVenues venues) {
    return new SlipListEndpoint(slips, venues);
  }

  @Bean
  TransferList transferList(SettlementRegister register, ReadLock registers) {
    return new TransferList(register, registers);
  }

  @Bean
  TransferListEndpoint transferListEndpoint(TransferList transfers, ListedVenues venues) {
    return new TransferListEndpoint(transfers, venues);
  }

  @Bean
  RunTransfersEndpoint runTransfersEndpoint(SettlementRuns runs) {
    return new RunTransfersEndpoint(runs);
  }

  @Bean
  RemittanceAdvices remittanceAdvices(
      SettlementRegister register, ReadLock registers, LedgerReader ledger) {
    return new RemittanceAdvices(register, registers, ledger.asked());
  }

  @Bean
  RemittanceAdviceEndpoint remittanceAdviceEndpoint(RemittanceAdvices advices) {
    return new RemittanceAdviceEndpoint(advices);
  }

  @Bean
  SettlementCalendarEndpoint settlementCalendarEndpoint(
      Commands commands, SettlementRegister register, ReadLock registers, Clock clock) {
    return new SettlementCalendarEndpoint(commands, register, registers, clock);
  }

  @Bean
  LatePayments latePayments(SettlementRegister register, ReadLock registers) {
    return new LatePayments(register, registers);
  }

  @Bean
  LatePaymentEndpoint latePaymentEndpoint(LatePayments late, Clock clock) {
    return new LatePaymentEndpoint(late, clock);
  }

  /** Cents that are not paid and whose last day is past. */
  @Bean
  MeterBinder latePaymentMeters(LatePayments late, Clock clock) {
    return meters ->
        Gauge.builder(
                "pass.settlement.late.cents",
                late,
                payments -> payments.openLateCents(Paris.dayOf(clock.instant())))
            .register(meters);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService settlementTicks(
      Commands commands, SettlementRegister register, ReadLock registers, Clock clock) {
    SettlementTick tick = new SettlementTick(commands, register, registers, clock);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("settlement").factory());
    ticks.scheduleWithFixedDelay(tick::run, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    return ticks;
  }

  @Bean
  Releasable releasable(Commands commands) {
    return new Releasable(commands);
  }

  @Bean
  SettlementEndpoint settlementEndpoint(Commands commands, SettlementRuns runs) {
    return new SettlementEndpoint(commands, runs);
  }
}
