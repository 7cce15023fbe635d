package fr.passnumerique.projections.histories;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which slips were presented, and how far is each on its way to the venue's account? */
public final class PresentedSlips {
  private final Snapshot snapshot;

  /** How far a slip is. */
  public enum State {
    /** Without an accepted line. */
    REJECTED,
    /** The venue waives its pay for all that was accepted. */
    WAIVED,
    /** No transfer is to pay it yet. */
    ACCEPTED,
    WITHDRAWN,
    /** A transfer that is to pay it is on its way, or waits for its run's release. */
    IN_RUN,
    PAID,
    /** The last transfer that was to pay it was rejected or came back. */
    OWED_AGAIN
  }

  /**
   * Which slips; null leaves a condition open.
   *
   * @param rejected true: a line was rejected; false: none was
   * @param presentedFrom first day, Europe/Paris
   * @param presentedTo last day, Europe/Paris
   */
  public record Filter(
      @Nullable String venue,
      @Nullable State state,
      @Nullable Boolean rejected,
      @Nullable LocalDate presentedFrom,
      @Nullable LocalDate presentedTo) {}

  /**
   * Slips are ordered by when they were presented, then by position.
   *
   * @param micros of the instant, since 1970
   */
  record Cursor(long micros, long position) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,17})-(\\d{1,18})");

    /**
     * @throws Problem INVALID_PARAMETER if no page can have named it
     */
    static Cursor before(String sent) {
      Matcher matcher = WRITTEN.matcher(sent);
      if (!matcher.matches()) {
        throw NextPage.notNamed(sent);
      }
      return new Cursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    static Cursor of(Row row) {
      return new Cursor(
          ChronoUnit.MICROS.between(Instant.EPOCH, row.presentedAt()), row.position());
    }

    OffsetDateTime presentedAt() {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    @Override
    public String toString() {
      return micros + "-" + position;
    }
  }

  /**
   * @param position of the last fact in it, 0 before the first
   * @param totals of all that are asked for; left out unless they were asked for
   * @param slips newest first
   * @param next what to ask for as {@code before} to go on; left out on the last page
   * @param caveats what must be known beside the figures; left out if nothing
   */
  @Schema(name = "SlipList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      long position,
      @Nullable Instant recordedAt,
      @Nullable Totals totals,
      List<Row> slips,
      @Nullable String next,
      @Nullable Caveats caveats) {}

  /**
   * @param count of slips
   * @param acceptedCents Σ of what their accepted lines come to
   */
  @Schema(name = "SlipTotals")
  public record Totals(long count, long acceptedCents) {}

  /**
   * @param position of the slip's fact
   * @param presentedAt when the engine took it, UTC
   * @param accepted lines
   * @param rejected lines
   * @param acceptedCents what is owed for the accepted lines
   * @param inRunCents of transfers that are on their way
   * @param paidCents of transfers that were paid
   * @param paidOn the bank's day of the last transfer that was paid, Europe/Paris
   * @param transfers that were to pay it, in the order of their runs; left out if none was
   */
  @Schema(name = "SlipListed")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Row(
      String venue,
      String reference,
      long position,
      Instant presentedAt,
      State state,
      int accepted,
      int rejected,
      long acceptedCents,
      long inRunCents,
      long paidCents,
      @Nullable LocalDate paidOn,
      List<OfTransfer> transfers) {
    private Row with(List<OfTransfer> those) {
      return new Row(
          venue,
          reference,
          position,
          presentedAt,
          state,
          accepted,
          rejected,
          acceptedCents,
          cents(those, TransferState.IN_TRANSIT),
          cents(those, TransferState.PAID),
          those.stream()
              .filter(transfer -> transfer.state() == TransferState.PAID)
              .map(OfTransfer::endedOn)
              .max(LocalDate::compareTo)
              .orElse(null),
          those);
    }

    private static long cents(List<OfTransfer> transfers, TransferState state) {
      return transfers.stream()
          .filter(transfer -> transfer.state() == state)
          .mapToLong(OfTransfer::cents)
          .reduce(0, Math::addExact);
    }
  }

  /**
   * @param transfer end-to-end identification
   * @param executionOn when the bank was asked to pay, or is to be
   * @param endedOn the bank's day, Europe/Paris; left out while it has told no end
   * @param reason ISO 20022, of a rejection or return
   * @param cents of this slip
   */
  @Schema(name = "TransferOfSlip")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record OfTransfer(
      String transfer,
      String run,
      TransferState state,
      LocalDate executionOn,
      @Nullable LocalDate endedOn,
      String reason,
      long cents) {}

  /**
   * @param dataSource of the schema {@code projections}
   */
  public PresentedSlips(DataSource dataSource) {
    this.snapshot = new Snapshot(dataSource);
  }

  /**
   * @param before what the page before named as next; null for the newest
   * @param totals whether all that are asked for are counted: it reads each of them
   */
  public Page read(Filter filter, @Nullable String before, int limit, boolean totals) {
    Cursor cursor = before == null ? null : Cursor.before(before);
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(HistoriesProjection.NAME, connection);
          List<Row> rows = rows(connection, filter, cursor, limit + 1);
          List<Row> page = rows.subList(0, Math.min(limit, rows.size()));
          return new Page(
              standing.position(),
              standing.recordedAt(),
              totals ? totals(connection, filter) : null,
              withTransfers(connection, page),
              rows.size() > limit ? Cursor.of(page.getLast()).toString() : null,
              snapshot.caveats(connection, standing.position(), HistoriesProjection.NAME));
        });
  }

  static Conditions conditions(Filter filter) {
    Conditions asked =
        new Conditions()
            .and("x.venue = ?", filter.venue())
            .and("x.state = ?", filter.state() == null ? null : filter.state().name())
            .and("x.presented_at >= ?", startOf(filter.presentedFrom()))
            .and(
                "x.presented_at < ?",
                filter.presentedTo() == null ? null : startOf(filter.presentedTo().plusDays(1)));
    if (filter.rejected() != null) {
      asked.and(filter.rejected() ? "x.with_rejected" : "not x.with_rejected");
    }
    return asked;
  }

  private static @Nullable OffsetDateTime startOf(@Nullable LocalDate day) {
    return day == null ? null : Paris.startOf(day).atOffset(ZoneOffset.UTC);
  }

  private static List<Row> rows(
      Connection connection, Filter filter, @Nullable Cursor before, int limit)
      throws SQLException {
    Conditions asked = conditions(filter);
    if (before != null) {
      asked
          .and("(x.presented_at, x.position) < (?, ?)", before.presentedAt())
          .with(before.position());
    }
    try (PreparedStatement select = connection.prepareStatement(page(asked))) {
      select.setInt(asked.bind(select), limit);
      try (ResultSet found = select.executeQuery()) {
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(
              new Row(
                  found.getString(1),
                  found.getString(2),
                  found.getLong(3),
                  found.getObject(4, OffsetDateTime.class).toInstant(),
                  State.valueOf(found.getString(5)),
                  found.getInt(6),
                  found.getInt(7),
                  found.getLong(8),
                  0,
                  0,
                  null,
                  List.of()));
        }
        return rows;
      }
    }
  }

  /** The page is found by the index alone, and only its rows are looked up. */
  static String page(Conditions asked) {
    return """
    select x.venue, s.reference, x.position, x.presented_at, x.state, s.accepted, s.rejected, s.accepted_cents
      from (select x.position, x.venue, x.state, x.presented_at
              from projections.slip_state x
             where %s
             order by x.presented_at desc, x.position desc
             limit ?) x
      join projections.slip s on s.position = x.position
     order by x.presented_at desc, x.position desc
    """
        .formatted(asked.sql());
  }

  private static Totals totals(Connection connection, Filter filter) throws SQLException {
    Conditions asked = conditions(filter);
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select count(*), coalesce(sum(s.accepted_cents), 0)
              from projections.slip_state x join projections.slip s on s.position = x.position
             where %s
            """
                .formatted(asked.sql()))) {
      asked.bind(select);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return new Totals(found.getLong(1), found.getLong(2));
      }
    }
  }

  private record Paid(long slip, OfTransfer transfer) {}

  private static List<Row> withTransfers(Connection connection, List<Row> rows)
      throws SQLException {
    List<Paid> paid = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select p.slip_position, t.id, t.run, %s, t.execution_on, t.ended_on, t.reason, p.cents
              from projections.transfer_slip p
              join projections.transfer t on t.id = p.transfer
             where p.slip_position = any (?::bigint[])
             order by t.opened_position, t.id
            """
                .formatted(TransferState.SQL))) {
      select.setArray(
          1, connection.createArrayOf("bigint", rows.stream().map(Row::position).toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          paid.add(
              new Paid(
                  found.getLong(1),
                  new OfTransfer(
                      found.getString(2),
                      found.getString(3),
                      TransferState.valueOf(found.getString(4)),
                      found.getObject(5, LocalDate.class),
                      found.getObject(6, LocalDate.class),
                      found.getString(7),
                      found.getLong(8))));
        }
      }
    }
    Map<Long, List<OfTransfer>> bySlip =
        paid.stream().collect(groupingBy(Paid::slip, mapping(Paid::transfer, toList())));
    return rows.stream()
        .map(row -> row.with(bySlip.getOrDefault(row.position(), List.of())))
        .toList();
  }
}
