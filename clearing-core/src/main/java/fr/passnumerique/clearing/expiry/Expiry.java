package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Expiry {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(ExpiryAnnounced.class),
          FactType.v1(ExpirySigned.class),
          FactType.v1(ChequesExpired.class),
          FactType.v1(CreditNoteIssued.class),
          FactType.v1(CreditNoteRefunded.class),
          FactType.v1(RefundTakenBack.class));

  private static final int TICK_SECONDS = 5;

  @Bean
  static ExpiryRegister expiryRegister() {
    return new ExpiryRegister();
  }

  @Bean
  AnnounceExpiryDecision announceExpiryDecision(ExpiryRegister register) {
    return new AnnounceExpiryDecision(register);
  }

  @Bean
  ExpireChequesDecision expireChequesDecision(ExpiryRegister register) {
    return new ExpireChequesDecision(register);
  }

  @Bean
  SignExpiryDecision signExpiryDecision(ExpiryRegister register) {
    return new SignExpiryDecision(register);
  }

  @Bean
  RefundCreditNoteDecision refundCreditNoteDecision(
      ExpiryRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new RefundCreditNoteDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  ExpiryEndpoint expiryEndpoint(
      Commands commands, ExpiryRegister register, ReadLock registers, Clock clock) {
    return new ExpiryEndpoint(commands, register, registers, clock);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService expiryTicks(
      Commands commands, ExpiryRegister register, ReadLock registers, Clock clock) {
    ExpiryTick tick = new ExpiryTick(commands, register, registers, clock);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("expiry").factory());
    ticks.scheduleWithFixedDelay(tick::run, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    return ticks;
  }
}
