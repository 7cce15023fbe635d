package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Reads a ledger from its first row and asserts what must hold of any. */
final class LedgerAudit {
  private LedgerAudit() {}

  /** Contiguous from 1, chained, recorded time strictly rising. */
  static List<LedgerRow> wholeChain(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      List<LedgerRow> rows = EventTable.after(connection, 0, Integer.MAX_VALUE);
      ChainHash chain = new ChainHash();
      byte[] previous = ChainHash.GENESIS;
      Instant before = Instant.EPOCH;
      long position = 0;
      for (LedgerRow row : rows) {
        position++;
        assertThat(row.position()).isEqualTo(position);
        assertThat(row.hash()).as("hash at %d", position).isEqualTo(chain.of(previous, row));
        assertThat(row.recordedAt()).as("time at %d", position).isAfter(before);
        previous = row.hash();
        before = row.recordedAt();
      }
      return rows;
    }
  }
}
