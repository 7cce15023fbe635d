package fr.passnumerique.loadtest.peak;

import java.sql.SQLException;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How far what is read lay behind, looked at regularly while a way works. */
final class Lag implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private final Freshness freshness;
  private final Histogram seen = new Histogram(Load.DIGITS);
  private final Thread watch;
  private volatile boolean over;
  private volatile @Nullable Exception failed;

  private Lag(Freshness freshness) {
    this.freshness = freshness;
    this.watch = Thread.ofPlatform().daemon().name("lag").unstarted(this::watch);
  }

  static Lag watch(Freshness freshness) {
    Lag lag = new Lag(freshness);
    lag.watch.start();
    return lag;
  }

  private void watch() {
    long due = System.nanoTime();
    try {
      while (!over) {
        Pace.until(due);
        seen.recordValue(Math.max(0, freshness.lagNanos()));
        due += BETWEEN.toNanos();
      }
    } catch (SQLException | RuntimeException e) {
      failed = e;
    }
  }

  /** Looks no more. In nanoseconds. */
  Histogram end() throws InterruptedException {
    over = true;
    watch.join();
    if (failed != null) {
      throw new IllegalStateException("the lag could not be looked at", failed);
    }
    return seen;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    watch.join();
    try {
      freshness.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
