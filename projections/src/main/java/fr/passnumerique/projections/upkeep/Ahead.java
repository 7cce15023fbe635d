package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.BrokenSourceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the ledger ahead of the fold: while a batch is written the next ones are fetched and
 * parsed. Positions are gapless, so that batches can be read side by side and are taken in order.
 */
final class Ahead implements AutoCloseable {
  private static final int READERS = 2;
  private static final int BATCHES = 3;

  /**
   * At a time, of a batch: their texts are garbage before the collector would have to move them.
   */
  private static final int ROWS = 500;

  private final LedgerReader ledger;
  private final int limit;
  private final long end;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          READERS, Thread.ofPlatform().daemon().name("rebuild-reader-", 0).factory());
  private final ArrayDeque<Future<List<RecordedFact>>> batches = new ArrayDeque<>();
  private long next;

  /**
   * @param after exclusive
   * @param end inclusive
   * @param limit facts per batch
   */
  Ahead(LedgerReader ledger, long after, long end, int limit) {
    this.ledger = ledger;
    this.limit = limit;
    this.end = end;
    this.next = after;
  }

  /**
   * @return the facts that follow; empty at the end
   */
  List<RecordedFact> take() throws InterruptedException {
    while (batches.size() < BATCHES && next < end) {
      long after = next;
      int count = (int) Math.min(limit, end - after);
      next = after + count;
      batches.add(readers.submit(reading(after, count)));
    }
    if (batches.isEmpty()) {
      return List.of();
    }
    try {
      return batches.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Callable<List<RecordedFact>> reading(long after, int count) {
    return () -> {
      List<RecordedFact> facts = new ArrayList<>(count);
      while (facts.size() < count) {
        long read = after + facts.size();
        List<LedgerRow> rows = ledger.readRows(read, Math.min(ROWS, count - facts.size()));
        if (rows.isEmpty()) {
          throw gap(read + 1);
        }
        for (LedgerRow row : rows) {
          facts.add(recorded(row, after + facts.size() + 1));
        }
      }
      return facts;
    };
  }

  private RecordedFact recorded(LedgerRow row, long expected) {
    if (row.position() != expected) {
      throw gap(expected);
    }
    try {
      return ledger.recorded(row);
    } catch (RuntimeException e) {
      throw new BrokenSourceException(
          expected, "the fact at position %d cannot be read: %s".formatted(expected, e), e);
    }
  }

  private static BrokenSourceException gap(long position) {
    return new BrokenSourceException(
        position, "the ledger has no fact at position %d".formatted(position));
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
