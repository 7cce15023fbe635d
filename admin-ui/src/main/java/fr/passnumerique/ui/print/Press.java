package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes few documents at once, since each takes a processor and some dozen megabytes while it is
 * made: whoever prints may not keep slips waiting. Few wait for their turn, too: each of them holds
 * a place among the questions that are worked on at once, and programs ask such as well.
 */
final class Press {
  private final Semaphore places;
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param atOnce documents
   * @param waiting how many wait for their turn
   * @param patience of whoever waits
   */
  Press(int atOnce, int waiting, Duration patience) {
    this.places = new Semaphore(atOnce + waiting);
    this.free = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /**
   * @param document all that takes work or memory: what it is made of is derived and read there
   * @throws Problem 503 {@code PRINTING_BUSY} if enough wait already, or its turn does not come in
   *     time; nothing was made then
   */
  byte[] print(Supplier<byte[]> document) {
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      if (!itsTurnComes()) {
        throw busy();
      }
      try {
        return document.get();
      } finally {
        free.release();
      }
    } finally {
      places.release();
    }
  }

  /**
   * As {@link #print}, for what goes on beside the requests, one at a time: it takes none of their
   * places and waits for its turn as long as that takes.
   *
   * @throws Problem 503 {@code PRINTING_BUSY} if the node stops meanwhile; nothing was made then
   */
  byte[] printInTurn(Supplier<byte[]> document) {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return document.get();
    } finally {
      free.release();
    }
  }

  private boolean itsTurnComes() {
    try {
      return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Problem busy() {
    return Problem.notNow(
        "PRINTING_BUSY", "other documents are being printed", Duration.ofSeconds(10));
  }
}
