package fr.passnumerique.loadtest.relay;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Holds a relay up in the middle of a transaction, with the messages before at the broker, until it
 * is killed there. A kill at any moment hits that window of milliseconds only now and then.
 */
public final class Deadly
    implements ProducerInterceptor<byte[], String>, ConsumerInterceptor<byte[], String> {
  static final String IN_TRANSACTION = "in a transaction";

  /** Messages of one transaction follow each other sooner than a transaction ends. */
  private static final long SAME_TRANSACTION_NANOS = 2_000_000;

  /** Longer than a message lingers with the producer, and a round trip. */
  private static final long SENT_MILLIS = 200;

  private static volatile boolean armed;

  private long last = System.nanoTime() - SAME_TRANSACTION_NANOS;

  static void arm() {
    armed = true;
  }

  @Override
  public ProducerRecord<byte[], String> onSend(ProducerRecord<byte[], String> message) {
    long now = System.nanoTime();
    if (armed && now - last < SAME_TRANSACTION_NANOS) {
      try {
        Thread.sleep(SENT_MILLIS);
        System.out.println(IN_TRANSACTION);
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    last = System.nanoTime();
    return message;
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception failure) {}

  // A relay's consumers are given what its producer is given.

  @Override
  public ConsumerRecords<byte[], String> onConsume(ConsumerRecords<byte[], String> messages) {
    return messages;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
