package fr.passnumerique.projections.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.FactSources;
import fr.passnumerique.projections.loop.LedgerFactSources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

class LedgerOverKafkaTest {
  /** Port 1 answers nobody: nothing here needs a broker. */
  private static final String BROKERS = "spring.kafka.bootstrap-servers=127.0.0.1:1";

  private final ApplicationContextRunner node =
      new ApplicationContextRunner()
          .withUserConfiguration(LedgerOverKafka.class)
          .withBean(LedgerReader.class, () -> Mockito.mock(LedgerReader.class))
          .withBean(Clock.class, Clock::systemUTC)
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

  @Test
  void withoutBrokersTheLedgerItselfIsRead() {
    for (String none : new String[] {"spring.kafka.bootstrap-servers=", "x=y"}) {
      node.withPropertyValues(none)
          .run(
              context ->
                  assertThat(context)
                      .hasNotFailed()
                      .doesNotHaveBean(LedgerRelay.class)
                      .getBean(FactSources.class)
                      .isInstanceOf(LedgerFactSources.class));
    }
  }

  @Test
  void withBrokersTheLedgerIsRelayedAndReadThroughThem() {
    node.withPropertyValues(BROKERS)
        .run(
            context -> {
              assertThat(context).hasSingleBean(LedgerRelay.class).hasBean("relayHealthIndicator");
              assertThat(context.getBean(FactSources.class)).isInstanceOf(KafkaFactSources.class);
            });
  }

  @Test
  void aNodeMayReadTheTopicAndLeaveWritingItToOthers() {
    node.withPropertyValues(BROKERS, "pass.kafka.relay=false")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(LedgerRelay.class);
              assertThat(context.getBean(FactSources.class)).isInstanceOf(KafkaFactSources.class);
            });
  }

  @Test
  void whatTheBrokersAskOfClientsIsHandedOn() {
    MockEnvironment environment =
        new MockEnvironment()
            .withProperty("spring.kafka.bootstrap-servers", "a:9092,b:9092")
            .withProperty("spring.kafka.properties.security.protocol", "SSL")
            .withProperty("pass.kafka.topic", "pass.test")
            .withProperty("pass.kafka.replication-factor", "3")
            .withProperty("pass.node.address", "https://node-1.pass.example:8443");
    KafkaSettings settings = KafkaSettings.of(environment).orElseThrow();
    assertThat(settings.clients())
        .containsEntry("bootstrap.servers", "a:9092,b:9092")
        .containsEntry("security.protocol", "SSL");
    assertThat(settings.topic()).isEqualTo("pass.test");
    assertThat(settings.replicationFactor()).isEqualTo(Optional.of((short) 3));
    assertThat(settings.relays()).isTrue();
    // Of what brokers take in a name.
    assertThat(settings.node()).contains("https___node-1.pass.example_8443");
  }
}
