package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One question and the tables that answer it. Facts that do not concern it are passed over; one
 * that it cannot accept is thrown at, and stops it.
 */
public interface Projection {
  /** Stable: it names the projection's row, its consumer group and its metrics. */
  String name();

  /**
   * Folds a batch in memory. Pure: it may be folded again, in smaller pieces, after a failure.
   *
   * @param facts in order of position, at least one
   */
  Changes fold(List<RecordedFact> facts);

  /** What it writes, so that it can be folded anew while the tables answer. */
  default Tables tables() {
    return Tables.NONE;
  }

  /** What a batch changes in the tables. */
  @FunctionalInterface
  interface Changes {
    /**
     * Writes it, in a few statements however many the facts, within the transaction that also moves
     * the projection's position. Neither commits nor rolls back.
     */
    void write(Connection connection) throws SQLException;

    /**
     * The same while the {@linkplain Tables#growing growing} tables have no keys: nothing is looked
     * up in them, and the {@linkplain Tables#finishing finishing} statements do the rest.
     */
    default void writeInBulk(Connection connection) throws SQLException {
      write(connection);
    }
  }
}
