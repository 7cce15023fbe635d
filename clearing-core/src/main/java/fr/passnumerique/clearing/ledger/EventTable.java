package fr.passnumerique.clearing.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The SQL of the ledger's one table. */
final class EventTable {
  /** Joins a row's tags on the wire: PostgreSQL has no arrays of ragged arrays. */
  static final String BETWEEN_TAGS = "\u001f";

  private static final String COLUMNS =
      "position, event_id, recorded_at, type, version, tags, payload, metadata, hash";

  /**
   * Fence and guard. The primary key on position lets one of two writers have it; the where clause
   * writes nothing unless the ledger's last hash is the one that the rows build on, so a ledger
   * moved back by a restore is not continued with a gap. Ascending, because two writers that insert
   * in opposite orders deadlock. Never "on conflict do nothing": it writes the rows that do not
   * collide and leaves a broken chain.
   */
  private static final String INSERT_SEVERAL =
      """
      insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
      select n.position, n.event_id, timestamptz 'epoch' + n.micros * interval '1 microsecond',
             n.type, n.version, string_to_array(n.tags, chr(31)), convert_from(n.payload, 'UTF8'), n.metadata, n.hash
        from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::text[], ?::integer[], ?::text[], ?::bytea[], ?::text[], ?::bytea[])
             as n(position, event_id, micros, type, version, tags, payload, metadata, hash)
       where (select e.hash from ledger.event e order by e.position desc limit 1) is not distinct from ?
       order by n.position
      """;

  /** The same for a row alone, without arrays that the server would have to unfold. */
  private static final String INSERT_ONE =
      """
      insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
      select ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond', ?, ?,
             string_to_array(?, chr(31)), convert_from(?, 'UTF8'), ?, ?
       where (select e.hash from ledger.event e order by e.position desc limit 1) is not distinct from ?
      """;

  private EventTable() {}

  /**
   * Inserts rows in one statement. Autocommit: when it returns the number of rows they are durable.
   *
   * @param onto the hash of the row before the first
   * @return the number of rows, or 0 if the ledger's last row is not that one
   * @throws SQLException unique_violation if another writer has the position; anything else leaves
   *     the outcome unknown
   */
  static int insert(Connection connection, List<LedgerRow> rows, byte[] onto) throws SQLException {
    return rows.size() == 1
        ? insertOne(connection, rows.getFirst(), onto)
        : insertSeveral(connection, rows, onto);
  }

  private static int insertOne(Connection connection, LedgerRow row, byte[] onto)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ONE)) {
      insert.setLong(1, row.position());
      insert.setObject(2, row.eventId());
      insert.setLong(3, micros(row));
      insert.setString(4, row.type());
      insert.setInt(5, row.version());
      insert.setString(6, String.join(BETWEEN_TAGS, row.tags()));
      insert.setBytes(7, row.payload());
      insert.setString(8, row.metadata());
      insert.setBytes(9, row.hash());
      insert.setBytes(10, stored(onto));
      return insert.executeUpdate();
    }
  }

  private static int insertSeveral(Connection connection, List<LedgerRow> rows, byte[] onto)
      throws SQLException {
    int n = rows.size();
    long[] positions = new long[n];
    UUID[] ids = new UUID[n];
    long[] micros = new long[n];
    String[] types = new String[n];
    int[] versions = new int[n];
    String[] tags = new String[n];
    byte[][] payloads = new byte[n][];
    String[] metadata = new String[n];
    byte[][] hashes = new byte[n][];
    for (int i = 0; i < n; i++) {
      LedgerRow row = rows.get(i);
      positions[i] = row.position();
      ids[i] = row.eventId();
      micros[i] = micros(row);
      types[i] = row.type();
      versions[i] = row.version();
      tags[i] = String.join(BETWEEN_TAGS, row.tags());
      payloads[i] = row.payload();
      metadata[i] = row.metadata();
      hashes[i] = row.hash();
    }
    PGConnection pg = connection.unwrap(PGConnection.class);
    try (PreparedStatement insert = connection.prepareStatement(INSERT_SEVERAL)) {
      insert.setArray(1, pg.createArrayOf("int8", positions));
      insert.setArray(2, connection.createArrayOf("uuid", ids));
      insert.setArray(3, pg.createArrayOf("int8", micros));
      insert.setArray(4, connection.createArrayOf("text", types));
      insert.setArray(5, pg.createArrayOf("int4", versions));
      insert.setArray(6, connection.createArrayOf("text", tags));
      insert.setArray(7, pg.createArrayOf("bytea", payloads));
      insert.setArray(8, connection.createArrayOf("text", metadata));
      insert.setArray(9, pg.createArrayOf("bytea", hashes));
      insert.setBytes(10, stored(onto));
      return insert.executeUpdate();
    }
  }

  private static long micros(LedgerRow row) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, row.recordedAt());
  }

  /** Before the first row there is none. */
  private static byte @Nullable [] stored(byte[] onto) {
    return Arrays.equals(onto, ChainHash.GENESIS) ? null : onto;
  }

  /** The rows after a position, in order, at most {@code limit}. */
  static List<LedgerRow> after(Connection connection, long position, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from ledger.event where position > ? order by position limit ?")) {
      select.setLong(1, position);
      select.setInt(2, limit);
      select.setFetchSize(limit);
      return rows(select);
    }
  }

  static Optional<LedgerRow> at(Connection connection, long position) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select " + COLUMNS + " from ledger.event where position = ?")) {
      select.setLong(1, position);
      return rows(select).stream().findFirst();
    }
  }

  /** A row's hash alone: its payload may be megabytes. Empty if there is no such row. */
  static Optional<byte[]> hashAt(Connection connection, long position) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select hash from ledger.event where position = ?")) {
      select.setLong(1, position);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
  }

  /** The last position; 0 if the ledger is empty. */
  static long head(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select coalesce(max(position), 0) from ledger.event");
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /**
   * The position before the first fact recorded at or after an instant; the head if there is none.
   * Recorded time rises with position, so this is a search by halves on the primary key.
   */
  static long before(Connection connection, Instant at) throws SQLException {
    long low = 0;
    long high = head(connection);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      LedgerRow row = at(connection, middle).orElseThrow();
      if (row.recordedAt().isBefore(at)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Rows that carry any of these tags.
   *
   * @param tags null for all rows
   * @param from inclusive
   * @param to inclusive
   */
  static List<LedgerRow> tagged(
      Connection connection, @Nullable Collection<String> tags, long from, long to)
      throws SQLException {
    String where = tags == null ? "" : " and tags && ?::text[]";
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from ledger.event where position between ? and ?"
                + where
                + " order by position")) {
      select.setLong(1, from);
      select.setLong(2, to);
      if (tags != null) {
        select.setArray(3, connection.createArrayOf("text", tags.toArray()));
      }
      return rows(select);
    }
  }

  /**
   * The first of these rows. Their positions come from the index on tags in any case: a plan that
   * walks the ledger in order until it has enough would read all of it for a rare tag.
   */
  static List<LedgerRow> tagged(
      Connection connection, Collection<String> tags, long from, long to, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with carrying as materialized (select position from ledger.event where tags && ?::text[])
            select %s
              from ledger.event
             where position in (select position from carrying where position between ? and ?
                                 order by position limit ?)
             order by position
            """
                .formatted(COLUMNS))) {
      select.setArray(1, connection.createArrayOf("text", tags.toArray()));
      select.setLong(2, from);
      select.setLong(3, to);
      select.setInt(4, limit);
      return rows(select);
    }
  }

  /** Where the first of these rows lie; by the index on tags as well. */
  static List<Long> positionsTagged(
      Connection connection, Collection<String> tags, long from, long to, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with carrying as materialized (select position from ledger.event where tags && ?::text[])
            select position from carrying where position between ? and ? order by position limit ?
            """)) {
      select.setArray(1, connection.createArrayOf("text", tags.toArray()));
      select.setLong(2, from);
      select.setLong(3, to);
      select.setInt(4, limit);
      return positions(select);
    }
  }

  /** Where rows lie that carry a tag, the newest first; by the index on tags as well. */
  static List<Long> newestTagged(
      Connection connection, String tag, @Nullable String type, long from, long to, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with carrying as materialized (select position, type from ledger.event where tags && ?::text[])
            select position from carrying
             where position between ? and ? and type = coalesce(?::text, type)
             order by position desc limit ?
            """)) {
      select.setArray(1, connection.createArrayOf("text", new String[] {tag}));
      select.setLong(2, from);
      select.setLong(3, to);
      select.setString(4, type);
      select.setInt(5, limit);
      return positions(select);
    }
  }

  private static List<Long> positions(PreparedStatement select) throws SQLException {
    try (ResultSet found = select.executeQuery()) {
      List<Long> positions = new ArrayList<>();
      while (found.next()) {
        positions.add(found.getLong(1));
      }
      return positions;
    }
  }

  /** The rows at these positions, in order. */
  static List<LedgerRow> at(Connection connection, Collection<Long> positions) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from ledger.event where position = any (?::bigint[]) order by position")) {
      select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      return rows(select);
    }
  }

  private static List<LedgerRow> rows(PreparedStatement select) throws SQLException {
    try (ResultSet found = select.executeQuery()) {
      List<LedgerRow> rows = new ArrayList<>();
      while (found.next()) {
        Array tags = found.getArray(6);
        rows.add(
            new LedgerRow(
                found.getLong(1),
                found.getObject(2, UUID.class),
                found.getObject(3, OffsetDateTime.class).toInstant(),
                found.getString(4),
                found.getInt(5),
                List.of((String[]) tags.getArray()),
                found.getBytes(7),
                found.getString(8),
                found.getBytes(9)));
      }
      return rows;
    }
  }
}
