package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.broker.KafkaBroker;
import fr.passnumerique.projections.kafka.KafkaFactSources;
import fr.passnumerique.projections.kafka.KafkaSettings;
import fr.passnumerique.projections.kafka.LedgerRelay;
import fr.passnumerique.projections.loop.Bookmark;
import fr.passnumerique.projections.loop.FactSource;
import fr.passnumerique.ui.install.TrialStart;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The trial start of an application and a broker that are to share a class cache: both run in this
 * one process, and the ledger goes through the topic once.
 */
public final class TrialWithBroker {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private TrialWithBroker() {}

  /**
   * @param arguments the directory for its data
   */
  public static void main(String[] arguments) {
    Path data = Path.of(arguments[0]);
    KafkaBroker broker =
        KafkaBroker.in(data.resolve("broker"), System.getProperty("java.class.path"));
    Thread.ofPlatform().daemon().name("broker").start(broker::runHere);
    TrialStart.run(data, ledger -> passThrough(broker, ledger));
  }

  private static void passThrough(KafkaBroker broker, LedgerReader ledger)
      throws InterruptedException {
    KafkaSettings settings = KafkaSettings.of(broker.bootstrapServers(), Installation.TOPIC);
    LedgerRelay relay =
        new LedgerRelay(settings, ledger, Clock.systemUTC(), new SimpleMeterRegistry());
    relay.start();
    try (FactSource topic = new KafkaFactSources(settings, ledger).open("trial")) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (topic
          .read(new Bookmark(0, Bookmark.NO_OFFSET), 1_000, Duration.ofMillis(100))
          .isEmpty()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "nothing came through the topic in %s: %s".formatted(PATIENCE, relay.status()));
        }
      }
    } finally {
      relay.stop();
    }
  }
}
