package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.Bookmark;
import fr.passnumerique.projections.loop.BrokenSourceException;
import fr.passnumerique.projections.loop.FactSource;
import fr.passnumerique.projections.loop.SourceUnavailableException;
import fr.passnumerique.projections.loop.SourcedFact;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * One projection's reading of the topic.
 *
 * <p>The group makes one of several nodes active and the others stand by; where to read is said by
 * the bookmark that lies with the projection's rows, never by the group. The offsets committed to
 * the group are for those who watch lag with Kafka's own tools.
 */
final class KafkaFactSource implements FactSource {
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

  /** A poll of dead brokers comes back empty, as one of a topic without news does. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);

  private final LedgerTopic topic;
  private final TopicPartition partition;
  private final LedgerReader ledger;
  private final String node;
  private final KafkaConsumer<byte[], String> consumer;

  /** Fetched and not handed out. */
  private final ArrayDeque<ConsumerRecord<byte[], String>> fetched = new ArrayDeque<>();

  /** After which fact the fetched messages begin; null while that is to be sought. */
  private @Nullable Bookmark cursor;

  /** The topic may not have reached the cursor yet: what comes before it is passed over. */
  private boolean catchingUp;

  /** The bookmark's offset was tried and is of another topic, so its position is searched for. */
  private boolean searching;

  /** Nothing was handed out since the last seek. */
  private boolean justSought;

  private Bookmark wanted = new Bookmark(0, Bookmark.NO_OFFSET);
  private boolean assigned;
  private long committedOffset;
  private long committedNanos = System.nanoTime();
  private long answeredNanos = System.nanoTime() - ASK_EVERY.toNanos();
  private volatile long head;

  KafkaFactSource(KafkaSettings settings, String reader, String node, LedgerReader ledger) {
    this.topic = new LedgerTopic(settings);
    this.partition = topic.partition();
    this.ledger = ledger;
    this.node = node;
    this.consumer =
        new KafkaConsumer<>(
            settings.with(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    settings.topic() + "." + reader,
                    // The next of this name takes the place of one that was killed at once, without
                    // waiting for its session to end.
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    node,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "none",
                    // A topic that the relay has yet to create is noticed this soon.
                    ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                    10_000,
                    // A standby takes over this long after a node has died; brokers refuse less
                    // unless they are told otherwise.
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    6_000,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                    1_500,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    15_000)),
            new ByteArrayDeserializer(),
            new StringDeserializer());
    consumer.subscribe(
        List.of(settings.topic()),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.contains(partition)) {
              assigned = true;
              seek();
            }
          }

          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            assigned = false;
            forget();
          }
        });
  }

  @Override
  public List<SourcedFact> read(Bookmark after, int limit, Duration atMost)
      throws InterruptedException {
    try {
      wanted = after;
      if (!after.equals(cursor)) {
        forget();
        if (assigned) {
          seek();
        }
      }
      if (fetched.isEmpty()) {
        consumer.poll(atMost).forEach(fetched::addLast);
        requireAnAnswer();
      }
      return cursor == null ? List.of() : handOut(cursor, limit);
    } catch (InterruptException e) {
      // Kafka's clients set the flag again; the loop is told by the exception.
      Thread.interrupted();
      throw new InterruptedException();
    } catch (InvalidOffsetException e) {
      if (searching) {
        throw new BrokenSourceException(
            after.position() + 1, "the topic no longer holds what follows: " + e.getMessage(), e);
      }
      search();
      return List.of();
    } catch (FencedInstanceIdException e) {
      throw new SourceUnavailableException(
          "another node is known to the brokers as %s too, and each of the two pushes the other out; give every node a pass.node.address of its own"
              .formatted(node),
          e);
    } catch (KafkaException | TopicRefusedException | LedgerUnavailableException e) {
      // What is thrown when a partition is assigned comes wrapped.
      Throwable cause = e.getCause() instanceof TopicRefusedException refused ? refused : e;
      if (cause instanceof TopicRefusedException) {
        throw new BrokenSourceException(
            after.position() + 1,
            "the topic cannot be read on from position %d: %s"
                .formatted(after.position(), cause.getMessage()),
            cause);
      }
      throw new SourceUnavailableException("the topic cannot be read now: " + e, e);
    }
  }

  /** Of the brokers and not of the topic, which the relay may have yet to create. */
  private void requireAnAnswer() {
    long now = System.nanoTime();
    if (fetched.isEmpty()) {
      if (now - answeredNanos < ASK_EVERY.toNanos()) {
        return;
      }
      consumer.listTopics(ANSWERED_WITHIN);
    }
    answeredNanos = now;
  }

  private List<SourcedFact> handOut(Bookmark from, int limit) {
    List<SourcedFact> facts = new ArrayList<>();
    Bookmark last = from;
    while (facts.size() < limit && !fetched.isEmpty()) {
      ConsumerRecord<byte[], String> message = fetched.getFirst();
      SourcedFact fact;
      try {
        fact = fact(message, last.position() + 1);
        justSought = false;
      } catch (BrokenSourceException e) {
        if (justSought && !searching) {
          search();
          return List.of();
        }
        if (facts.isEmpty()) {
          throw e;
        }
        // Those before it are good; it is met again as the first of the next read.
        break;
      }
      fetched.removeFirst();
      if (fact.position() <= last.position()) {
        continue;
      }
      catchingUp = false;
      // What was searched for is found: the next bookmark has an offset of this topic.
      searching = false;
      facts.add(fact);
      last = fact.bookmark();
    }
    cursor = last;
    OptionalLong lag = consumer.currentLag(partition);
    head = last.position() + fetched.size() + lag.orElse(0);
    commitSometimes(from);
    return facts;
  }

  private SourcedFact fact(ConsumerRecord<byte[], String> message, long expected) {
    RecordedFact recorded;
    try {
      recorded = ledger.recorded(LedgerEnvelope.read(message.value()));
    } catch (RuntimeException e) {
      throw new BrokenSourceException(
          expected,
          "the message at offset %d cannot be read: %s".formatted(message.offset(), e),
          e);
    }
    boolean behind = catchingUp && recorded.position() < expected;
    if (recorded.position() != expected && !behind) {
      throw new BrokenSourceException(
          expected,
          "the topic goes on with position %d at offset %d, after %d; it is not the whole ledger, once and in order"
              .formatted(recorded.position(), message.offset(), expected - 1));
    }
    return new SourcedFact(recorded, message.offset() + 1);
  }

  /**
   * To the bookmark's offset. Rows that were folded from the ledger itself have none, and after the
   * topic was replaced by a new one it means nothing: then the position is searched for, once. Such
   * rows may be ahead of a topic that is still being filled.
   *
   * <p>A topic that is ahead of the ledger is not read at all: the ledger was restored to an
   * earlier moment, and so were these rows, and what the topic goes on with is recorded no more.
   */
  private void seek() {
    fetched.clear();
    topic.requireOf(ledger);
    Bookmark at = wanted;
    catchingUp = searching || at.offset() == Bookmark.NO_OFFSET;
    long offset = catchingUp ? topic.offsetOf(at.position() + 1) : at.offset();
    consumer.seek(partition, offset);
    cursor = at;
    justSought = true;
  }

  private void search() {
    searching = true;
    seek();
  }

  private void forget() {
    fetched.clear();
    cursor = null;
  }

  private void commitSometimes(Bookmark done) {
    long now = System.nanoTime();
    if (done.offset() > committedOffset && now - committedNanos > COMMIT_EVERY.toNanos()) {
      committedOffset = done.offset();
      committedNanos = now;
      consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(done.offset())), null);
    }
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      // One with a name would keep its place, in which nobody reads.
      consumer.close(
          CloseOptions.timeout(Duration.ofSeconds(3))
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    } catch (KafkaException e) {
      // It was to be given up anyway; the group notices by its session.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
