package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PressTest {
  private static final byte[] PAPER = {1};

  @Test
  void whoeverFindsItBusyIsToldWhenToComeAgain() throws Exception {
    Press press = new Press(1, Duration.ofMillis(20));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<byte[]> first =
        CompletableFuture.supplyAsync(
            () ->
                press.print(
                    () -> {
                      begun.countDown();
                      try {
                        end.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return PAPER;
                    }));
    begun.await();

    assertThatThrownBy(() -> press.print(() -> PAPER))
        .isInstanceOfSatisfying(
            Problem.class,
            busy -> {
              assertThat(busy.code()).isEqualTo("PRINTING_BUSY");
              assertThat(busy.status()).isEqualTo(503);
              assertThat(busy.retryAfterSeconds()).isPositive();
            });

    end.countDown();
    assertThat(first.get()).isEqualTo(PAPER);
    assertThat(press.print(() -> PAPER)).isEqualTo(PAPER);
  }

  @Test
  void whatFailsGivesItsTurnBack() {
    Press press = new Press(1, Duration.ofMillis(20));

    assertThatThrownBy(
            () ->
                press.print(
                    () -> {
                      throw new IllegalStateException("torn");
                    }))
        .hasMessage("torn");

    assertThat(press.print(() -> PAPER)).isEqualTo(PAPER);
  }
}
