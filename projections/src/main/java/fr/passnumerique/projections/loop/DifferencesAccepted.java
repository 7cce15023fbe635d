package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.upkeep.RebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Lists the rebuilds that changed a projection's figures, in the transaction that moves its
 * position, from the facts by which two people accepted it: an installation that took a ledger over
 * has these, and not the rebuilds themselves.
 *
 * <p>Not told by the rebuilds' own rows alone, for they are the installation's; nor by the ledger
 * alone, for it does not tell whether what was accepted was switched in.
 */
final class DifferencesAccepted {
  private DifferencesAccepted() {}

  /**
   * @param batch facts
   */
  static void note(String projection, List<RecordedFact> batch, Connection connection)
      throws SQLException {
    for (RecordedFact recorded : batch) {
      if (recorded.fact() instanceof RebuildDifferencesAccepted accepted
          && accepted.differences().projection().equals(projection)) {
        note(accepted.differences(), connection);
      }
    }
  }

  /** Accepted again, after more had come, they were compared further on. */
  private static void note(RebuildDifferences accepted, Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.differences_accepted as known values (?, ?, ?)
                on conflict (projection, rebuild)
                do update set position = greatest(known.position, excluded.position)
            """)) {
      insert.setString(1, accepted.projection());
      insert.setString(2, accepted.rebuild().value());
      insert.setLong(3, accepted.position());
      insert.executeUpdate();
    }
  }
}
