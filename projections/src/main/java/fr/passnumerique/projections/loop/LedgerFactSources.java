package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the ledger itself. The projections of a node follow its head side by side: where the ledger
 * has the last facts in hand they take those; elsewhere the facts last read are kept for the
 * others, so that each is fetched and parsed once, not once per projection.
 */
public final class LedgerFactSources implements FactSources {
  /** At most; slips have about 42 lines, so some megabytes. */
  private static final int KEPT = 2_048;

  private final LedgerReader ledger;

  /** Consecutive positions. */
  private final ArrayDeque<SourcedFact> recent = new ArrayDeque<>();

  /**
   * Held by the one that fetches at the head. A commit wakes all at the same moment: without it
   * each would fetch and parse the same facts before the first had kept them.
   */
  private final ReentrantLock fetching = new ReentrantLock();

  public LedgerFactSources(LedgerReader ledger) {
    this.ledger = ledger;
  }

  @Override
  public FactSource open(String reader) {
    return new Source();
  }

  private final class Source implements FactSource {
    @Override
    public List<SourcedFact> read(Bookmark after, int limit, Duration atMost)
        throws InterruptedException {
      try {
        if (!ledger.awaitBeyond(after.position(), atMost)) {
          return List.of();
        }
        List<RecordedFact> inHand = ledger.recent(after.position(), limit);
        if (!inHand.isEmpty()) {
          return inHand.stream().map(LedgerFactSources::sourced).toList();
        }
        if (after.position() + KEPT < ledger.head()) {
          // Far behind: nobody else needs these facts, nor should wait for them.
          return fetch(after.position(), limit);
        }
        fetching.lockInterruptibly();
        try {
          List<SourcedFact> kept = kept(after.position(), limit);
          return kept.isEmpty() ? fetch(after.position(), limit) : kept;
        } finally {
          fetching.unlock();
        }
      } catch (LedgerUnavailableException e) {
        throw new SourceUnavailableException("the ledger cannot be read", e);
      }
    }

    @Override
    public long head() {
      return ledger.known();
    }

    @Override
    public void close() {}
  }

  private List<SourcedFact> fetch(long after, int limit) {
    List<SourcedFact> facts = new ArrayList<>();
    long expected = after + 1;
    for (LedgerRow row : ledger.readRows(after, limit)) {
      if (row.position() != expected) {
        throw new BrokenSourceException(
            expected,
            "the ledger goes on at position %d after %d; restore it from a backup without the gap"
                .formatted(row.position(), expected - 1));
      }
      RecordedFact recorded;
      try {
        recorded = ledger.recorded(row);
      } catch (RuntimeException e) {
        if (facts.isEmpty()) {
          throw new BrokenSourceException(
              expected, "the fact at position %d cannot be read: %s".formatted(expected, e), e);
        }
        // Those before it are good; it is met again as the first of the next read.
        break;
      }
      facts.add(sourced(recorded));
      expected++;
    }
    keep(facts);
    return facts;
  }

  private static SourcedFact sourced(RecordedFact recorded) {
    return new SourcedFact(recorded, Bookmark.NO_OFFSET);
  }

  private synchronized List<SourcedFact> kept(long after, int limit) {
    if (recent.isEmpty()
        || after + 1 < recent.getFirst().position()
        || after >= recent.getLast().position()) {
      return List.of();
    }
    List<SourcedFact> facts = new ArrayList<>();
    for (Iterator<SourcedFact> kept = recent.iterator(); kept.hasNext() && facts.size() < limit; ) {
      SourcedFact fact = kept.next();
      if (fact.position() > after) {
        facts.add(fact);
      }
    }
    return facts;
  }

  private synchronized void keep(List<SourcedFact> facts) {
    for (SourcedFact fact : facts) {
      if (recent.isEmpty() || fact.position() == recent.getLast().position() + 1) {
        recent.addLast(fact);
      } else if (fact.position() > recent.getLast().position()) {
        recent.clear();
        recent.addLast(fact);
      }
      // Else it is kept already, or of a projection that is far behind.
      if (recent.size() > KEPT) {
        recent.removeFirst();
      }
    }
  }
}
