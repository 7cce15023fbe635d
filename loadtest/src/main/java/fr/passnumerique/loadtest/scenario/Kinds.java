package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load;
import fr.passnumerique.loadtest.peak.Millis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** How long requests of each kind took, and which failed. For several threads. */
final class Kinds {
  private static final int MOST_TOLD = 5;

  private final Map<String, Histogram> taken = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private int failed;

  /** Something that is asked, and answered. */
  @FunctionalInterface
  interface Asked {
    void ask() throws IOException, InterruptedException;
  }

  /**
   * Asks, and keeps how long it took.
   *
   * @param due from when its time counts, in {@link System#nanoTime()}
   * @return whether it was answered as it should
   */
  boolean time(String kind, long due, Asked asked) throws InterruptedException {
    boolean answered = true;
    try {
      asked.ask();
    } catch (IOException | RuntimeException e) {
      answered = false;
      fail(kind + ": " + e.getMessage());
    }
    record(kind, System.nanoTime() - due);
    return answered;
  }

  private synchronized void record(String kind, long nanos) {
    taken.computeIfAbsent(kind, _ -> new Histogram(Load.DIGITS)).recordValue(nanos);
  }

  private synchronized void fail(String what) {
    failed++;
    if (failures.size() < MOST_TOLD) {
      failures.add(what);
    }
  }

  /** What others have timed. */
  synchronized void add(String kind, Histogram nanos) {
    taken.computeIfAbsent(kind, _ -> new Histogram(Load.DIGITS)).add(nanos);
  }

  synchronized void tell(Findings findings) {
    findings.table("request", "times", "p50 ms", "p99 ms", "p99.9 ms", "most ms");
    taken.forEach(
        (kind, nanos) ->
            findings.row(
                kind,
                nanos.getTotalCount(),
                Millis.at(nanos, 50),
                Millis.at(nanos, 99),
                Millis.at(nanos, 99.9),
                Millis.at(nanos, 100)));
    findings.must(
        failed == 0,
        failed == 0
            ? "no request failed"
            : "%d requests failed: %s".formatted(failed, String.join("; ", failures)));
  }
}
