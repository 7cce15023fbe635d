package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.FactSources;
import fr.passnumerique.projections.loop.LedgerFactSources;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Where projections read: through Kafka if brokers are configured, else the ledger itself. See
 * {@link KafkaSettings}.
 */
@Configuration(proxyBeanMethods = false)
public class LedgerOverKafka {
  @Bean
  FactSources factSources(Environment environment, LedgerReader ledger) {
    return KafkaSettings.of(environment)
        .<FactSources>map(settings -> new KafkaFactSources(settings, ledger))
        .orElseGet(() -> new LedgerFactSources(ledger));
  }

  @Bean
  @Conditional(RelaysHere.class)
  LedgerRelay ledgerRelay(
      Environment environment, LedgerReader ledger, Clock clock, MeterRegistry meters) {
    return new LedgerRelay(KafkaSettings.of(environment).orElseThrow(), ledger, clock, meters);
  }

  /** Named {@code relay} in the health document. */
  @Bean
  @Conditional(RelaysHere.class)
  HealthIndicator relayHealthIndicator(LedgerRelay relay) {
    return new RelayHealth(relay);
  }

  /** Brokers are configured, and this node is to write to them. */
  static final class RelaysHere implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return KafkaSettings.of(context.getEnvironment()).filter(KafkaSettings::relays).isPresent();
    }
  }
}
