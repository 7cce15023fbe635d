package fr.passnumerique.projections.verifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of an export. */
sealed interface ExportedLine permits ExportedRow, ExportedLine.Hidden, ExportedLine.End {
  /** The first line, which is read apart. */
  record Header(
      String ledger, boolean whole, String funder, long firstPosition, String hashBefore) {}

  /** A row that is not shown. */
  record Hidden(long position, String hash, List<Entry> entries, @Nullable List<Entry> published)
      implements ExportedLine {}

  /**
   * @param balances null if none are published
   */
  record End(long facts, long lastPosition, String headHash, @Nullable List<Entry> balances)
      implements ExportedLine {}
}
