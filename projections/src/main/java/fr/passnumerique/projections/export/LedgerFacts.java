package fr.passnumerique.projections.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which facts are recorded, the newest first, exactly as they are stored and hashed? What {@code
 * exportLedger} writes, a page at a time, and no more than that.
 */
public final class LedgerFacts {
  private static final String JOURNAL = "accounts";

  private final LedgerReader ledger;
  private final Snapshot snapshot;

  /**
   * Which facts; null leaves a condition open.
   *
   * @param first position
   * @param last position
   * @param type its name
   * @param tag {@code key:value}
   * @param recordedFrom first day on which they were recorded, Europe/Paris
   * @param recordedTo last day on which they were recorded, Europe/Paris
   */
  public record Filter(
      @Nullable Long first,
      @Nullable Long last,
      @Nullable String type,
      @Nullable String tag,
      @Nullable LocalDate recordedFrom,
      @Nullable LocalDate recordedTo) {}

  /**
   * @param position of the last fact that is looked through, 0 before the first
   * @param facts newest first
   * @param next what to ask for as {@code before} to go on; left out on the last page
   */
  @Schema(name = "FactList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      long position, @Nullable Instant recordedAt, List<Row> facts, @Nullable Long next) {}

  /**
   * A row exactly as it is stored and hashed.
   *
   * @param payload JSON of the fact, byte for byte
   * @param metadata JSON, byte for byte: who asked
   * @param hash SHA-256 over the hash before and every other column, in hexadecimal
   * @param previousHash of the row before; zeros before position 1
   */
  @Schema(name = "RecordedFact")
  public record Row(
      long position,
      String eventId,
      Instant recordedAt,
      String type,
      int version,
      List<String> tags,
      String payload,
      String metadata,
      String hash,
      String previousHash) {}

  /**
   * @param reader of the schema {@code projections}
   */
  public LedgerFacts(LedgerReader ledger, DataSource reader) {
    this.ledger = ledger;
    this.snapshot = new Snapshot(reader);
  }

  /**
   * The type that most facts are of: the index of types leaves it out, since each slip would pay
   * for it. The database uses that index where a statement says the same, not where a parameter
   * happens to.
   */
  private static final String MOST = "SlipJudged";

  /** Positions to look through, from the first to the last. */
  private record Range(Standing standing, long first, long last, List<Long> ofType) {}

  /**
   * @param before position below which to begin; null for the newest
   */
  public Page read(Filter filter, @Nullable Long before, int limit) {
    Range range = snapshot.read(connection -> range(connection, filter, before, limit + 1));
    List<Long> positions = positions(filter, range, limit + 1);
    List<Long> page = positions.subList(0, Math.min(limit, positions.size()));
    return new Page(
        range.standing().position(),
        range.standing().recordedAt(),
        rows(page),
        positions.size() > limit ? page.getLast() : null);
  }

  private static Range range(Connection connection, Filter filter, @Nullable Long before, int limit)
      throws SQLException {
    Standing standing = Standing.of(JOURNAL, connection);
    long first = filter.first() == null ? 1 : Math.max(1, filter.first());
    long last = standing.position();
    if (filter.last() != null) {
      last = Math.min(last, filter.last());
    }
    if (before != null) {
      last = Math.min(last, before - 1);
    }
    if (filter.recordedFrom() != null) {
      first = Math.max(first, lastBefore(connection, filter.recordedFrom()) + 1);
    }
    if (filter.recordedTo() != null) {
      last = Math.min(last, lastBefore(connection, filter.recordedTo().plusDays(1)));
    }
    return new Range(
        standing,
        first,
        last,
        filter.type() == null || filter.tag() != null
            ? List.of()
            : ofType(connection, filter.type(), first, last, limit));
  }

  /** Position of the last fact that was recorded before a day of Paris; 0 if none was. */
  private static long lastBefore(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position from projections.journal where recorded_at < ? order by recorded_at"
                + " desc limit 1")) {
      select.setObject(1, Paris.startOf(day).atOffset(ZoneOffset.UTC));
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  private static List<Long> ofType(
      Connection connection, String type, long first, long last, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position from projections.journal
             where fact = ? and position between ? and ?%s
             order by fact desc, position desc
             limit ?
            """
                .formatted(type.equals(MOST) ? "" : " and fact <> '" + MOST + "'"))) {
      select.setString(1, type);
      select.setLong(2, first);
      select.setLong(3, last);
      select.setInt(4, limit);
      try (ResultSet found = select.executeQuery()) {
        List<Long> positions = new ArrayList<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return positions;
      }
    }
  }

  /** Without a condition they are those of the range, one after the other: there is no gap. */
  private List<Long> positions(Filter filter, Range range, int limit) {
    if (filter.tag() != null) {
      return ledger.newestTagged(filter.tag(), filter.type(), range.first(), range.last(), limit);
    }
    return filter.type() != null
        ? range.ofType()
        : LongStream.iterate(range.last(), at -> at >= range.first(), at -> at - 1)
            .limit(limit)
            .boxed()
            .toList();
  }

  private List<Row> rows(List<Long> positions) {
    Map<Long, LedgerRow> read =
        ledger
            .rowsAt(positions.stream().flatMap(at -> Stream.of(at - 1, at)).distinct().toList())
            .stream()
            .collect(Collectors.toMap(LedgerRow::position, Function.identity()));
    return positions.stream()
        .map(
            at -> {
              LedgerRow row = read.get(at);
              if (row == null) {
                throw new IllegalStateException("the ledger has no row at position " + at);
              }
              LedgerRow previous = read.get(at - 1);
              return new Row(
                  at,
                  row.eventId().toString(),
                  row.recordedAt(),
                  row.type(),
                  row.version(),
                  row.tags(),
                  row.payloadText(),
                  row.metadata(),
                  HexFormat.of().formatHex(row.hash()),
                  HexFormat.of()
                      .formatHex(
                          previous == null ? LedgerRow.hashBeforeTheFirst() : previous.hash()));
            })
        .toList();
  }
}
