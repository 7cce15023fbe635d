package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.peak.RivalDesk.Waiting;
import fr.passnumerique.loadtest.peak.Way.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

class RivalDeskTest {
  private final CountDownLatch firstBegun = new CountDownLatch(1);
  private final CountDownLatch secondBegun = new CountDownLatch(1);
  private final CountDownLatch longBegun = new CountDownLatch(1);
  private final CountDownLatch longOver = new CountDownLatch(1);
  private volatile boolean bothOver;

  private final Slip first = slip(1, 42);
  private final Slip second = slip(2, 42);
  private final Slip longOne = slip(3, RivalDesk.MOST_LINES);
  private final Slip shortOne = slip(4, 42);

  /** What the writers present takes as long as the test wants. */
  private final RivalDesk desk = new RivalDesk(List.of(new Held(), new Held()));

  private final class Held implements RivalDesk.Writer {
    @Override
    public void present(Map<String, Waiting> together) {
      together.values().forEach(one -> hold(one.slip));
      together
          .values()
          .forEach(one -> one.answered(() -> new Answer(List.of(), one.slip.number(), false)));
    }

    private void hold(Slip slip) {
      if (slip.equals(longOne)) {
        longBegun.countDown();
        try {
          longOver.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      } else if (!slip.equals(shortOne)) {
        (slip.equals(first) ? firstBegun : secondBegun).countDown();
        // Not parked: both are to be over at the same moment.
        while (!bothOver) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    public void close() {}
  }

  private static Slip slip(int number, int lines) {
    return new Slip(
        number,
        0,
        "D-" + number,
        new long[lines],
        new int[lines],
        new int[lines],
        new int[lines],
        new Verdict[lines],
        Slip.Resend.NO,
        0);
  }

  /** A client that sends a slip. */
  private final class Sending {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Thread thread;

    Sending(Slip slip) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try (Way.Client client = desk.client()) {
                      answer.complete(client.send(slip).get());
                    }
                  });
    }

    void awaitParked() throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }

    /** Of the slip with its number. */
    long answer() throws Exception {
      return answer.get(5, TimeUnit.SECONDS).acceptedCents();
    }
  }

  /**
   * Both connections become free before the client of the long slip, which waits first, is awake:
   * each wakes it, and it leaves the short slip to the other connection. Who is awake when is the
   * system's to decide, so that it is tried many times.
   */
  @RepeatedTest(200)
  @Timeout(60)
  void aSlipThatIsLeftToAnotherConnectionDoesNotWaitForTheFirstOne() throws Exception {
    Sending one = new Sending(first);
    firstBegun.await();
    Sending other = new Sending(second);
    secondBegun.await();
    Sending waitsFirst = new Sending(longOne);
    waitsFirst.awaitParked();
    Sending waitsSecond = new Sending(shortOne);
    waitsSecond.awaitParked();

    bothOver = true;
    longBegun.await();

    try {
      assertThat(waitsSecond.answer()).isEqualTo(shortOne.number());
    } finally {
      longOver.countDown();
    }
    assertThat(waitsFirst.answer()).isEqualTo(longOne.number());
    assertThat(one.answer()).isEqualTo(first.number());
    assertThat(other.answer()).isEqualTo(second.number());
  }
}
