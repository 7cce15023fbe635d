package fr.passnumerique.loadtest.relay;

import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.projections.kafka.LedgerEnvelope;
import java.time.Duration;
import java.util.HexFormat;
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
  private final Chain chain = new Chain();
  private volatile boolean closing;
  private volatile Seen seen = new Seen(0, 0, 0, 0, 0, "");

  /**
   * What came.
   *
   * @param position of the last in order
   * @param lost positions passed over
   * @param doubled messages of a position that had come before
   * @param outOfOrder of these, not a repetition of the one just before
   * @param chainBreaks messages whose hash does not follow from the one before
   * @param head the last hash, in hexadecimal
   */
  record Seen(
      long position, long lost, long doubled, long outOfOrder, long chainBreaks, String head) {
    boolean faultless() {
      return lost == 0 && doubled == 0 && outOfOrder == 0 && chainBreaks == 0;
    }
  }

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
    Seen before = seen;
    long next = before.position() + 1;
    if (row.position() < next) {
      seen =
          new Seen(
              before.position(),
              before.lost(),
              before.doubled() + 1,
              before.outOfOrder() + (row.position() == before.position() ? 0 : 1),
              before.chainBreaks(),
              before.head());
      return;
    }
    boolean holds = chain.holdsFor(row);
    seen =
        new Seen(
            row.position(),
            before.lost() + row.position() - next,
            before.doubled(),
            before.outOfOrder(),
            before.chainBreaks() + (holds ? 0 : 1),
            HexFormat.of().formatHex(chain.last()));
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
