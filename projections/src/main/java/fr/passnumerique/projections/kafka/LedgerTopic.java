package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topic that holds the ledger: one partition, because running balances need the total order,
 * and kept for ever, because a projection is rebuilt from its beginning.
 */
final class LedgerTopic {
  /** A settlement run of 18 000 transfers is one fact. */
  static final int LARGEST_MESSAGE_BYTES = 64 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, String> KEPT_FOR_EVER =
      Map.of(
          TopicConfig.RETENTION_MS_CONFIG, "-1",
          TopicConfig.RETENTION_BYTES_CONFIG, "-1",
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);

  private final KafkaSettings settings;
  private final TopicPartition partition;

  LedgerTopic(KafkaSettings settings) {
    this.settings = settings;
    this.partition = new TopicPartition(settings.topic(), 0);
  }

  TopicPartition partition() {
    return partition;
  }

  /**
   * Creates the topic if there is none.
   *
   * @throws TopicRefusedException unless it has one partition and keeps everything
   */
  void ensure() throws InterruptedException {
    try (Admin admin = admin()) {
      try {
        requireKeptForEver(admin);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        create(admin);
        requireKeptForEver(admin);
      }
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /**
   * @throws TopicRefusedException unless the topic still has its beginning, one partition, and
   *     keeps everything
   */
  void requireWhole() throws InterruptedException {
    try (Admin admin = admin()) {
      requireKeptForEver(admin);
      long begin =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.earliest()))
              .partitionResult(partition)
              .get()
              .offset();
      if (begin > 0) {
        throw new TopicRefusedException(
            "topic %s is truncated: it begins at offset %d and must begin with position 1; configure a new topic, it is filled from the ledger"
                .formatted(settings.topic(), begin));
      }
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private Admin admin() {
    return Admin.create(
        settings.with(
            Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis())));
  }

  private static KafkaException unwrapped(ExecutionException e) {
    return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
  }

  private void create(Admin admin) throws InterruptedException, ExecutionException {
    NewTopic topic =
        new NewTopic(settings.topic(), Optional.of(1), settings.replicationFactor())
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    "-1",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(LARGEST_MESSAGE_BYTES)));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      // Another relay was quicker.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    // A broker tells of a topic some moments after it was created.
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        admin.describeTopics(List.of(settings.topic())).allTopicNames().get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  private void requireKeptForEver(Admin admin) throws InterruptedException, ExecutionException {
    int partitions =
        asked(
                admin.describeTopics(List.of(settings.topic())).allTopicNames().get(),
                settings.topic())
            .partitions()
            .size();
    if (partitions != 1) {
      throw new TopicRefusedException(
          "topic %s has %d partitions and must have 1, which alone keeps the ledger's order; configure another topic"
              .formatted(settings.topic(), partitions));
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
    Config config = asked(admin.describeConfigs(List.of(resource)).all().get(), resource);
    KEPT_FOR_EVER.forEach(
        (name, wanted) -> {
          String found = config.get(name).value();
          if (!wanted.equals(found)) {
            throw new TopicRefusedException(
                "topic %s has %s=%s and must have %s, or it loses facts; alter the topic"
                    .formatted(settings.topic(), name, found, wanted));
          }
        });
    String largest = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
    if (Long.parseLong(largest) < LARGEST_MESSAGE_BYTES) {
      throw new TopicRefusedException(
          "topic %s has %s=%s and must have %d or more, or it cannot take a large settlement run; alter the topic"
              .formatted(
                  settings.topic(),
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                  largest,
                  LARGEST_MESSAGE_BYTES));
    }
  }

  /**
   * Where a topic ends.
   *
   * @param last committed message; empty if there is none
   * @param offset beyond all that was ever written
   */
  record Ended(Optional<LedgerRow> last, long offset) {}

  /**
   * The last committed message, found after every transaction has ended: to be asked by the one who
   * has just fenced all other writers.
   *
   * @throws TopicRefusedException if the topic does not begin with position 1
   */
  Ended ended() throws InterruptedException {
    try (KafkaConsumer<byte[], String> consumer = reader()) {
      long begin = beginOffset(consumer);
      long end = endOffset(consumer);
      long patienceEnd = System.nanoTime() + PATIENCE.toNanos();
      while (end < lastWritten()) {
        if (System.nanoTime() > patienceEnd) {
          throw new KafkaException(
              "a transaction on topic %s does not end".formatted(settings.topic()));
        }
        Thread.sleep(50);
        end = endOffset(consumer);
      }
      requireWhole(consumer, begin, end);
      return new Ended(last(consumer, begin, end), end);
    }
  }

  /** The position of the last committed message, 0 if there is none; others may be writing. */
  long committed() {
    try (KafkaConsumer<byte[], String> consumer = reader()) {
      return last(consumer, beginOffset(consumer), endOffset(consumer))
          .map(LedgerRow::position)
          .orElse(0L);
    }
  }

  /**
   * For whoever reads on, beside others who may be writing: what is in the topic was recorded
   * before. Of its last fact, whatever somebody else has written behind it: a reader stops there,
   * once it has what comes before.
   *
   * @throws TopicRefusedException as {@link #requireIn}
   */
  void requireOf(LedgerReader ledger) {
    try (KafkaConsumer<byte[], String> consumer = reader()) {
      lastBefore(
              consumer,
              beginOffset(consumer),
              endOffset(consumer),
              message -> fact(message).isPresent())
          .map(this::required)
          .ifPresent(last -> requireIn(ledger, last));
    }
  }

  /**
   * @param last message of the topic
   * @throws TopicRefusedException unless the ledger holds it too: it was moved back, as by a
   *     restore, or is another
   */
  void requireIn(LedgerReader ledger, LedgerRow last) {
    List<LedgerRow> here = ledger.readRows(last.position() - 1, 1);
    if (here.isEmpty()) {
      throw new TopicRefusedException(
          "topic %s holds position %d and the ledger ends before: the ledger was moved back, or it is another; configure a new topic, or restore the ledger"
              .formatted(settings.topic(), last.position()));
    }
    if (!Arrays.equals(here.getFirst().hash(), last.hash())) {
      throw new TopicRefusedException(
          "topic %s holds another fact at position %d than the ledger: it is another ledger's; configure a new topic"
              .formatted(settings.topic(), last.position()));
    }
  }

  /** Empty if it is not what the relay writes, but somebody else's. */
  private static Optional<LedgerRow> fact(ConsumerRecord<byte[], String> message) {
    try {
      return Optional.of(LedgerEnvelope.read(message.value()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private LedgerRow required(ConsumerRecord<byte[], String> message) {
    return fact(message)
        .orElseThrow(
            () ->
                new TopicRefusedException(
                    "topic %s holds at offset %d what is no fact as the relay writes it: somebody else writes to it; let the relay alone do so, and configure a new topic, it is filled from the ledger"
                        .formatted(settings.topic(), message.offset())));
  }

  private Optional<LedgerRow> last(KafkaConsumer<byte[], String> consumer, long begin, long end) {
    return lastBefore(consumer, begin, end, _ -> true).map(this::required);
  }

  /** Markers of transactions lie between messages; most often two steps back are enough. */
  private Optional<ConsumerRecord<byte[], String>> lastBefore(
      KafkaConsumer<byte[], String> consumer,
      long begin,
      long end,
      Predicate<ConsumerRecord<byte[], String>> sought) {
    for (long back = 2; ; back *= 2) {
      long from = Math.max(begin, end - back);
      ConsumerRecord<byte[], String> last = null;
      consumer.seek(partition, from);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], String> found : next(consumer)) {
          last = sought.test(found) ? found : last;
        }
      }
      if (last != null) {
        return Optional.of(last);
      }
      if (from == begin) {
        return Optional.empty();
      }
    }
  }

  /**
   * The offset of the message with this position, or behind the last fact before it if it is not
   * there.
   */
  long offsetOf(long position) {
    try (KafkaConsumer<byte[], String> consumer = reader()) {
      long begin = beginOffset(consumer);
      long end = endOffset(consumer);
      requireWhole(consumer, begin, end);
      // A position is never at an offset below it: markers only push it further.
      long low = Math.min(position - 1, end);
      long high = end;
      while (low < high) {
        long middle = low + (high - low) / 2;
        Optional<ConsumerRecord<byte[], String>> found =
            firstFrom(consumer, middle, high, message -> fact(message).isPresent());
        if (found.isEmpty()) {
          high = middle;
        } else if (required(found.get()).position() < position) {
          low = found.get().offset() + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  private Optional<ConsumerRecord<byte[], String>> firstFrom(
      KafkaConsumer<byte[], String> consumer,
      long offset,
      long end,
      Predicate<ConsumerRecord<byte[], String>> sought) {
    consumer.seek(partition, offset);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], String> found : next(consumer)) {
        if (found.offset() >= end) {
          return Optional.empty();
        }
        if (sought.test(found)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private void requireWhole(KafkaConsumer<byte[], String> consumer, long begin, long end) {
    long first =
        end == begin
            ? 1
            : firstFrom(consumer, begin, end, _ -> true)
                .map(found -> required(found).position())
                .orElse(1L);
    if (begin > 0 || first != 1) {
      throw new TopicRefusedException(
          "topic %s is truncated: it begins at offset %d with position %d and must begin with position 1; configure a new topic, it is filled from the ledger"
              .formatted(settings.topic(), begin, first));
    }
  }

  private long beginOffset(KafkaConsumer<byte[], String> consumer) {
    return asked(consumer.beginningOffsets(List.of(partition)), partition);
  }

  private long endOffset(KafkaConsumer<byte[], String> consumer) {
    return asked(consumer.endOffsets(List.of(partition)), partition);
  }

  private static <K, V> V asked(Map<K, V> answers, K question) {
    V answer = answers.get(question);
    if (answer == null) {
      throw new KafkaException("the brokers gave no answer about " + question);
    }
    return answer;
  }

  /** The next messages; none if only markers came, or end of the topic. */
  private Iterable<ConsumerRecord<byte[], String>> next(KafkaConsumer<byte[], String> consumer) {
    long before = consumer.position(partition);
    ConsumerRecords<byte[], String> found = consumer.poll(PATIENCE);
    if (found.isEmpty() && consumer.position(partition) == before) {
      // A consumer does not complain about brokers that are gone.
      throw new TimeoutException(
          "topic %s gives nothing at offset %d".formatted(settings.topic(), before));
    }
    return found;
  }

  private long lastWritten() {
    try (KafkaConsumer<byte[], String> consumer = reader(IsolationLevel.READ_UNCOMMITTED)) {
      return endOffset(consumer);
    }
  }

  private KafkaConsumer<byte[], String> reader() {
    return reader(IsolationLevel.READ_COMMITTED);
  }

  private KafkaConsumer<byte[], String> reader(IsolationLevel isolation) {
    KafkaConsumer<byte[], String> consumer =
        new KafkaConsumer<>(
            settings.with(
                Map.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    isolation.toString().toLowerCase(Locale.ROOT),
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "none",
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) PATIENCE.toMillis())),
            new ByteArrayDeserializer(),
            new StringDeserializer());
    consumer.assign(List.of(partition));
    return consumer;
  }
}
