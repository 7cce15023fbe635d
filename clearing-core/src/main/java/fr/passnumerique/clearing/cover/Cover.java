package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Cover {
  @Bean
  static CoverRegister coverRegister() {
    return new CoverRegister();
  }

  @Bean
  CoverQuery coverQuery(
      CoverRegister register, ReadLock registers, ObjectProvider<LedgerReader> ledger) {
    // The ledger is opened after its registers.
    return new CoverQuery(register, registers, new PastCover(ledger::getObject));
  }

  @Bean
  CoverEndpoint coverEndpoint(CoverQuery cover) {
    return new CoverEndpoint(cover);
  }

  @Bean
  MeterBinder coverMeters(CoverQuery cover) {
    return meters -> {
      gauge(meters, "pass.cover.breaches", cover, read -> read.breaches());
      gauge(meters, "pass.cover.unexplained.debits.cents", cover, Cover::taken);
      gauge(meters, "pass.cover.missing.cents", cover, read -> read.total().missingCents());
      gauge(meters, "pass.cover.proven", cover, read -> read.proof().proven() ? 1 : 0);
    };
  }

  /** What the bank took and nobody has explained: above 0 it blocks every activation. */
  private static long taken(CoverRead read) {
    CoverRead.AccountBreach breach = read.accountBreach();
    Long cents = breach == null ? null : breach.unexplainedDebitsCents();
    return cents == null ? 0 : cents;
  }

  private static void gauge(
      MeterRegistry meters, String name, CoverQuery cover, ToDoubleFunction<CoverRead> value) {
    Gauge.builder(name, cover, query -> now(query, value)).register(meters);
  }

  private static double now(CoverQuery cover, ToDoubleFunction<CoverRead> value) {
    try {
      return value.applyAsDouble(cover.read(CoverQuery.Filter.ALL));
    } catch (LedgerUnavailableException e) {
      return Double.NaN;
    }
  }

  /**
   * Never down: a breach is for people to repair, and starting the node again repairs nothing.
   * Unknown on a node whose ledger is stopped, which the ledger's own health tells.
   */
  @Bean
  HealthIndicator coverHealth(CoverQuery cover) {
    return () -> {
      CoverRead read;
      try {
        read = cover.read(CoverQuery.Filter.ALL);
      } catch (LedgerUnavailableException e) {
        return Health.unknown().withDetail("reason", String.valueOf(e.getMessage())).build();
      }
      return Health.up()
          .withDetail("state", read.state())
          .withDetail("position", read.position())
          .withDetail("breaches", read.breaches())
          .withDetail("unexplainedDebitsCents", taken(read))
          .withDetail("missingCents", read.total().missingCents())
          .withDetail("proof", read.proof().why())
          .build();
    };
  }
}
