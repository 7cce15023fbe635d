package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.RowSecurity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger's table. On a node with an appender it wakes when the appender's head moves;
 * what is recorded, the table alone tells: an appender may be behind, or stopped.
 */
public final class PostgresLedgerReader implements LedgerReader {
  private static final Duration POLL = Duration.ofMillis(50);

  private final DataSource dataSource;
  private final FactCatalogue catalogue;
  private final @Nullable Head followed;
  private final @Nullable DataSource people;
  private final @Nullable RowSecurity rows;

  /** What the table told last. */
  private volatile long told;

  /** Reads a ledger that other processes write. */
  public PostgresLedgerReader(DataSource dataSource, FactCatalogue catalogue) {
    this(dataSource, catalogue, null);
  }

  PostgresLedgerReader(DataSource dataSource, FactCatalogue catalogue, @Nullable Head followed) {
    this(dataSource, catalogue, followed, null, null);
  }

  private PostgresLedgerReader(
      DataSource dataSource,
      FactCatalogue catalogue,
      @Nullable Head followed,
      @Nullable DataSource people,
      @Nullable RowSecurity rows) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.followed = followed;
    this.people = people;
    this.rows = rows;
  }

  /**
   * The same, which reads what people ask by other connections.
   *
   * @param people who may take on the asker's role
   */
  PostgresLedgerReader asking(DataSource people, RowSecurity rows) {
    return new PostgresLedgerReader(dataSource, catalogue, followed, people, rows);
  }

  @Override
  public LedgerReader asked() {
    return people == null || rows == null ? this : new AskedLedger(this, people, rows);
  }

  @Override
  public long head() {
    long head = inDatabase(EventTable::head);
    told = head;
    return head;
  }

  @Override
  public long known() {
    return followed == null ? head() : Math.max(told, followed.position());
  }

  @Override
  public List<RecordedFact> read(long after, int limit) {
    return readRows(after, limit).stream().map(this::recorded).toList();
  }

  @Override
  public List<RecordedFact> recent(long after, int limit) {
    return followed == null ? List.of() : followed.after(after, limit);
  }

  @Override
  public List<LedgerRow> readRows(long after, int limit) {
    return inDatabase(connection -> EventTable.after(connection, after, limit));
  }

  /** By the index on tags. */
  @Override
  public List<RecordedFact> tagged(String tag) {
    return inDatabase(
            connection ->
                EventTable.tagged(connection, List.of(tag), 1, EventTable.head(connection)))
        .stream()
        .map(this::recorded)
        .toList();
  }

  @Override
  public List<RecordedFact> tagged(Collection<String> tags, long after, long until, int limit) {
    return inDatabase(connection -> EventTable.tagged(connection, tags, after + 1, until, limit))
        .stream()
        .map(this::recorded)
        .toList();
  }

  @Override
  public List<Long> newestTagged(
      String tag, @Nullable String type, long first, long last, int limit) {
    return inDatabase(
        connection -> EventTable.newestTagged(connection, tag, type, first, last, limit));
  }

  @Override
  public List<LedgerRow> rowsAt(Collection<Long> positions) {
    return inDatabase(connection -> EventTable.at(connection, positions));
  }

  @Override
  public RecordedFact recorded(LedgerRow row) {
    return new RecordedFact(
        row.position(), row.recordedAt(), catalogue.read(row.type(), row.version(), row.payload()));
  }

  @Override
  public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
    if (followed != null) {
      // The table is asked when the appender brings nothing more: it may have stopped.
      return known() > position || followed.awaitBeyond(position, atMost) || head() > position;
    }
    long end = System.nanoTime() + atMost.toNanos();
    while (head() <= position) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, POLL.toNanos()));
    }
    return true;
  }

  private interface Query<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inDatabase(Query<T> query) {
    try (Connection connection = dataSource.getConnection()) {
      return query.on(connection);
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }
}
