package fr.passnumerique.loadtest.relay;

import fr.passnumerique.loadtest.peak.GrowingLedger;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Records facts at an even pace, whatever becomes of broker and relays. */
final class Growth implements AutoCloseable {
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;

  private Growth(GrowingLedger ledger, long pauseNanos) {
    thread =
        Thread.ofPlatform()
            .name("growth")
            .start(
                () -> {
                  try {
                    while (!closing) {
                      ledger.grow();
                      LockSupport.parkNanos(pauseNanos);
                    }
                  } catch (RuntimeException e) {
                    failure = e;
                  }
                });
  }

  static Growth start(GrowingLedger ledger, int factsPerSecond) {
    return new Growth(ledger, 1_000_000_000L / factsPerSecond);
  }

  void requireRunning() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the ledger is not written: " + failed, failed);
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
