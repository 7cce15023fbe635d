package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a node that stands by waits for the one that writes. */
class SilenceTest {
  private static final OffsetDateTime AT =
      OffsetDateTime.of(2026, 3, 2, 9, 0, 0, 0, ZoneOffset.UTC);

  private final Silence silence = new Silence(Duration.ofMillis(400));

  private boolean look(int pid, OffsetDateTime at, long millis) {
    return silence.hasLasted(
        Optional.of(new WriterSession.Beat(pid, at)), TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void hasLastedOnceTheSameBeatWasSeenForSoLong() {
    for (int millis = 0; millis < 400; millis += 50) {
      assertThat(look(1, AT, millis)).as("after %d ms", millis).isFalse();
    }
    assertThat(look(1, AT, 400)).isTrue();
  }

  @Test
  void beginsAnewWithEachBeatHoweverOldItIsByTheDatabasesClock() {
    for (int look = 0; look < 20; look++) {
      assertThat(look(1, AT.minusHours(look), 50L * look)).as("look %d", look).isFalse();
    }
    assertThat(look(2, AT.minusHours(19), 1_000)).as("another session").isFalse();
    assertThat(look(2, AT.minusHours(19), 1_399)).isFalse();
  }

  @Test
  void aPauseBetweenTwoLooksIsNoSilence() {
    assertThat(look(1, AT, 0)).isFalse();
    assertThat(look(1, AT, 50)).isFalse();
    for (int look = 3; look < Silence.LEAST_LOOKS; look++) {
      assertThat(look(1, AT, 5_000 + 50 * look)).as("look %d", look).isFalse();
    }
    assertThat(look(1, AT, 6_000)).isTrue();
  }

  @Test
  void whoWaitsForAnAnswerIsNotSilent() {
    assertThat(look(1, AT, 0)).isFalse();
    for (int look = 1; look < 20; look++) {
      assertThat(silence.hasLasted(Optional.empty(), TimeUnit.MILLISECONDS.toNanos(50 * look)))
          .isFalse();
    }
    assertThat(look(1, AT, 1_000)).as("seen at the old beat again").isFalse();
  }
}
