package fr.passnumerique.clearing.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A database that says nothing, as one whose processes are stopped. */
class DatabaseHealthTest {
  private final CountDownLatch paused = new CountDownLatch(1);
  private final AtomicInteger looks = new AtomicInteger();
  private final DatabaseHealth health =
      new DatabaseHealth(
          () ->
              new PGSimpleDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                  looks.incrementAndGet();
                  try {
                    paused.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  throw new SQLException("refused");
                }
              },
          "external",
          Duration.ofMillis(20));

  @Test
  @Timeout(30)
  void isDownWhileTheDatabaseSaysNothingAndOneLookIsUnderWayHoweverOftenItIsAsked()
      throws InterruptedException {
    for (int asked = 0; asked < 3; asked++) {
      Health told = health.health();

      assertThat(told.getStatus()).isEqualTo(Status.DOWN);
      assertThat(told.getDetails())
          .containsEntry("reason", "the database did not answer in PT0.02S");
    }
    assertThat(looks).as("looks under way").hasValue(1);

    paused.countDown();
    while (looks.get() == 1) {
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      Thread.sleep(5);
    }
    assertThat(looks).as("looked anew once the first is over").hasValueGreaterThan(1);
  }
}
