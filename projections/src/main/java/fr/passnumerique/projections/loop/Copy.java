package fr.passnumerique.projections.loop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Many rows by binary COPY: above some hundred it beats {@link Bulk}'s arrays. A row is begun, then
 * each of its columns is given in order, by the type that the table has it in.
 */
public final class Copy {
  /** Rows above which it is. */
  public static final int WORTH_IT = 300;

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final LocalDate DAY_0 = LocalDate.of(2000, 1, 1);
  private static final Instant MICROSECOND_0 = Instant.parse("2000-01-01T00:00:00Z");
  private static final int AT_FIRST = 1 << 16;

  private final Connection connection;
  private final String sql;
  private final short columnCount;
  private ByteBuffer rows = ByteBuffer.allocate(AT_FIRST);

  private Copy(Connection connection, String sql, int columnCount) {
    this.connection = connection;
    this.sql = sql;
    this.columnCount = (short) columnCount;
    rows.put(SIGNATURE).putInt(0).putInt(0);
  }

  /**
   * @param table with its schema
   */
  public static Copy into(Connection connection, String table, String... columns) {
    return new Copy(
        connection,
        "copy %s (%s) from stdin (format binary)".formatted(table, String.join(", ", columns)),
        columns.length);
  }

  public Copy row() {
    room(Short.BYTES).putShort(columnCount);
    return this;
  }

  public Copy bigint(long value) {
    room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    return this;
  }

  public Copy date(LocalDate value) {
    room(2 * Integer.BYTES)
        .putInt(Integer.BYTES)
        .putInt(Math.toIntExact(ChronoUnit.DAYS.between(DAY_0, value)));
    return this;
  }

  /** To the microsecond. */
  public Copy timestamptz(Instant value) {
    return bigint(ChronoUnit.MICROS.between(MICROSECOND_0, value));
  }

  /** The character NUL as U+FFFD, as {@link Bulk#texts} has it. */
  public Copy text(String value) {
    return bytea(value.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8));
  }

  public Copy bytea(byte[] value) {
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  /** In the connection's transaction. */
  public void send() throws SQLException {
    room(Short.BYTES).putShort((short) -1);
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(connection.nativeSQL(sql));
    try {
      copy.writeToCopy(rows.array(), 0, rows.position());
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private ByteBuffer room(int bytes) {
    if (rows.remaining() < bytes) {
      int position = rows.position();
      rows =
          ByteBuffer.wrap(
              Arrays.copyOf(rows.array(), Math.max(2 * rows.capacity(), position + bytes)));
      rows.position(position);
    }
    return rows;
  }
}
