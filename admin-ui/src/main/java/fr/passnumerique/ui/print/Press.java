package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes few documents at once, since each takes a processor and some dozen megabytes while it is
 * made: whoever prints may not keep slips waiting.
 */
final class Press {
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param atOnce documents
   * @param patience of whoever waits for its turn
   */
  Press(int atOnce, Duration patience) {
    this.free = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /**
   * @throws Problem 503 {@code PRINTING_BUSY} if its turn does not come in time
   */
  byte[] print(Supplier<byte[]> document) {
    boolean turn;
    try {
      turn = free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      turn = false;
    }
    if (!turn) {
      throw Problem.notNow(
          "PRINTING_BUSY", "other documents are being printed", Duration.ofSeconds(10));
    }
    try {
      return document.get();
    } finally {
      free.release();
    }
  }
}
