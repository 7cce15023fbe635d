package fr.passnumerique.projections;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.clearing.ledger.Register;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The real ledger, with one command that records whatever facts it is given: no rule forbids it.
 */
public final class TestLedger implements AutoCloseable {
  private final @Nullable LedgerNode node;
  private final LedgerReader reader;

  private record RecordFacts(List<Fact> facts) implements Command<String> {}

  private static final class RecordFactsDecider implements Decider<RecordFacts, String> {
    @Override
    public Class<RecordFacts> command() {
      return RecordFacts.class;
    }

    @Override
    public Decision<String> decide(RecordFacts command, Instant receivedAt) {
      return new Decision.Accept<>(command.facts(), Boundary.of("test"), "recorded");
    }
  }

  private TestLedger(@Nullable LedgerNode node, LedgerReader reader) {
    this.node = node;
    this.reader = reader;
  }

  /** Reads a ledger that others write. */
  public static TestLedger readOnly(TestDatabase database) {
    return new TestLedger(null, new PostgresLedgerReader(database.ledger(), Story.CATALOGUE));
  }

  public static TestLedger on(TestDatabase database) throws InterruptedException {
    return on(database, Clock.systemUTC());
  }

  public static TestLedger on(TestDatabase database, Clock clock) throws InterruptedException {
    LedgerNode node = start(database, clock, List.of());
    if (!node.awaitWriting(Duration.ofSeconds(20))) {
      throw new IllegalStateException("the ledger does not write: " + node.stopReason());
    }
    return new TestLedger(node, node.reader());
  }

  /** On a ledger of which a register cannot take the fact at a position. */
  public static TestLedger stoppedAt(long position, TestDatabase database)
      throws InterruptedException {
    Register cannot =
        (_, at, _) -> {
          if (at == position) {
            throw new IllegalStateException("an order that was never issued");
          }
        };
    LedgerNode node = start(database, Clock.systemUTC(), List.of(cannot));
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (node.stopped().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    return new TestLedger(node, node.reader());
  }

  private static LedgerNode start(TestDatabase database, Clock clock, List<Register> registers) {
    return LedgerNode.start(
        new LedgerNode.Parts(
            database.ledger(),
            Story.CATALOGUE,
            registers,
            List.of(new RecordFactsDecider()),
            clock,
            new SimpleMeterRegistry(),
            false,
            Duration.ofSeconds(30)));
  }

  public LedgerNode node() {
    return Objects.requireNonNull(node);
  }

  /**
   * @return the position of the last
   */
  public long record(Fact... facts) {
    return record(List.of(facts));
  }

  public long record(List<Fact> facts) {
    return switch (Objects.requireNonNull(node)
        .commands()
        .send(new RecordFacts(facts), Actor.ENGINE)) {
      case Outcome.Recorded<String> recorded -> recorded.position();
      case Outcome.Refused<String> refused -> throw new AssertionError(refused.toString());
    };
  }

  public LedgerReader reader() {
    return reader;
  }

  @Override
  public void close() {
    if (node != null) {
      node.close();
    }
  }
}
