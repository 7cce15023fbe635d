package fr.passnumerique.clearing.ledger;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What the database answers instead of recording, and for how long that is told. Whatever is none
 * of these answers leaves the outcome unknown.
 */
final class DatabaseRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseRefusals.class);
  private static final String UNIQUE_VIOLATION = "23505";

  /** Classes of SQLSTATE. */
  private static final String DATA_EXCEPTION = "22";

  private static final String CONSTRAINT_VIOLATION = "23";
  private static final String INSUFFICIENT_RESOURCES = "53";

  /**
   * How long what the database refused to record is told after it was last refused: longer than a
   * pool tries to connect, which is how often it is refused where no session begins.
   */
  private static final Duration TOLD = Duration.ofSeconds(15);

  private volatile @Nullable Refused last;

  private record Refused(String answer, long atNanos) {}

  /** Another writer has the position. */
  static boolean ofPosition(SQLException e) {
    return UNIQUE_VIOLATION.equals(e.getSQLState());
  }

  /** The database took the statement, did not like a value in it, and wrote nothing. */
  static boolean ofData(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && !ofPosition(e)
        && (state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT_VIOLATION));
  }

  /**
   * It cannot now, for want of room on its disk most often, and may later. That it wrote nothing
   * does not follow: one that ends of a full disk says the same.
   */
  static boolean forNow(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.startsWith(INSUFFICIENT_RESOURCES);
  }

  /** It refused {@link #forNow}. */
  void refused(SQLException e, int waiting) {
    boolean known = !told().isEmpty();
    // A pool says only that it has no connection; the database's own answer is behind that.
    String own = e.getCause() instanceof SQLException cause ? cause.getMessage() : e.getMessage();
    String answer =
        "the database records nothing: %s; give it what it lacks, the node goes on by itself"
            .formatted(own);
    last = new Refused(answer, System.nanoTime());
    // Not each time: the log may lie on the same disk.
    LOG.atLevel(known ? Level.DEBUG : Level.ERROR).log("{}; {} commands wait", answer, waiting);
  }

  /**
   * Why the database, which answers, records nothing now; empty while it does. Only what is
   * recorded shows that it does again, so that nothing is told any more when nobody has tried for
   * some seconds: else a balancer that listens to it would keep everybody away for ever.
   */
  String told() {
    Refused refused = last;
    return refused == null || System.nanoTime() - refused.atNanos() > TOLD.toNanos()
        ? ""
        : refused.answer();
  }

  void recorded(long position) {
    if (last != null) {
      last = null;
      LOG.info("the database records again, from position {} on", position);
    }
  }

  /** A node that goes on no more says nothing of what the database lacks. */
  void stopped() {
    last = null;
  }
}
