package fr.passnumerique.projections.loop;

import java.time.Duration;
import java.util.List;

/**
 * Gives facts in order of position, none left out, none twice. Read by one thread; what folds does
 * not know whether they come from the ledger itself or through Kafka.
 */
public interface FactSource extends AutoCloseable {

  /**
   * @param limit at least 1
   * @param atMost how long to wait for a fact if there is none yet
   * @return the facts that follow, from {@code after.position() + 1} on; empty if none came in time
   * @throws SourceUnavailableException for now; ask again
   * @throws BrokenSourceException for good: what follows cannot be given, and must not be skipped
   */
  List<SourcedFact> read(Bookmark after, int limit, Duration atMost) throws InterruptedException;

  /**
   * The position of the last fact known to exist, for measuring lag; may be called by any thread.
   * Through Kafka it is an upper bound while behind, because the markers of transactions count.
   */
  long head();

  @Override
  void close();
}
