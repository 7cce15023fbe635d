package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed facts in order of position. No reader can skip one: commit order is position
 * order.
 *
 * <p>Every method throws {@link LedgerUnavailableException} while the ledger cannot be read; ask
 * again.
 */
public interface LedgerReader {
  /**
   * The position of the last committed fact of all, as stored; 0 when the ledger is empty. How far
   * this node's registers are does not count: they may be behind, or stopped.
   */
  long head();

  /**
   * As far as this process knows without asking the database: for gauges, health and pages, which
   * must tell of an outage and not wait in it. Never beyond {@link #head}, and behind it by no more
   * than whoever follows the ledger here is behind.
   */
  default long known() {
    return head();
  }

  /**
   * @param after position, exclusive; 0 for the beginning
   * @param limit at least 1
   * @return the next facts, at most {@code limit}; empty when there are none yet
   */
  List<RecordedFact> read(long after, int limit);

  /**
   * As {@link #read}, out of memory: on a node with the ledger's registers the facts last committed
   * are still in hand.
   *
   * @return empty where they are not; {@link #read} has them
   */
  default List<RecordedFact> recent(long after, int limit) {
    return List.of();
  }

  /** As {@link #read}, as stored and hashed. */
  List<LedgerRow> readRows(long after, int limit);

  /**
   * The facts that carry a tag, in order of position: for few, and not by the million.
   *
   * @param tag {@code key:value}
   */
  default List<RecordedFact> tagged(String tag) {
    List<RecordedFact> tagged = new ArrayList<>();
    List<RecordedFact> page = read(0, 1_000);
    while (!page.isEmpty()) {
      page.stream().filter(recorded -> recorded.fact().tags().contains(tag)).forEach(tagged::add);
      page = read(page.getLast().position(), 1_000);
    }
    return tagged;
  }

  /**
   * The facts that carry any of these tags, a page of them, in order of position.
   *
   * @param after position, exclusive; 0 for the beginning
   * @param until position, inclusive
   * @param limit at least 1
   */
  default List<RecordedFact> tagged(Collection<String> tags, long after, long until, int limit) {
    return tags.stream()
        .flatMap(tag -> tagged(tag).stream())
        .distinct()
        .filter(recorded -> recorded.position() > after && recorded.position() <= until)
        .sorted(Comparator.comparingLong(RecordedFact::position))
        .limit(limit)
        .toList();
  }

  /**
   * Where the facts lie that carry a tag, the newest first.
   *
   * @param tag {@code key:value}
   * @param type of the fact; null for every one
   * @param first position, inclusive
   * @param last position, inclusive
   * @param limit at least 1
   */
  default List<Long> newestTagged(
      String tag, @Nullable String type, long first, long last, int limit) {
    return tagged(tag).stream()
        .filter(recorded -> type == null || recorded.fact().getClass().getSimpleName().equals(type))
        .map(RecordedFact::position)
        .filter(position -> position >= first && position <= last)
        .sorted(Comparator.reverseOrder())
        .limit(limit)
        .toList();
  }

  /**
   * The rows at these positions, as stored and hashed, in order of position; those that are not
   * recorded are left out.
   */
  default List<LedgerRow> rowsAt(Collection<Long> positions) {
    return positions.stream()
        .sorted()
        .distinct()
        .flatMap(
            position ->
                readRows(position - 1, 1).stream().filter(row -> row.position() == position))
        .toList();
  }

  /**
   * The same for whoever asks on the thread that reads: a funder, a venue and a prescriber are
   * shown the facts that name them, and what the bank told later of a receipt, credit note or debit
   * note of theirs. For answers to people; what is decided and folded sees all.
   *
   * @return this one where it reads no database in which rows are secured
   */
  default LedgerReader asked() {
    return this;
  }

  /** A row's fact in the shape of this release. */
  RecordedFact recorded(LedgerRow row);

  /**
   * Waits until the head is beyond {@code position} or the time is over.
   *
   * @return whether it is beyond
   */
  boolean awaitBeyond(long position, Duration atMost) throws InterruptedException;
}
