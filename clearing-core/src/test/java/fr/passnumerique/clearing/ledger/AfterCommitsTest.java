package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AfterCommitsTest {
  private static final Duration A_WHILE = Duration.ofMillis(100);

  private final List<Append> unheard = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final AfterCommits after = new AfterCommits(unheard::add);

  @BeforeEach
  void start() {
    after.start();
  }

  @AfterEach
  void release() {
    held.countDown();
  }

  @Test
  void theNextGroupIsNotWaitedFor() throws Exception {
    hold();

    after.add(several(), () -> done.add("second"));
    assertThat(done).isEmpty();

    held.countDown();
    after.await();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void oneAloneIsFollowedAtOnceOnTheThreadOfItsCommit() throws Exception {
    Thread[] by = new Thread[1];

    after.add(one(), () -> by[0] = Thread.currentThread());

    assertThat(by[0]).isSameAs(Thread.currentThread());
  }

  /** Else its fact would be folded before those that it builds on. */
  @Test
  void oneAloneWaitsForThoseBeforeIt() throws Exception {
    hold();

    after.add(one(), () -> done.add("second"));
    assertThat(done).isEmpty();

    held.countDown();
    after.await();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void noMoreThanAFewGroupsWait() throws Exception {
    hold();
    CountDownLatch taken = new CountDownLatch(3);
    Thread adding =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 5; i++) {
                      after.add(several(), () -> done.add("later"));
                      taken.countDown();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(adding.join(A_WHILE)).as("the fifth waits").isFalse();

    held.countDown();
    adding.join();
    after.await();
    assertThat(done).hasSize(6);
  }

  @Test
  void behindOneThatFailsNothingFollowsAndNobodyIsToldThatItDid() throws Exception {
    hold();
    List<Append> failing = several();
    List<Append> later = several();
    after.add(
        failing,
        () -> {
          throw new IllegalStateException("no register takes it");
        });
    after.add(later, () -> done.add("later"));
    held.countDown();

    assertThatThrownBy(after::await).hasMessage("no register takes it");
    List<Append> last = one();
    assertThatThrownBy(() -> after.add(last, () -> done.add("last")))
        .hasMessage("no register takes it");

    assertThat(done).containsExactly("first");
    assertThat(unheard)
        .containsExactly(
            failing.getFirst(),
            failing.getLast(),
            later.getFirst(),
            later.getLast(),
            last.getFirst());
  }

  @Test
  void oneAloneThatFailsIsToldTheSame() {
    List<Append> failing = one();

    assertThatThrownBy(
            () ->
                after.add(
                    failing,
                    () -> {
                      throw new IllegalStateException("no register takes it");
                    }))
        .hasMessage("no register takes it");

    assertThat(unheard).isEqualTo(failing);
  }

  /** Else the appender would wait for ever, and the node hold the election. */
  @Test
  void theAppenderIsToldAlsoWhereTellingTheOthersFails() throws Exception {
    AfterCommits failing =
        new AfterCommits(
            _ -> {
              throw new IllegalStateException("nobody can be told");
            });
    failing.start();
    failing.add(
        several(),
        () -> {
          throw new IllegalStateException("no register takes it");
        });

    assertThatThrownBy(failing::await).hasMessage("no register takes it");
    assertThatThrownBy(failing::check).hasMessage("no register takes it");
  }

  @Test
  void whatIsCommittedIsFollowedAlsoAtTheEnd() throws Exception {
    hold();
    after.add(several(), () -> done.add("second"));
    Thread closing = Thread.ofVirtual().start(after::close);
    assertThat(closing.join(A_WHILE)).isFalse();

    held.countDown();

    closing.join();
    assertThat(done).containsExactly("first", "second");
  }

  private void hold() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    after.add(
        several(),
        () -> {
          begun.countDown();
          try {
            held.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          done.add("first");
        });
    begun.await();
  }

  private static List<Append> several() {
    return List.of(append(), append());
  }

  private static List<Append> one() {
    return List.of(append());
  }

  private static Append append() {
    return new Append(
        List.of(),
        Append.Condition.of(AppendCondition.none(), new long[0]),
        new CompletableFuture<>(),
        0);
  }
}
