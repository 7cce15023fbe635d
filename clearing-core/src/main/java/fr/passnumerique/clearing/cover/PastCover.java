package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException.Why;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Cover as it stood after any fact, folded again from the ledger: what it says of then is what it
 * said then, proof and breaches included. It costs the ledger up to there, and is kept: a past
 * never changes. One question at a time, so that several do not fold at once.
 */
final class PastCover {
  private static final int PAGE = 1_000;
  private static final int KEPT = 8;

  private final Supplier<LedgerReader> ledger;

  private final Map<Long, CoverRegister> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CoverRegister> eldest) {
          return size() > KEPT;
        }
      };

  PastCover(Supplier<LedgerReader> ledger) {
    this.ledger = ledger;
  }

  /**
   * @throws UntoldMomentException if the position is not recorded yet
   */
  synchronized CoverRegister at(long position) {
    long head = ledger.get().head();
    if (position > head) {
      throw new UntoldMomentException(
          Why.AS_OF_TOO_LATE,
          "asOfPosition",
          String.valueOf(position),
          "position %d is not recorded yet".formatted(position),
          "ask for %d or before".formatted(head));
    }
    CoverRegister known = kept.get(position);
    if (known != null) {
      return known;
    }
    CoverRegister register = new CoverRegister();
    long folded = 0;
    while (folded < position) {
      List<RecordedFact> page = ledger.get().read(folded, (int) Math.min(PAGE, position - folded));
      if (page.isEmpty()) {
        throw new IllegalStateException(
            "the ledger ends at %d and had %d facts".formatted(folded, head));
      }
      for (RecordedFact fact : page) {
        register.fold(fact.fact(), fact.position(), fact.recordedAt());
      }
      folded = page.getLast().position();
    }
    kept.put(position, register);
    return register;
  }

  /**
   * The last position recorded until an instant: by halves, for recorded time rises with position.
   *
   * @throws UntoldMomentException if facts may still be recorded until then, or none was
   */
  long position(Instant instant) {
    long head = ledger.get().head();
    Instant last = head == 0 ? null : recordedAt(head);
    Instant asked = instant.truncatedTo(ChronoUnit.MICROS);
    if (last == null || asked.isAfter(last)) {
      throw UntoldMomentException.mayStillCome(instant, last);
    }
    if (asked.equals(last)) {
      return head;
    }
    long before = 0;
    long after = head;
    while (after - before > 1) {
      long middle = before + (after - before) / 2;
      if (recordedAt(middle).isAfter(instant)) {
        after = middle;
      } else {
        before = middle;
      }
    }
    if (before == 0) {
      throw UntoldMomentException.beforeTheFirst(instant, recordedAt(1));
    }
    return before;
  }

  private Instant recordedAt(long position) {
    return ledger.get().read(position - 1, 1).getFirst().recordedAt();
  }
}
