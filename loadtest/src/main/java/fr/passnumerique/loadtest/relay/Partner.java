package fr.passnumerique.loadtest.relay;

import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.loadtest.relay.Arrivals.Seen;
import fr.passnumerique.projections.kafka.LedgerEnvelope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the topic from its beginning as a partner does, committed messages only, and goes on while
 * everything breaks: what it ever saw in a wrong place is counted.
 */
final class Partner implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], String> consumer;
  private final Thread thread;
  private final Arrivals arrivals = new Arrivals();
  private volatile boolean closing;
  private volatile Seen seen = Seen.NOTHING;

  Partner(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new StringDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    thread = Thread.ofPlatform().name("partner").start(this::read);
  }

  private void read() {
    try (consumer) {
      while (!closing) {
        try {
          consumer.poll(POLL).forEach(message -> take(LedgerEnvelope.read(message.value())));
        } catch (KafkaException e) {
          // Brokers are gone for now; what was not handed out comes again.
        }
      }
    }
  }

  private void take(LedgerRow row) {
    seen = arrivals.take(row);
  }

  Seen seen() {
    return seen;
  }

  boolean awaitPosition(long position, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (seen.position() < position) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
