package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The engine keeps the contract that Axon's own conformance suite tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresEventStorageEngineIT extends StorageEngineTestSuite<PostgresEventStorageEngine> {
  private TestDatabase database;
  private Appender appender;

  @Override
  protected PostgresEventStorageEngine buildStorageEngine() throws Exception {
    database = TestDatabase.fresh();
    DataSource dataSource = database.ledger();
    EventCoding coding = new TextCoding();
    Head head = new Head();
    appender =
        new Appender(
            dataSource,
            new WriterSession(),
            coding,
            new Registers(List.of()),
            head,
            Duration.ofMillis(10),
            AppendFaults.NONE,
            new SimpleMeterRegistry());
    appender.elected(true);
    appender.start();
    while (appender.state() != Appender.State.WRITING) {
      Thread.sleep(5);
    }
    return new PostgresEventStorageEngine(
        dataSource, coding, appender, head, Duration.ofSeconds(10));
  }

  /**
   * A ledger for each test: one of them records an event of the future, and recorded time never
   * falls again.
   */
  @BeforeEach
  void freshLedger() throws Exception {
    GenericEventMessage.clock = new RisingClock();
    stop();
    testSubject = buildStorageEngine();
  }

  @AfterAll
  void ordinaryClock() {
    GenericEventMessage.clock = Clock.systemUTC();
  }

  /**
   * Two events of one microsecond are recorded a microsecond apart, now and then in the next
   * millisecond, and the suite compares milliseconds: so no two of its events share one.
   */
  private static final class RisingClock extends Clock {
    private Instant last = Instant.EPOCH;

    @Override
    public synchronized Instant instant() {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
      return last;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @AfterAll
  void stop() {
    appender.close();
    database.close();
  }

  /** The contract allows none: then there are no cheques beside the tags. */
  @Override
  protected ProcessingContext processingContext() {
    return null;
  }

  /** The suite's events are plain texts. */
  private static final class TextCoding implements EventCoding {
    private record Text(String text) implements Fact {
      @Override
      public Set<String> tags() {
        return Set.of();
      }
    }

    @Override
    public Stored store(EventMessage event) {
      return new Stored(event.type().toString(), 1, String.valueOf(event.payload()));
    }

    @Override
    public Fact fact(EventMessage event) {
      return new Text(String.valueOf(event.payload()));
    }

    @Override
    public Fact fact(LedgerRow row) {
      return new Text(row.payload());
    }

    @Override
    public MessageType messageType(LedgerRow row) {
      return MessageType.fromString(row.type());
    }

    @Override
    public Object payload(LedgerRow row) {
      return row.payload();
    }
  }
}
