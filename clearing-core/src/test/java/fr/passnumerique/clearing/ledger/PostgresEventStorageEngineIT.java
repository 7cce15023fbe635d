package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
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
    stop();
    testSubject = buildStorageEngine();
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
