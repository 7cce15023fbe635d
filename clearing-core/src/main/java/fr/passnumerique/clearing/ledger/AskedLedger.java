package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.RowSecurity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * The ledger for whoever asks, on this thread: to a funder, a venue and a prescriber PostgreSQL
 * shows the facts that name it, whatever a page forgot to compare; to a clerk and an auditor all.
 * How far the ledger is, is everybody's.
 *
 * <p>Where facts lie that carry a tag is looked up as the reader, and which of them are shown by
 * their positions: an index on tags cannot be used where rows are secured.
 */
final class AskedLedger implements LedgerReader {
  /** So many positions are looked at a step: each step looks all that carry the tags up again. */
  private static final int FEWEST_A_STEP = 100;

  private final LedgerReader whole;
  private final DataSource reader;
  private final RowSecurity rows;

  /**
   * @param reader who may take on the asker's role
   */
  AskedLedger(LedgerReader whole, DataSource reader, RowSecurity rows) {
    this.whole = whole;
    this.reader = reader;
    this.rows = rows;
  }

  @Override
  public LedgerReader asked() {
    return this;
  }

  @Override
  public long head() {
    return whole.head();
  }

  @Override
  public long known() {
    return whole.known();
  }

  @Override
  public List<RecordedFact> read(long after, int limit) {
    return readRows(after, limit).stream().map(this::recorded).toList();
  }

  /**
   * Of the positions that follow, which have no gaps: the next that are shown would be others than
   * those that are asked for, and looked for through the whole ledger.
   */
  @Override
  public List<LedgerRow> readRows(long after, int limit) {
    long last = Math.min(after + limit, head());
    return rowsAt(LongStream.rangeClosed(after + 1, last).boxed().toList());
  }

  @Override
  public List<LedgerRow> rowsAt(Collection<Long> positions) {
    return inTransaction(
        connection -> {
          rows.begin(connection);
          return EventTable.at(connection, positions);
        });
  }

  @Override
  public List<RecordedFact> tagged(String tag) {
    return tagged(List.of(tag), 0, head(), Integer.MAX_VALUE);
  }

  @Override
  public List<RecordedFact> tagged(Collection<String> tags, long after, long until, int limit) {
    int step = Math.max(limit, FEWEST_A_STEP);
    return inTransaction(
            connection -> {
              name(tags, connection);
              List<LedgerRow> shown = new ArrayList<>();
              long last = after;
              boolean more = true;
              while (more && shown.size() < limit) {
                rows.lift(connection);
                List<Long> carrying =
                    EventTable.positionsTagged(connection, tags, last + 1, until, step);
                rows.begin(connection);
                shown.addAll(EventTable.at(connection, carrying));
                more = carrying.size() == step;
                last = more ? carrying.getLast() : last;
              }
              return shown;
            })
        .stream()
        .limit(limit)
        .map(this::recorded)
        .toList();
  }

  /** Of what is asked for, the policy lets see what names nobody, if it is the asker's. */
  private static void name(Collection<String> things, Connection connection) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('pass.things', ?, true)")) {
      set.setString(1, String.join(EventTable.BETWEEN_TAGS, things));
      set.execute();
    }
  }

  @Override
  public RecordedFact recorded(LedgerRow row) {
    return whole.recorded(row);
  }

  @Override
  public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
    return whole.awaitBeyond(position, atMost);
  }

  private interface Query<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Query<T> query) {
    try (Connection connection = reader.getConnection()) {
      connection.setAutoCommit(false);
      try {
        connection.setReadOnly(true);
        return query.on(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }
}
