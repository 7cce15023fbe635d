package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** When a node that stands by may be elected, and that it serves then. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StandbyIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Many times as long as a lock that is free stays so. */
  private static final Duration LONG = Duration.ofMillis(1_500);

  private static final int LOOKS = 10;

  @TempDir private Path home;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Slips slips = new Slips();
  private final Registers registers = new Registers(List.of(slips));
  private final Head head = new Head();
  private final EventCoding coding = EventCoding.of(Slips.CATALOGUE);
  private TestDatabase database;
  private LedgerNode writer;
  private Breakable connections;
  private RegisterSnapshots snapshots;
  private Appender appender;
  private WriterElection election;

  /** Connections of the appender alone: those of the election last. */
  private static final class Breakable extends DelegatingDataSource {
    private volatile boolean broken;
    private volatile Connection last;

    Breakable(TestDatabase database) {
      super(database.ledger());
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (broken) {
        throw new SQLException("nobody answers", "08001");
      }
      Connection given = super.getConnection();
      last = given;
      return given;
    }

    void breakDown() throws SQLException {
      broken = true;
      last.abort(Runnable::run);
    }
  }

  @BeforeEach
  void oneStandsByWhileAnotherWrites() throws Exception {
    database = TestDatabase.fresh();
    writer = anotherNode();
    assertThat(writer.awaitWriting(SOON)).isTrue();
    send("s-1");

    connections = new Breakable(database);
    snapshots =
        new RegisterSnapshots(
            new RegistersOnFile(home.resolve("registers"), List.of(slips), Slips.CATALOGUE),
            meters);
    WriterSession session = new WriterSession();
    appender =
        new Appender(
            connections,
            session,
            coding,
            registers,
            head,
            new RecordedAhead(Clock.systemUTC(), meters),
            Duration.ofMillis(20),
            AppendFaults.NONE,
            Optional.of(snapshots),
            meters);
    election =
        new WriterElection(
            database.ledger(),
            session,
            appender,
            WriterElection.HEARTBEAT,
            WriterElection.SILENCE,
            Optional.empty(),
            meters);
    election.start();
    appender.start();
    await(appender::standsBy);
    assertThat(head.position()).isEqualTo(1);
  }

  @AfterEach
  void close() {
    connections.broken = false;
    appender.close();
    election.close();
    writer.close();
    database.close();
  }

  private LedgerNode anotherNode() {
    return NodeOfSlips.on(database).start();
  }

  private void send(String reference) {
    writer
        .commands()
        .send(
            new Slips.Take(
                new SlipReference(reference),
                List.of(new Serial(Batch.of(1), reference.hashCode() & 0xfff).key())),
            Actor.ENGINE);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not soon").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static void within(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An append that nobody decided. */
  private long append() {
    return (Long)
        new PostgresEventStorageEngine(database.ledger(), coding, appender, head, SOON)
            .appendEvents(
                AppendCondition.none(),
                null,
                List.of(
                    new GenericTaggedEventMessage<>(
                        new GenericEventMessage(
                            UUID.randomUUID().toString(),
                            new MessageType("DayOpened", "1"),
                            new DayOpened(LocalDate.EPOCH),
                            Map.of(),
                            Instant.now()),
                        Set.of())))
            .join()
            .commit(null)
            .join();
  }

  @Test
  void oneThatIsTakingASnapshotWhenItIsElectedServesOnceItIsTaken() throws Exception {
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    SnapshotKeeper keeper =
        new SnapshotKeeper(
            snapshots,
            registers,
            appender::standsBy,
            // Asked of one that stands by while nothing may be folded.
            () -> {
              taking.countDown();
              within(taken);
              return appender.serves();
            },
            Clock.systemUTC(),
            Duration.ZERO);
    Thread looking =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int look = 0; look < LOOKS; look++) {
                    keeper.look();
                  }
                });
    assertThat(taking.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    try {
      send("s-2");
      writer.close();
      await(() -> !appender.standsBy());
      assertThat(appender.state()).as("its thread waits").isEqualTo(Appender.State.STANDBY);
      assertThat(appender.serves()).as("and commands for it").isTrue();
      assertThat(head.position()).isEqualTo(1);
    } finally {
      taken.countDown();
    }

    await(() -> appender.state() == Appender.State.WRITING);
    looking.join();
    assertThat(snapshots.position()).as("the snapshot is written all the same").isEqualTo(1);
    assertThat(append()).isEqualTo(3);
    assertThat(slips.knows(new SlipReference("s-2"))).isTrue();
  }

  @Test
  void oneThatHasFallenFarBehindIsNotElectedUntilItHasFollowed() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch followed = new CountDownLatch(1);
    Thread reading =
        Thread.ofPlatform()
            .start(
                () ->
                    registers.read(
                        () -> {
                          held.countDown();
                          within(followed);
                          return true;
                        }));
    held.await();
    try {
      recordMany();
      await(() -> !appender.standsBy());
      writer.close();
      writer = anotherNode();
      assertThat(writer.awaitWriting(SOON)).as("one that has followed").isTrue();
      writer.close();
      Thread.sleep(LONG);
      assertThat(meters.get("ledger.writing").gauge().value()).isZero();
      assertThat(appender.standsBy()).as("though the lock is free").isFalse();
    } finally {
      followed.countDown();
    }
    reading.join();

    await(() -> appender.state() == Appender.State.WRITING);
    assertThat(append()).isEqualTo(LedgerTail.READ_AHEAD + 2L);
  }

  /** As many as are read at once, in one statement. */
  private void recordMany() throws SQLException {
    try (Connection connection = database.ledger().getConnection()) {
      LedgerRow last = EventTable.at(connection, 1).orElseThrow();
      byte[] onto = last.hash();
      List<LedgerRow> rows = new ArrayList<>();
      while (rows.size() < LedgerTail.READ_AHEAD) {
        last = AppenderIT.next(last, rows.size());
        rows.add(last);
      }
      assertThat(EventTable.insert(connection, rows, onto)).isEqualTo(rows.size());
    }
  }

  @Test
  void oneThatDoesNotReachTheLedgerIsNotElectedUntilItDoes() throws Exception {
    connections.breakDown();
    await(() -> !appender.standsBy());
    writer.close();
    Thread.sleep(LONG);
    assertThat(appender.standsBy()).as("though the lock is free").isFalse();
    assertThat(appender.serves()).as("nobody is served").isFalse();
    connections.broken = false;

    await(() -> appender.state() == Appender.State.WRITING);
    assertThat(append()).isEqualTo(2);
  }

  /** Else one that came through a hundred outages would follow each further one late. */
  @Test
  void afterEachOutageTheLedgerIsAskedAsSoonAsAfterTheFirst(CapturedOutput log) throws Exception {
    for (int outage = 1; outage <= 3; outage++) {
      connections.breakDown();
      await(() -> !appender.standsBy());
      connections.broken = false;
      await(appender::standsBy);
    }
    assertThat(log.getOut().lines())
        .filteredOn(line -> line.contains("the ledger did not answer"))
        .hasSize(3)
        .allMatch(line -> line.endsWith("it is asked again in 0 ms"));
  }
}
