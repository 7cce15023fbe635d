package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where commands come one at a time, each is written by the thread that sends it. */
@Timeout(60)
class SenderWritesIT {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** By which each statement was sent. */
  private final List<Thread> by = new CopyOnWriteArrayList<>();

  private volatile Runnable beforeStatement = () -> {};
  private volatile Runnable afterStatement = () -> {};
  private int settled;
  private TestDatabase database;
  private LedgerNode node;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.fresh();
    node =
        NodeOfSlips.on(database)
            .meters(meters)
            .disturbed(
                new AppendFaults() {
                  @Override
                  public void beforeStatement() {
                    by.add(Thread.currentThread());
                    beforeStatement.run();
                  }

                  @Override
                  public void afterStatement() {
                    afterStatement.run();
                  }
                })
            .writing();
    // Now and then the appender's thread has the turn, to look for facts of others; not just behind
    // one that its sender wrote.
    while (by.isEmpty() || by.getLast() != Thread.currentThread()) {
      take(1_000 + settled++);
    }
    by.clear();
  }

  @AfterEach
  void close() {
    node.close();
    database.close();
  }

  @Test
  void whoSendsAloneWritesItself() {
    for (int slip = 1; slip <= 3; slip++) {
      assertThat(take(slip)).isEqualTo("A");
    }

    assertThat(by).hasSize(3).containsOnly(Thread.currentThread());
  }

  /** Each would be a commit of its own, and the one who wrote first would serve all others. */
  @Test
  void thoseWhoComeMeanwhileAreWrittenTogetherByTheAppender() throws Exception {
    Held first = new Held();
    beforeStatement = first;
    try (ExecutorService clients = Executors.newFixedThreadPool(5)) {
      List<Future<String>> answers = new ArrayList<>();
      answers.add(clients.submit(() -> take(1)));
      first.awaitIt();
      for (int slip = 2; slip <= 5; slip++) {
        int number = slip;
        answers.add(clients.submit(() -> take(number)));
      }
      // Decided and queued.
      Thread.sleep(300);
      first.goOn();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("A");
      }
    }
    assertThat(by).hasSize(2);
    assertThat(by.getFirst().getName()).isNotEqualTo("ledger-appender");

    assertThat(take(6)).isEqualTo("A");
    assertThat(take(7)).isEqualTo("A");

    assertThat(by.subList(1, 3))
        .as("where several came last, others may be on their way")
        .extracting(Thread::getName)
        .containsOnly("ledger-appender");
    assertThat(by.getLast()).isSameAs(Thread.currentThread());
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(settled + 7);
  }

  @Test
  void aSenderThatIsInterruptedAsItWritesIsAnsweredAndTheConnectionStays() {
    beforeStatement = () -> Thread.currentThread().interrupt();

    assertThat(take(1)).isEqualTo("A");

    assertThat(Thread.interrupted()).as("told on").isTrue();
    assertThat(unknownOutcomes()).isZero();
  }

  /** Its connection would be closed under the statement. */
  @Test
  void aVirtualThreadThatIsInterruptedEndsNobodysStatement() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Thread[] sender = new Thread[1];
    beforeStatement = () -> sender[0].interrupt();
    sender[0] =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  assertThatThrownBy(() -> take(1)).isInstanceOf(LedgerUnavailableException.class);
                  told.countDown();
                });
    sender[0].start();
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    beforeStatement = () -> {};

    assertThat(take(2)).isEqualTo("A");

    assertThat(unknownOutcomes()).isZero();
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(settled + 2);
  }

  @Test
  void whatASenderGotNoAnswerToIsLookedForByTheAppender() throws Exception {
    int[] lost = {0};
    afterStatement =
        () -> {
          if (lost[0]++ < 3) {
            AppenderIT.sneaky(new SQLException("connection reset", "08006"));
          }
        };
    for (int slip = 1; slip <= 5; slip++) {
      assertThat(take(slip)).isEqualTo("A");
    }

    assertThat(by).as("none is written again").hasSize(5);
    assertThat(unknownOutcomes()).isEqualTo(3);
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(settled + 5);
  }

  @Test
  void aNodeThatIsClosedWaitsForTheSenderThatWrites() throws Exception {
    Held writing = new Held();
    beforeStatement = writing;
    try (ExecutorService client = Executors.newSingleThreadExecutor()) {
      Future<String> answer = client.submit(() -> take(1));
      writing.awaitIt();
      Thread closing = Thread.ofPlatform().start(node::close);
      assertThat(closing.join(Duration.ofMillis(300))).isFalse();
      assertThat(answer).isNotDone();

      writing.goOn();

      assertThat(answer.get()).isEqualTo("A");
      closing.join();
    }
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(settled + 1);
  }

  /** Who waited for the turn meanwhile has it then, and would write behind a fact not folded. */
  @Test
  void behindASenderThatStopsTheNodeNothingIsWritten() throws Exception {
    Held writing = new Held();
    beforeStatement = writing;
    afterStatement =
        () -> {
          throw new IllegalStateException("a register cannot take it");
        };
    try (ExecutorService clients = Executors.newFixedThreadPool(2)) {
      Future<String> first = clients.submit(() -> take(1));
      writing.awaitIt();
      Future<String> waiting = clients.submit(() -> take(2));
      Thread.sleep(300);
      writing.goOn();
      for (Future<String> told : List.of(first, waiting)) {
        assertThatThrownBy(told::get).hasCauseInstanceOf(LedgerUnavailableException.class);
      }
    }
    assertThat(by).hasSize(1);
    assertThat(node.state()).isEqualTo(LedgerNode.State.STOPPED);
    assertThat(LedgerAudit.wholeChain(database.superuser())).hasSize(settled + 1);
  }

  @Test
  void aFactThatNoRegisterTakesStopsTheNodeAlsoWhereItsSenderFoldsIt() {
    afterStatement =
        () -> {
          throw new IllegalStateException("a register cannot take it");
        };

    assertThatThrownBy(() -> take(1)).hasMessageContaining("send again");

    assertThat(node.state()).isEqualTo(LedgerNode.State.STOPPED);
    assertThat(node.stopReason()).contains("a register cannot take it");
  }

  /** Holds the first who comes. */
  private static final class Held implements Runnable {
    private final CountDownLatch here = new CountDownLatch(1);
    private final CountDownLatch on = new CountDownLatch(1);

    @Override
    public void run() {
      here.countDown();
      try {
        on.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitIt() throws InterruptedException {
      assertThat(here.await(10, TimeUnit.SECONDS)).isTrue();
    }

    void goOn() {
      on.countDown();
    }
  }

  private double unknownOutcomes() {
    return meters.get("ledger.append.unknown.outcomes").counter().count();
  }

  /** Each slip has a cheque of its own. */
  private String take(int slip) {
    Slips.Take take =
        new Slips.Take(
            new SlipReference("slip-" + slip), List.of(new Serial(Batch.of(1), slip).key()));
    return ((Outcome.Recorded<String>) node.commands().send(take, Actor.ENGINE)).answer();
  }
}
