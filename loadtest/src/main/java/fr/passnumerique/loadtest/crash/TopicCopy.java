package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.loadtest.relay.Chain;
import fr.passnumerique.projections.kafka.LedgerEnvelope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topic as a partner reads it, committed messages only, held against the ledger message by
 * message. Goes on where it stopped; a whole look begins anew.
 */
final class TopicCopy implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], String> consumer;
  private final Faults faults;
  private final Chain chain = new Chain();
  private long position;

  TopicCopy(String bootstrapServers, String topic, Faults faults) {
    this.faults = faults;
    this.consumer =
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
  }

  /**
   * Reads until the topic holds all that was recorded.
   *
   * @param recorded has read the ledger's head
   */
  void hold(Recorded recorded, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (position < recorded.position()) {
      if (System.nanoTime() > end) {
        faults.add(
            "the topic ends at position %d, the ledger at %d", position, recorded.position());
        return;
      }
      try {
        consumer
            .poll(POLL)
            .forEach(message -> take(LedgerEnvelope.read(message.value()), recorded));
      } catch (KafkaException e) {
        // Brokers are gone for now; what was not handed out comes again.
      }
    }
  }

  void take(LedgerRow message, Recorded recorded) {
    if (message.position() <= position) {
      faults.add("position %d comes in the topic again, after %d", message.position(), position);
      return;
    }
    if (message.position() != position + 1) {
      faults.add(
          "the topic goes on with position %d after %d: %d messages are missing",
          message.position(), position, message.position() - position - 1);
    }
    boolean follows = chain.holdsFor(message);
    if (!follows && message.position() == position + 1) {
      faults.add("the hash of position %d in the topic does not follow", message.position());
    }
    position = message.position();
    if (position > recorded.position()) {
      faults.add(
          "the topic holds position %d, the ledger ends at %d", position, recorded.position());
    } else if (!Arrays.equals(message.hash(), recorded.hashAt(position))) {
      faults.add("position %d is another fact in the topic than in the ledger", position);
    }
  }

  long position() {
    return position;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
