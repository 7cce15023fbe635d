package fr.passnumerique.ui.demo;

import fr.passnumerique.projections.broker.KafkaBroker;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * The profile {@code demo-kafka}: the demo with a Kafka broker of its own, a process whose data lie
 * in {@code kafka} of the data directory. It is started before anything is configured, because
 * brokers are what decides whether projections read the ledger itself; and stopped after all that
 * talks to it.
 */
public final class DemoBroker implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final Logger LOG = LoggerFactory.getLogger("demo");

  @Override
  public void initialize(GenericApplicationContext context) {
    var environment = context.getEnvironment();
    if (!environment.acceptsProfiles(Profiles.of("demo-kafka"))) {
      return;
    }
    Path directory = Path.of(environment.getProperty("pass.data-directory", ".data"), "kafka");
    LOG.info("Kafka démarre : {}", directory.toAbsolutePath());
    KafkaBroker broker = KafkaBroker.in(directory, System.getProperty("java.class.path")).start();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "demo-kafka", Map.of("spring.kafka.bootstrap-servers", broker.bootstrapServers())));
    LOG.info("Kafka répond : {}", broker.bootstrapServers());
    context.registerBean("demoBroker", Running.class, () -> new Running(broker));
  }

  /** Stopped last: relay and projections give back what they hold while it still answers. */
  static final class Running implements SmartLifecycle {
    private final KafkaBroker broker;
    private volatile boolean running;

    Running(KafkaBroker broker) {
      this.broker = broker;
    }

    @Override
    public void start() {
      running = true;
    }

    @Override
    public void stop() {
      broker.close();
      running = false;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return Integer.MIN_VALUE;
    }
  }
}
