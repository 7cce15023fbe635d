package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PressTest {
  private static final byte[] PAPER = {1};
  private static final Supplier<byte[]> NEVER =
      () -> {
        throw new AssertionError("made though it was not its turn");
      };

  @Test
  void whoeverFindsItBusyIsToldWhenToComeAgain() throws Exception {
    Press press = new Press(1, 1, Duration.ofMillis(20));
    Held first = new Held(press);

    assertThatThrownBy(() -> press.print(NEVER)).satisfies(PressTest::isBusy);

    assertThat(first.end()).isEqualTo(PAPER);
    assertThat(press.print(() -> PAPER)).isEqualTo(PAPER);
  }

  /** Who waits keeps a place from programs that ask for something else. */
  @Test
  void whereEnoughWaitAlreadyNobodyElseDoes() throws Exception {
    Press press = new Press(1, 1, Duration.ofMinutes(10));
    Held first = new Held(press);
    Thread waiting = new Thread(() -> press.print(() -> PAPER));
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(5);
    }

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThatThrownBy(() -> press.print(NEVER)).satisfies(PressTest::isBusy));

    assertThat(first.end()).isEqualTo(PAPER);
    waiting.join();
    assertThat(press.print(() -> PAPER)).isEqualTo(PAPER);
  }

  /** Nobody stands behind it who could come again. */
  @Test
  void whatGoesOnBesideWaitsForItsTurnWhoeverElseWaits() throws Exception {
    Press press = new Press(1, 0, Duration.ofMillis(20));
    Held first = new Held(press);
    CompletableFuture<byte[]> beside = new CompletableFuture<>();
    Thread waiting = new Thread(() -> beside.complete(press.printInTurn(() -> PAPER)));
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.sleep(5);
    }
    assertThatThrownBy(() -> press.print(NEVER)).satisfies(PressTest::isBusy);
    assertThat(beside).isNotDone();

    assertThat(first.end()).isEqualTo(PAPER);
    assertThat(beside.get()).isEqualTo(PAPER);
    assertThat(press.print(() -> PAPER)).isEqualTo(PAPER);
  }

  @Test
  void whatFailsGivesItsTurnBack() {
    Press press = new Press(1, 0, Duration.ofMillis(20));

    assertThatThrownBy(
            () ->
                press.print(
                    () -> {
                      throw new IllegalStateException("torn");
                    }))
        .hasMessage("torn");

    assertThat(press.print(() -> PAPER)).isEqualTo(PAPER);
  }

  private static void isBusy(Throwable refused) {
    assertThat(refused)
        .isInstanceOfSatisfying(
            Problem.class,
            busy -> {
              assertThat(busy.code()).isEqualTo("PRINTING_BUSY");
              assertThat(busy.status()).isEqualTo(503);
              assertThat(busy.retryAfterSeconds()).isPositive();
            });
  }

  /** A document that is made until it is told to end. */
  private static final class Held {
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<byte[]> document;

    Held(Press press) throws InterruptedException {
      CountDownLatch begun = new CountDownLatch(1);
      document =
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
    }

    byte[] end() throws Exception {
      end.countDown();
      return document.get();
    }
  }
}
