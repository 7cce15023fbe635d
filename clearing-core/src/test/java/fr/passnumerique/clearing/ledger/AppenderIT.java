package fr.passnumerique.clearing.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What the appender does when the database, the network or another writer is in the way. */
class AppenderIT {
  private final AtomicReference<Runnable> beforeStatement = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> afterStatement = new AtomicReference<>(() -> {});
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<LedgerNode> nodes = new ArrayList<>();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void close() {
    nodes.forEach(LedgerNode::close);
    database.close();
  }

  @Test
  void sixteenClientsTakingTheSameChequesHaveExactlyOneWinnerForEach() throws Exception {
    LedgerNode node = node(true);
    int cheques = 2_000;
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      List<Callable<String>> slips = new ArrayList<>();
      for (int slip = 0; slip < 400; slip++) {
        Random random = new Random(slip);
        int number = slip;
        slips.add(
            () ->
                answer(
                    node,
                    take("race-" + number, random.ints(1, cheques + 1).distinct().limit(42))));
      }
      long accepted = 0;
      for (Future<String> slip : clients.invokeAll(slips)) {
        accepted += slip.get().chars().filter(c -> c == 'A').count();
      }
      long distinct =
          IntStream.range(0, 400)
              .boxed()
              .flatMap(s -> new Random(s).ints(1, cheques + 1).distinct().limit(42).boxed())
              .distinct()
              .count();
      assertThat(accepted).isEqualTo(distinct);
    }
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(400);
  }

  @Test
  void theSameSlipTwiceAtTheSameMomentIsRecordedOnceAndAnsweredAlike() throws Exception {
    LedgerNode node = node(true);
    for (int round = 0; round < 50; round++) {
      Slips.Take slip =
          take("twice-" + round, IntStream.rangeClosed(round * 42 + 1, round * 42 + 42));
      try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
        Callable<Outcome.Recorded<String>> submit =
            () -> (Outcome.Recorded<String>) node.commands().send(slip, Actor.ENGINE);
        List<Outcome.Recorded<String>> answers = new ArrayList<>();
        for (Future<Outcome.Recorded<String>> f :
            clients.invokeAll(List.of(submit, submit, submit, submit))) {
          answers.add(f.get());
        }
        assertThat(answers).extracting(Outcome.Recorded::answer).containsOnly("A".repeat(42));
        assertThat(answers).extracting(Outcome.Recorded::position).containsOnly(round + 1L);
        assertThat(answers).filteredOn(a -> !a.already()).as("one winner").hasSize(1);
      }
    }
  }

  @Test
  void anAnswerLostAfterTheCommitIsFoundAgainAndNotWrittenTwice() throws Exception {
    LedgerNode node = node(true);
    AtomicInteger lost = new AtomicInteger();
    // The statement was executed and committed; its answer never arrives.
    afterStatement.set(
        () -> {
          if (lost.getAndIncrement() < 3) {
            sneaky(new SQLException("connection reset", "08006"));
          }
        });
    for (int slip = 0; slip < 5; slip++) {
      int first = slip * 42 + 1;
      assertThat(answer(node, take("lost-" + slip, IntStream.range(first, first + 42))))
          .isEqualTo("A".repeat(42));
    }
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(5);
  }

  @Test
  void aStatementThatNeverReachedTheDatabaseIsSentAgain() throws Exception {
    LedgerNode node = node(true);
    AtomicBoolean once = new AtomicBoolean();
    beforeStatement.set(
        () -> {
          if (!once.getAndSet(true)) {
            sneaky(new SQLException("connection refused", "08001"));
          }
        });
    assertThat(answer(node, take("unsent", IntStream.rangeClosed(1, 42)))).hasSize(42);
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(1);
  }

  @Test
  void endedBackendsAreReplacedAndNothingAcknowledgedIsLost() throws Exception {
    LedgerNode node = node(true);
    List<String> acknowledged =
        whileWriting(
            node,
            () -> {
              for (int i = 0; i < 10; i++) {
                TimeUnit.MILLISECONDS.sleep(150);
                database.terminateBackends();
              }
            });
    assertAcknowledged(acknowledged);
  }

  @Test
  void aKilledDatabaseComesBackAndTheNodeGoesOnByItself() throws Exception {
    LedgerNode node = node(true);
    List<String> acknowledged =
        whileWriting(
            node,
            () -> {
              TimeUnit.MILLISECONDS.sleep(500);
              TestDatabase.killServer();
              TestDatabase.startServer();
              TimeUnit.MILLISECONDS.sleep(1_500);
            });
    // A busy machine takes longer to come back.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (node.state() != LedgerNode.State.WRITING && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(node.state()).isEqualTo(LedgerNode.State.WRITING);
    assertAcknowledged(acknowledged);
  }

  @Test
  void aFullDiskIsToldAndWhatWaitedIsRecordedOnceThereIsRoom() throws Exception {
    LedgerNode node = node(true);
    answer(node, take("before", IntStream.of(1)));
    fillDisk();
    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<String> waiting =
          client.submit(() -> answer(node, take("meanwhile", IntStream.of(1, 2))));
      assertThat(awaitHealth(node, Status.DOWN).getDetails().get("reason"))
          .asString()
          .contains("the database records nothing", "No space left on device", "goes on by itself");
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(waiting).isNotDone();
      assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(1);

      makeRoom();

      assertThat(waiting.get()).as("by the session of before").isEqualTo("RA");
      sessionsMayBegin(true);
      assertThat(health(node).getStatus()).as("at once").isEqualTo(Status.UP);
    }
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(2);
  }

  @Test
  void aFullDiskThatLetsNoSessionBeginIsToldOnByWhatTheDatabaseAnswers() throws Exception {
    LedgerNode node = node(true);
    Slips.Take slip = take("cut-off", IntStream.of(1));
    fillDisk();
    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<String> waiting = client.submit(() -> answer(node, slip));
      awaitHealth(node, Status.DOWN);
      database.terminateBackends();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
      while (!node.notRecording().contains("too many connections") && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(health(node).getDetails().get("reason"))
          .asString()
          .contains("the database records nothing", "too many connections for database");
      makeRoom();
      sessionsMayBegin(true);
      // Its election was lost with the session.
      assertThatThrownBy(waiting::get)
          .hasRootCauseInstanceOf(LedgerUnavailableException.class)
          .hasMessageContaining("send again");
    }
    assertThat(node.awaitWriting(Duration.ofSeconds(20))).isTrue();
    assertThat(answer(node, slip)).isEqualTo("A");
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(1);
  }

  /** To be told that the ledger is stopped is to be told that nothing was recorded. */
  @Test
  void whatMayBeRecordedByANodeThatStopsIsNotSaidToBeNot() throws Exception {
    LedgerNode node = node(true);
    afterStatement.set(
        () -> {
          throw new IllegalStateException("a register cannot take it");
        });
    Slips.Take slip = take("recorded", IntStream.of(1));
    assertThatThrownBy(() -> answer(node, slip))
        .isInstanceOf(LedgerUnavailableException.class)
        .isNotInstanceOf(LedgerStoppedException.class)
        .hasMessageContaining("send again");
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(1);
    Slips.Take next = take("next", IntStream.of(2));
    assertThatThrownBy(() -> answer(node, next)).isInstanceOf(LedgerStoppedException.class);
  }

  /**
   * Recorded with others at once, and no register takes it: those behind it are not told either.
   */
  @Test
  void ofAGroupThatNoRegisterTakesNobodyIsToldThatItIsNotRecorded() throws Exception {
    Slips slips = new Slips();
    Register failing =
        (fact, position, recordedAt) -> {
          if (position == 3) {
            throw new IllegalStateException("a register cannot take it");
          }
        };
    LedgerNode node =
        NodeOfSlips.writing(
            start(NodeOfSlips.on(database.ledger(), slips).registers(slips, failing)));
    try (ExecutorService clients = Executors.newFixedThreadPool(5)) {
      List<Future<String>> others =
          together(
              node,
              clients,
              IntStream.rangeClosed(2, 5)
                  .mapToObj(slip -> take("other-" + slip, IntStream.of(slip)))
                  .toList());
      for (Future<String> other : others) {
        assertThatThrownBy(other::get)
            .cause()
            .isInstanceOf(LedgerUnavailableException.class)
            .isNotInstanceOf(LedgerStoppedException.class);
      }
    }
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(5);
    Slips.Take next = take("next", IntStream.of(9));
    assertThatThrownBy(() -> answer(node, next))
        .isInstanceOf(LedgerStoppedException.class)
        .hasMessageContaining("position 3");
    // Its appender looks at its next turn.
    for (int look = 0; look < 500 && node.state() != LedgerNode.State.STOPPED; look++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(node.state()).isEqualTo(LedgerNode.State.STOPPED);
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(5);
  }

  /** Sent while another slip is written, they are the next group. */
  private List<Future<String>> together(
      LedgerNode node, ExecutorService clients, List<Slips.Take> slips) throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    beforeStatement.set(
        () -> {
          writing.countDown();
          await(goOn);
        });
    Future<String> first;
    List<Future<String>> answers;
    try {
      first = clients.submit(() -> answer(node, take("first", IntStream.of(1_000))));
      assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
      answers = slips.stream().map(slip -> clients.submit(() -> answer(node, slip))).toList();
      awaitQueued(slips.size());
    } finally {
      goOn.countDown();
    }
    assertThat(first.get()).isEqualTo("A");
    return answers;
  }

  @Test
  void aNodeThatStopsWhileTheDiskIsFullTellsOnlyWhyItIsStopped() throws Exception {
    LedgerNode node = node(true);
    answer(node, take("one", IntStream.of(1)));
    fillDisk();
    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<String> waiting = client.submit(() -> answer(node, take("two", IntStream.of(2))));
      awaitHealth(node, Status.DOWN);
      execute("alter table ledger.event disable trigger all; delete from ledger.event");
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(LedgerUnavailableException.class);
    }
    assertThat(node.state()).isEqualTo(LedgerNode.State.STOPPED);
    assertThat(node.notRecording()).isEmpty();
    assertThat(health(node).getDetails().get("reason")).asString().contains("position 1 is gone");
  }

  @Test
  void whoWaitedTooLongOnAFullDiskIsToldToSendAgainAndNothingIsRecorded() throws Exception {
    LedgerNode node = NodeOfSlips.writing(start(of(true).patience(Duration.ofMillis(800))));
    fillDisk();
    Slips.Take slip = take("too-long", IntStream.of(1));
    assertThatThrownBy(() -> answer(node, slip))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("No space left on device");
    assertThat(node.state()).isEqualTo(LedgerNode.State.WRITING);
    assertThat(health(node).getStatus()).isEqualTo(Status.DOWN);
    makeRoom();
    assertThat(LedgerAudit.wholeChain(database.superuser())).isEmpty();
    sessionsMayBegin(true);
    // Though nobody tried meanwhile: a balancer would keep everybody away.
    awaitHealth(node, Status.UP);
    assertThat(answer(node, slip)).isEqualTo("A");
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(1);
  }

  /** PostgreSQL answers as it does when a file cannot be extended. */
  private void fillDisk() throws SQLException {
    execute(
        """
        create function ledger.full_disk() returns trigger language plpgsql as $$
          begin
            raise 'could not extend file "base/1/2": No space left on device' using errcode = '53100';
          end $$;
        create trigger full_disk before insert on ledger.event
          for each row execute function ledger.full_disk();
        """);
    sessionsMayBegin(false);
  }

  private void makeRoom() throws SQLException {
    execute("drop trigger full_disk on ledger.event");
  }

  /** A full disk lets none begin: there is no room for what each session reads first. */
  private void sessionsMayBegin(boolean may) throws SQLException {
    execute(
        """
        do $$ begin
          execute format('alter database %%I connection limit %d', current_database());
        end $$
        """
            .formatted(may ? -1 : 0));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Health health(LedgerNode node) {
    return requireNonNull(new Ledger().ledgerHealth(node).health());
  }

  private static Health awaitHealth(LedgerNode node, Status status) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!health(node).getStatus().equals(status) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(health(node).getStatus()).isEqualTo(status);
    return health(node);
  }

  @Test
  void aLedgerMovedBackByARestoreStopsTheNodeLoudly() throws Exception {
    LedgerNode node = node(true);
    for (int slip = 0; slip < 5; slip++) {
      answer(node, take("restored-" + slip, IntStream.rangeClosed(slip + 1, slip + 1)));
    }
    asSuperuser("delete from ledger.event where position > 3");
    assertThatThrownBy(() -> node.commands().send(take("after", IntStream.of(100)), Actor.ENGINE))
        .isInstanceOf(LedgerUnavailableException.class);
    assertThat(node.state()).isEqualTo(LedgerNode.State.STOPPED);
    assertThat(node.stopReason()).contains("position 5").contains("moved back");
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(3);
  }

  @Test
  void anIdleNodeNoticesThatItsLedgerWasMovedBack() throws Exception {
    LedgerNode node = node(true);
    answer(node, take("one", IntStream.of(1)));
    answer(node, take("two", IntStream.of(2)));
    asSuperuser("delete from ledger.event where position > 1");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (node.state() != LedgerNode.State.STOPPED && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(node.stopReason()).contains("position 2 is gone");
  }

  @Test
  void aLedgerMovedBackAndContinuedByAnotherNodeStopsTheFirst() throws Exception {
    LedgerNode first = node(false);
    for (int slip = 0; slip < 5; slip++) {
      answer(first, take("first-" + slip, IntStream.rangeClosed(slip + 1, slip + 1)));
    }
    asSuperuser("delete from ledger.event where position > 3");
    LedgerNode second = node(false);
    for (int slip = 0; slip < 5; slip++) {
      answer(second, take("second-" + slip, IntStream.rangeClosed(slip + 50, slip + 50)));
    }
    assertThatThrownBy(() -> first.commands().send(take("after", IntStream.of(99)), Actor.ENGINE))
        .isInstanceOf(LedgerUnavailableException.class);
    assertThat(first.state()).isEqualTo(LedgerNode.State.STOPPED);
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(8);
  }

  @Test
  void aFactThatTheDatabaseRefusesFailsAloneAndItsNeighboursAreRecorded() throws Exception {
    LedgerNode node = node(true);
    asSuperuser(
        "alter table ledger.event add constraint no_poison check (payload not like '%poison%')");
    List<Slips.Take> slips = new ArrayList<>();
    for (int slip = 0; slip < 15; slip++) {
      int first = slip * 42 + 1;
      slips.add(take(slip == 7 ? "poison" : "clean-" + slip, IntStream.range(first, first + 42)));
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      List<Future<String>> answers = together(node, clients, slips);
      for (int slip = 0; slip < 15; slip++) {
        Future<String> answer = answers.get(slip);
        if (slip == 7) {
          assertThatThrownBy(answer::get).hasStackTraceContaining("refuses this fact");
        } else {
          assertThat(answer.get()).isEqualTo("A".repeat(42));
        }
      }
    }
    assertThat(node.state()).isEqualTo(LedgerNode.State.WRITING);
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(15);
  }

  @Test
  void withoutElectionTheLoserOfThePositionFoldsTheWinnersFactsAndGoesOn() throws Exception {
    LedgerNode left = node(false);
    LedgerNode right = node(false);
    for (int round = 0; round < 30; round++) {
      Slips.Take mine = take("left-" + round, IntStream.rangeClosed(round + 1, round + 42));
      Slips.Take yours = take("right-" + round, IntStream.rangeClosed(round + 1, round + 42));
      try (ExecutorService both = Executors.newFixedThreadPool(2)) {
        Future<String> one = both.submit(() -> answer(left, mine));
        Future<String> other = both.submit(() -> answer(right, yours));
        int expected = round == 0 ? 42 : 1;
        assertThat((one.get() + other.get()).chars().filter(c -> c == 'A').count())
            .isEqualTo(expected);
      }
    }
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(60);
  }

  @Test
  void aReaderAtFullSpeedMissesNothingWhileCommitsAreHeldOpenAndSomeRollBack() throws Exception {
    LedgerNode node = node(false);
    PostgresLedgerReader reader = new PostgresLedgerReader(database.reader(), Slips.CATALOGUE);
    List<Long> seen = new CopyOnWriteArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    Thread tail =
        Thread.ofPlatform()
            .start(
                () -> {
                  long after = 0;
                  while (!done.get() || reader.head() > after) {
                    for (LedgerRow row : reader.readRows(after, 100)) {
                      seen.add(row.position());
                      after = row.position();
                    }
                  }
                });
    // Another writer holds the next position in an open transaction, then lets it go or keeps it.
    Random random = new Random(7);
    AtomicInteger kept = new AtomicInteger();
    Thread holder =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    if (hold(random.nextInt(20), random.nextBoolean(), i)) {
                      kept.incrementAndGet();
                    }
                  }
                });
    int written = 0;
    while (holder.isAlive()) {
      answer(node, take("tail-" + written, IntStream.rangeClosed(written + 1, written + 1)));
      written++;
    }
    done.set(true);
    tail.join();
    int all = LedgerAudit.wholeChain(database.superuser()).size();
    assertThat(all).isEqualTo(written + kept.get());
    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
    System.out.printf(
        "%d facts read, %d of them committed late by another writer%n", all, kept.get());
  }

  @Test
  void recordedTimeRisesEvenWhenTheClockGoesBack() throws Exception {
    LedgerNode node =
        NodeOfSlips.writing(
            node(Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC)));
    for (int slip = 0; slip < 20; slip++) {
      answer(node, take("clock-" + slip, IntStream.rangeClosed(slip + 1, slip + 1)));
    }
    LedgerNode behind = node(Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC));
    nodes.getFirst().close();
    assertThat(behind.awaitWriting(Duration.ofSeconds(30))).isTrue();
    answer(behind, take("behind", IntStream.of(100)));
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(21);
  }

  @Test
  void aNodeThatIsNotElectedRefusesToWriteAndTakesOverWhenTheWriterEnds() throws Exception {
    LedgerNode writer = node(true);
    LedgerNode standby = start(of(true));
    answer(writer, take("by-writer", IntStream.of(1)));
    assertThatThrownBy(() -> standby.commands().send(take("x", IntStream.of(2)), Actor.ENGINE))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("not the elected writer");
    assertThat(standby.reader().awaitBeyond(0, Duration.ofSeconds(30))).as("keeps warm").isTrue();
    writer.close();
    assertThat(standby.awaitWriting(Duration.ofSeconds(30))).isTrue();
    assertThat(answer(standby, take("by-standby", IntStream.of(1)))).isEqualTo("R");
  }

  /** Runs slips in the background while something happens; returns the acknowledged references. */
  private List<String> whileWriting(LedgerNode node, Disturbance disturbance) throws Exception {
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      int number = client;
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; !done.get(); i++) {
                      String reference = "c" + number + "-" + i;
                      int first = 1 + (i * 4 + number) * 42;
                      String verdicts =
                          answer(node, take(reference, IntStream.range(first, first + 42)));
                      assertThat(verdicts).isEqualTo("A".repeat(42));
                      acknowledged.add(reference);
                    }
                  }));
    }
    disturbance.happen();
    done.set(true);
    for (Thread client : clients) {
      client.join();
    }
    return acknowledged;
  }

  private interface Disturbance {
    void happen() throws Exception;
  }

  private void assertAcknowledged(List<String> acknowledged) throws SQLException {
    List<String> recorded =
        LedgerAudit.wholeChain(database.superuser()).stream()
            .map(row -> row.tags().getFirst().replaceAll(".*/", ""))
            .toList();
    assertThat(acknowledged).isNotEmpty().doesNotHaveDuplicates();
    assertThat(recorded).doesNotHaveDuplicates().containsAll(acknowledged);
  }

  private boolean hold(int millis, boolean keep, int number) {
    try (Connection connection = database.ledger().getConnection()) {
      connection.setAutoCommit(false);
      long head = EventTable.head(connection);
      LedgerRow last = EventTable.at(connection, head).orElse(null);
      boolean inserted =
          EventTable.insert(connection, List.of(next(last, number)), hash(last)) == 1;
      TimeUnit.MILLISECONDS.sleep(millis);
      if (keep && inserted) {
        connection.commit();
      } else {
        connection.rollback();
      }
      return keep && inserted;
    } catch (SQLException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static byte[] hash(LedgerRow last) {
    return last == null ? ChainHash.GENESIS : last.hash();
  }

  static LedgerRow next(LedgerRow last, int number) {
    return next(last, UUID.randomUUID(), LocalDate.of(2026, 1, 1).plusDays(number));
  }

  /** A fact that follows a row, or the first one. */
  static LedgerRow next(LedgerRow last, UUID id, LocalDate day) {
    DayOpened fact = new DayOpened(day);
    Instant at = last == null ? Instant.EPOCH.plusSeconds(1) : last.recordedAt().plusNanos(1_000);
    long position = last == null ? 1 : last.position() + 1;
    String payload = Slips.CATALOGUE.write(fact);
    List<String> tags = List.copyOf(fact.tags());
    byte[] chained =
        new ChainHash()
            .of(hash(last), position, id, at, "DayOpened", 1, tags, payload.getBytes(UTF_8), "{}");
    return new LedgerRow(position, id, at, "DayOpened", 1, tags, payload, "{}", chained);
  }

  private void asSuperuser(String sql) throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table ledger.event disable trigger all");
      statement.execute(sql);
      statement.execute("alter table ledger.event enable trigger all");
    }
  }

  private LedgerNode node(boolean elected) throws InterruptedException {
    return NodeOfSlips.writing(start(of(elected)));
  }

  private LedgerNode node(Clock clock) {
    return start(of(true).clock(clock));
  }

  private NodeOfSlips of(boolean elected) {
    return NodeOfSlips.on(database).elected(elected);
  }

  private LedgerNode start(NodeOfSlips parts) {
    LedgerNode node =
        parts
            .meters(meters)
            .disturbed(
                new AppendFaults() {
                  @Override
                  public void beforeStatement() {
                    beforeStatement.get().run();
                  }

                  @Override
                  public void afterStatement() {
                    afterStatement.get().run();
                  }
                })
            .start();
    nodes.add(node);
    return node;
  }

  /** Decided, and behind the group that is written. */
  private void awaitQueued(int appends) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (queued() != appends) {
      assertThat(System.nanoTime()).as("%s are queued", queued()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private double queued() {
    return meters.get("ledger.append.queue.size").gauge().value();
  }

  private static Slips.Take take(String reference, IntStream cheques) {
    return new Slips.Take(
        new SlipReference(reference),
        cheques.mapToObj(ordinal -> new Serial(Batch.of(1), ordinal).key()).toList());
  }

  private static String answer(LedgerNode node, Slips.Take take) {
    return ((Outcome.Recorded<String>) node.commands().send(take, Actor.ENGINE)).answer();
  }

  /** The seam has no checked exceptions; the driver does. */
  @SuppressWarnings("unchecked")
  static <E extends Throwable> void sneaky(Throwable e) throws E {
    throw (E) e;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
