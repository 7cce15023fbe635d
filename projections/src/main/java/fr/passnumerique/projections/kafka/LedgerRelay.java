package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.RecordedFact;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Writes the ledger to its topic, every fact once and in order.
 *
 * <p>It keeps no state of its own. One transactional id belongs to the topic: whoever begins fences
 * all others, waits for what they had begun to end, reads the last message, and goes on from its
 * position. So a crash at any moment, of relay or broker, leaves neither a gap nor a double for a
 * reader of committed messages. A fenced relay stands by and takes over when the topic stays
 * behind.
 */
public final class LedgerRelay implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerRelay.class);

  private static final int FACTS_PER_TRANSACTION = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
  private static final List<Header> HEADERS =
      List.of(
          new RecordHeader(
              "content-type", LedgerEnvelope.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8)));

  private final KafkaSettings settings;
  private final LedgerReader ledger;
  private final Clock clock;
  private final LedgerTopic topic;
  private final Counter facts;

  private @Nullable Thread thread;
  private volatile boolean closing;
  private volatile RelayStatus.State state = RelayStatus.State.STARTING;
  private volatile long position;

  /** Of the row at the position. */
  private byte[] hash = LedgerRow.hashBeforeTheFirst();

  /** Of the topic: what is written next lies there or beyond. */
  private long end;

  private volatile String reason = "";
  private boolean progress;

  /**
   * @param clock that the ledger's times are told by, for measuring lag
   */
  public LedgerRelay(
      KafkaSettings settings, LedgerReader ledger, Clock clock, MeterRegistry meters) {
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
    this.topic = new LedgerTopic(settings);
    Gauge.builder("pass.relay.position", this, r -> r.position)
        .description("Position of the last fact written to the topic")
        .register(meters);
    Gauge.builder("pass.relay.lag.facts", this, r -> r.status().behind())
        .description("Facts recorded and not yet in the topic")
        .register(meters);
    Gauge.builder("pass.relay.lag", this, r -> r.status().waiting().toNanos() / 1e9)
        .description("How long the oldest fact not yet in the topic is recorded")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("pass.relay.stopped", this, r -> r.state == RelayStatus.State.STOPPED ? 1 : 0)
        .description("1 when the topic must not be continued")
        .register(meters);
    facts =
        Counter.builder("pass.relay.facts")
            .description("Facts written to the topic and committed")
            .register(meters);
  }

  public RelayStatus status() {
    long at = position;
    long head = at;
    Duration waiting = Duration.ZERO;
    try {
      head = ledger.known();
      if (head > at) {
        waiting =
            oldestAfter(at)
                .map(recordedAt -> Duration.between(recordedAt, clock.instant()))
                .orElse(Duration.ZERO);
      }
    } catch (LedgerUnavailableException e) {
      // What the topic holds is known all the same.
    }
    // The clocks of two nodes may differ by a little.
    return new RelayStatus(
        state, at, Math.max(0, head - at), waiting.isNegative() ? Duration.ZERO : waiting, reason);
  }

  /**
   * When the next fact after a position was recorded. From what the node has in its hands if it
   * can: health asks this too while the database does not answer.
   */
  private Optional<Instant> oldestAfter(long at) {
    return ledger.recent(at, 1).stream()
        .findFirst()
        .map(RecordedFact::recordedAt)
        .or(() -> ledger.readRows(at, 1).stream().findFirst().map(LedgerRow::recordedAt));
  }

  /** As {@link #status}, without asking the ledger. */
  public RelayStatus.State state() {
    return state;
  }

  private void run() {
    Duration backOff = FIRST_BACK_OFF;
    while (!closing) {
      try {
        progress = false;
        relay();
      } catch (TopicRefusedException e) {
        tell(RelayStatus.State.STOPPED, String.valueOf(e.getMessage()));
        LOG.error("the relay STOPPED: {}", e.getMessage());
        return;
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        LOG.info("another relay writes {}; this one stands by", settings.topic());
        try {
          standBy();
        } catch (InterruptedException interrupted) {
          break;
        } catch (KafkaException | LedgerUnavailableException | TopicRefusedException why) {
          // To be found out by relaying.
        }
      } catch (KafkaException | LedgerUnavailableException e) {
        if (progress) {
          backOff = FIRST_BACK_OFF;
        }
        if (closing || !pause(backOff, e)) {
          break;
        }
        backOff = backOff.multipliedBy(2);
        if (backOff.compareTo(LONGEST_BACK_OFF) > 0) {
          backOff = LONGEST_BACK_OFF;
        }
      } catch (InterruptedException e) {
        // Only stop() interrupts.
        break;
      } catch (Throwable e) {
        if (closing) {
          break;
        }
        tell(RelayStatus.State.STOPPED, e.toString());
        LOG.error("the relay STOPPED after position {}", position, e);
        return;
      }
    }
    tell(RelayStatus.State.CLOSED, "");
  }

  /** Returns when closing. */
  private void relay() throws InterruptedException {
    topic.ensure();
    try (Closing producer = new Closing(producer())) {
      KafkaProducer<byte[], String> to = producer.producer();
      to.initTransactions();
      position = resume();
      LOG.info("the relay writes {} from position {} on", settings.topic(), position + 1);
      tell(RelayStatus.State.RUNNING, "");
      long checked = System.nanoTime();
      while (!closing) {
        if (System.nanoTime() - checked > settings.checkEvery().toNanos()) {
          // Whoever alters a topic does not tell its writer.
          topic.requireWhole();
          checked = System.nanoTime();
        }
        if (ledger.awaitBeyond(position, IDLE)) {
          List<LedgerRow> rows = ledger.readRows(position, FACTS_PER_TRANSACTION);
          if (!rows.isEmpty()) {
            write(to, rows);
          }
        }
      }
    }
  }

  /** The topic's last position, after making sure that the topic is this ledger's. */
  private long resume() throws InterruptedException {
    LedgerTopic.Ended ended = topic.ended();
    end = ended.offset();
    if (ended.last().isEmpty()) {
      hash = LedgerRow.hashBeforeTheFirst();
      return 0;
    }
    LedgerRow there = ended.last().get();
    topic.requireIn(ledger, there);
    hash = there.hash();
    return there.position();
  }

  /**
   * One transaction. What is found wrong is found before it is committed, and then nobody ever
   * reads it: a ledger that was moved back and written on elsewhere, which no position tells, and a
   * topic that lost its end or was made anew, of which a producer is told nothing.
   */
  private void write(KafkaProducer<byte[], String> producer, List<LedgerRow> rows)
      throws InterruptedException {
    long expected = position;
    byte[] before = hash;
    for (LedgerRow row : rows) {
      if (row.position() != ++expected) {
        throw new TopicRefusedException(
            "the ledger goes on at position %d after %d; restore it from a backup without the gap"
                .formatted(row.position(), expected - 1));
      }
      if (!row.follows(before)) {
        throw new TopicRefusedException(
            "the ledger's position %d does not follow from the %d that topic %s ends with: the ledger was moved back and written on, or a row was changed; verify the ledger, then configure a new topic"
                .formatted(row.position(), expected - 1, settings.topic()));
      }
      before = row.hash();
    }
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
    for (LedgerRow row : rows) {
      // What fails is told by the commit, for all of them.
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  settings.topic(), 0, null, null, LedgerEnvelope.write(row), HEADERS)));
    }
    producer.flush();
    requireBeyond(sent.getFirst());
    producer.commitTransaction();
    end = offset(sent.getLast()) + 1;
    hash = before;
    position = expected;
    progress = true;
    facts.increment(rows.size());
  }

  /** To be written to again from where it now ends. */
  private void requireBeyond(Future<RecordMetadata> first) throws InterruptedException {
    if (first.state() != Future.State.SUCCESS) {
      // The commit says why.
      return;
    }
    long there = offset(first);
    if (there < end) {
      throw new KafkaException(
          "topic %s goes on at offset %d and ended at %d before: it lost its end, or was made anew"
              .formatted(settings.topic(), there, end));
    }
  }

  private static long offset(Future<RecordMetadata> sent) throws InterruptedException {
    try {
      return sent.get().offset();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    }
  }

  /** Returns when the topic has stayed behind the ledger for long: whoever wrote it does not. */
  private void standBy() throws InterruptedException {
    tell(RelayStatus.State.STANDBY, "");
    long since = System.nanoTime();
    while (!closing && System.nanoTime() - since < settings.takeOverAfter().toNanos()) {
      Thread.sleep(LOOK_AGAIN);
      long head = ledger.head();
      long there = topic.committed();
      if (there > position || there >= head) {
        since = System.nanoTime();
      }
      position = there;
    }
  }

  private KafkaProducer<byte[], String> producer() {
    return new KafkaProducer<>(
        settings.with(
            Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                settings.topic() + ".relay",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                // A relay that dies in the middle holds readers up for this long, or until the next
                // begins.
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                30_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                20_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                20_000,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LedgerTopic.LARGEST_MESSAGE_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * LedgerTopic.LARGEST_MESSAGE_BYTES)),
        new ByteArraySerializer(),
        new StringSerializer());
  }

  /** Gives up what is not committed at once: the next to begin finds out what holds. */
  private record Closing(KafkaProducer<byte[], String> producer) implements AutoCloseable {
    @Override
    public void close() {
      boolean interrupted = Thread.interrupted();
      try {
        producer.close(Duration.ofSeconds(2));
      } catch (InterruptException e) {
        interrupted = true;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private boolean pause(Duration backOff, Exception cause) {
    LOG.warn(
        "the relay stands at position {} and tries again in {} ms: {}",
        position,
        backOff.toMillis(),
        cause.toString());
    tell(RelayStatus.State.RETRYING, cause.toString());
    try {
      Thread.sleep(backOff);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void tell(RelayStatus.State now, String why) {
    reason = why;
    state = now;
  }

  @Override
  public synchronized void start() {
    closing = false;
    Thread started = new Thread(this::run, "ledger-relay");
    thread = started;
    started.start();
  }

  @Override
  public synchronized void stop() {
    closing = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return 0;
  }
}
