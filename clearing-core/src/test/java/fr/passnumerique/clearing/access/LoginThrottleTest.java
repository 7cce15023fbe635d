package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final AtomicLong now = new AtomicLong();
  private final LoginThrottle throttle = new LoginThrottle(now::get);

  @Test
  void threeFailuresAreFreeAndEachFurtherOneWaitsTwiceAsLong() {
    for (int i = 0; i < 3; i++) {
      assertThat(attempt()).isEqualTo(Duration.ZERO);
    }
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      assertThat(attempt()).isEqualTo(Duration.ofSeconds(seconds));
      pass(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(attempt()).as("a moment too early").isEqualTo(Duration.ofNanos(1));
      pass(Duration.ofNanos(1));
      assertThat(attempt()).as("after %s s", seconds).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void aSuccessForgetsTheFailures() {
    for (int i = 0; i < 3; i++) {
      attempt();
    }
    throttle.succeeded("clerk", "10.0.0.1");

    for (int i = 0; i < 3; i++) {
      assertThat(attempt()).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void whatWasNoGuessIsNotCounted() {
    for (int i = 0; i < 2 * LoginThrottle.FAILURES_OF_AN_ADDRESS_AN_HOUR; i++) {
      assertThat(attempt()).isEqualTo(Duration.ZERO);
      throttle.notAGuess("clerk", "10.0.0.1");
    }
    attempt();
    attempt();
    attempt();
    assertThat(attempt()).as("what was one still is").isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    attempt();
    throttle.notAGuess("clerk", "10.0.0.1");
    assertThat(attempt()).as("as before it").isEqualTo(Duration.ZERO);
    assertThat(attempt()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void nobodyIsLockedOutFromAnotherAddress() {
    for (int i = 0; i < 10; i++) {
      attempt();
    }

    assertThat(throttle.admit("clerk", "10.0.0.2")).isEqualTo(Duration.ZERO);
    assertThat(throttle.admit("auditor", "10.0.0.1")).isEqualTo(Duration.ZERO);
  }

  @Test
  void anAddressThatTriesManyLoginsWaitsToo() {
    for (int i = 0; i < LoginThrottle.FAILURES_OF_AN_ADDRESS_AN_HOUR; i++) {
      assertThat(throttle.admit("login-" + i, "10.0.0.1")).isEqualTo(Duration.ZERO);
    }

    assertThat(throttle.admit("another", "10.0.0.1")).isPositive();
    assertThat(throttle.admit("another", "10.0.0.2")).isEqualTo(Duration.ZERO);
  }

  @Test
  void thoseWhoLogInDoNotUseUpTheirAddress() {
    for (int i = 0; i < 2 * LoginThrottle.FAILURES_OF_AN_ADDRESS_AN_HOUR; i++) {
      assertThat(attempt()).isEqualTo(Duration.ZERO);
      throttle.succeeded("clerk", "10.0.0.1");
    }
  }

  @Test
  void anHourLaterAllIsForgotten() {
    for (int i = 0; i < 4; i++) {
      attempt();
    }
    pass(Duration.ofHours(1));

    for (int i = 0; i < 3; i++) {
      assertThat(attempt()).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void ofAHundredAttemptsAtTheSameMomentThreeAreMade() throws Exception {
    AtomicInteger admitted = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 100; i++) {
        threads.submit(
            () -> {
              start.await();
              if (attempt().isZero()) {
                admitted.incrementAndGet();
              }
              return null;
            });
      }
      start.countDown();
    }

    assertThat(admitted).hasValue(3);
  }

  private Duration attempt() {
    return throttle.admit("clerk", "10.0.0.1");
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
