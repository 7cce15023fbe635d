package fr.passnumerique.clearing.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A database that says nothing, as one whose processes are stopped. */
@Timeout(30)
class DatabaseHealthTest {
  private static final String SAYS_NOTHING = "the database did not answer in PT0.02S";

  private final CountDownLatch paused = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile int silentLooks = Integer.MAX_VALUE;

  private DatabaseHealth health(Duration patience) {
    return new DatabaseHealth(
        () ->
            new PGSimpleDataSource() {
              @Override
              public Connection getConnection() throws SQLException {
                underWay.incrementAndGet();
                if (begun.incrementAndGet() <= silentLooks) {
                  try {
                    paused.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }
                underWay.decrementAndGet();
                throw new SQLException("refused");
              }
            },
        "external",
        patience);
  }

  @Test
  void isDownWhileTheDatabaseSaysNothingAndALookThatTookTooLongIsGivenUp() throws Exception {
    DatabaseHealth health = health(Duration.ofMillis(20));
    for (int asked = 1; asked <= 3; asked++) {
      Health told = health.health();

      assertThat(told.getStatus()).isEqualTo(Status.DOWN);
      assertThat(told.getDetails()).containsEntry("reason", SAYS_NOTHING);
      int looks = asked;
      await(() -> begun.get() == looks && underWay.get() == 1);
    }
  }

  @Test
  void knowsThatTheDatabaseAnswersAgainThoughTheLookOfBeforeStillWaits() throws Exception {
    silentLooks = 1;
    DatabaseHealth health = health(Duration.ofMillis(20));
    assertThat(health.health().getDetails()).containsEntry("reason", SAYS_NOTHING);
    await(() -> begun.get() == 1);

    await(() -> refused(health.health()));
  }

  @Test
  void whoAsksMeanwhileIsToldByTheLookThatIsUnderWay() throws Exception {
    DatabaseHealth health = health(Duration.ofSeconds(20));
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Health> asked = health::health;
      Future<Health> first = askers.submit(asked);
      Future<Health> second = askers.submit(asked);
      await(() -> begun.get() > 0);
      Thread.sleep(50);
      paused.countDown();

      assertThat(refused(first.get())).isTrue();
      assertThat(refused(second.get())).isTrue();
    }
    assertThat(begun).hasValue(1);
  }

  @Test
  void whatWentWrongInALookIsNamedItself() {
    DatabaseHealth health =
        new DatabaseHealth(
            () -> {
              throw new IllegalStateException("closed");
            },
            "external",
            Duration.ofSeconds(20));

    assertThat(health.health().getDetails())
        .containsEntry("error", "java.lang.IllegalStateException: closed");
  }

  private static boolean refused(Health told) {
    return told.getStatus().equals(Status.DOWN)
        && "java.sql.SQLException: refused".equals(told.getDetails().get("error"));
  }

  private static void await(BooleanSupplier over) throws InterruptedException {
    while (!over.getAsBoolean()) {
      Thread.sleep(5);
    }
  }
}
