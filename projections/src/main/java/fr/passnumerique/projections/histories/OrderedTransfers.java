package fr.passnumerique.projections.histories;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.http.Problem;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which credit transfers were ordered, whom does each pay, and what did the bank say of it? */
public final class OrderedTransfers {
  private final Snapshot snapshot;

  /**
   * Which transfers; null leaves a condition open.
   *
   * @param venue one that it pays
   */
  public record Filter(
      @Nullable TransferState state, @Nullable String venue, @Nullable String run) {}

  /** Transfers are ordered by the position of the fact that ordered them, then by their id. */
  record Cursor(long position, String transfer) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-(.{1,100})");

    /**
     * @throws Problem INVALID_PARAMETER if no page can have named it
     */
    static Cursor before(String sent) {
      Matcher matcher = WRITTEN.matcher(sent);
      if (!matcher.matches()) {
        throw NextPage.notNamed(sent);
      }
      return new Cursor(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
      return position + "-" + transfer;
    }
  }

  /**
   * @param position of the last fact in it, 0 before the first
   * @param totals of all that are asked for; left out unless they were asked for
   * @param transfers newest first
   * @param next what to ask for as {@code before} to go on; left out on the last page
   * @param caveats what must be known beside the figures; left out if nothing
   */
  @Schema(name = "TransferList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      long position,
      @Nullable Instant recordedAt,
      @Nullable Totals totals,
      List<Row> transfers,
      @Nullable String next,
      @Nullable Caveats caveats) {}

  /**
   * @param count of transfers
   * @param amountCents Σ of theirs
   */
  @Schema(name = "TransferTotals")
  public record Totals(long count, long amountCents) {}

  /**
   * @param transfer end-to-end identification
   * @param position of the fact that ordered it
   * @param orderedAt when that was recorded, UTC
   * @param executionOn when the bank was asked to pay, or is to be
   * @param endedOn the bank's day, Europe/Paris; left out while it has told no end
   * @param reason ISO 20022, of a rejection or return; left out of others
   * @param askForAccount whether what it was to pay is owed again and a venue that it pays has no
   *     account in force: it has to be asked for another
   * @param amountCents of the venues that are told
   * @param venues whom it pays: several if they share an IBAN; to a venue itself alone
   */
  @Schema(name = "TransferListed")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Row(
      String transfer,
      String run,
      String programme,
      TransferState state,
      long position,
      Instant orderedAt,
      LocalDate executionOn,
      @Nullable LocalDate endedOn,
      String reason,
      boolean askForAccount,
      long amountCents,
      List<OfVenue> venues) {
    private Row with(List<OfVenue> those) {
      return new Row(
          transfer,
          run,
          programme,
          state,
          position,
          orderedAt,
          executionOn,
          endedOn,
          reason,
          (state == TransferState.REJECTED || state == TransferState.RETURNED)
              && those.stream().anyMatch(venue -> !venue.hasAccount()),
          those.stream().mapToLong(OfVenue::cents).reduce(0, Math::addExact),
          those);
    }
  }

  /**
   * @param slips how many of the venue's it pays
   * @param hasAccount whether the venue has an account in force by now
   */
  @Schema(name = "VenueOfTransfer")
  public record OfVenue(String venue, int slips, long cents, boolean hasAccount) {}

  /**
   * @param dataSource of the schema {@code projections}
   */
  public OrderedTransfers(DataSource dataSource) {
    this.snapshot = new Snapshot(dataSource);
  }

  /**
   * @param own the venue that asks: it is told its own part of each; null for all
   * @param before what the page before named as next; null for the newest
   * @param totals whether all that are asked for are counted: it reads each of them
   */
  public Page read(
      Filter filter, @Nullable String own, @Nullable String before, int limit, boolean totals) {
    Cursor cursor = before == null ? null : Cursor.before(before);
    Filter asked = own == null ? filter : new Filter(filter.state(), own, filter.run());
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(HistoriesProjection.NAME, connection);
          List<Row> rows = rows(connection, asked, cursor, limit + 1);
          List<Row> page = rows.subList(0, Math.min(limit, rows.size()));
          return new Page(
              standing.position(),
              standing.recordedAt(),
              totals ? totals(connection, asked, own) : null,
              withVenues(connection, page, own),
              rows.size() > limit
                  ? new Cursor(page.getLast().position(), page.getLast().transfer()).toString()
                  : null,
              snapshot.caveats(connection, standing.position(), HistoriesProjection.NAME));
        });
  }

  private static Conditions conditions(Filter filter) {
    TransferState state = filter.state();
    Conditions asked =
        new Conditions()
            .and("t.state = ?", state == null ? null : state.kept())
            .and("t.run = ?", filter.run());
    // Those that came back lie among the rejected ones, which are few.
    if (state == TransferState.REJECTED || state == TransferState.RETURNED) {
      asked.and("(" + TransferState.SQL + ") = ?", state.name());
    }
    return asked;
  }

  private static List<Row> rows(
      Connection connection, Filter filter, @Nullable Cursor before, int limit)
      throws SQLException {
    Conditions asked = conditions(filter).and("v.venue = ?", filter.venue());
    String order =
        filter.venue() == null ? "t.opened_position, t.id" : "v.opened_position, v.transfer";
    if (before != null) {
      asked.and("(" + order + ") < (?, ?)", before.position()).with(before.transfer());
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select t.id, t.run, t.programme, %s, t.opened_position, t.opened_at, t.execution_on, t.ended_on, t.reason
              from %s
             where %s
             order by %s desc
             limit ?
            """
                .formatted(
                    TransferState.SQL, from(filter), asked.sql(), order.replace(",", " desc,")))) {
      select.setInt(asked.bind(select), limit);
      try (ResultSet found = select.executeQuery()) {
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(
              new Row(
                  found.getString(1),
                  found.getString(2),
                  found.getString(3),
                  TransferState.valueOf(found.getString(4)),
                  found.getLong(5),
                  found.getObject(6, OffsetDateTime.class).toInstant(),
                  found.getObject(7, LocalDate.class),
                  found.getObject(8, LocalDate.class),
                  found.getString(9),
                  false,
                  0,
                  List.of()));
        }
        return rows;
      }
    }
  }

  private static String from(Filter filter) {
    return filter.venue() == null
        ? "projections.transfer t"
        : "projections.transfer_venue v join projections.transfer t on t.id = v.transfer";
  }

  private static Totals totals(Connection connection, Filter filter, @Nullable String own)
      throws SQLException {
    Conditions asked = conditions(filter).and("v.venue = ?", filter.venue());
    try (PreparedStatement select =
        connection.prepareStatement(
            "select count(*), coalesce(sum(%s), 0) from %s where %s"
                .formatted(
                    own == null ? "t.amount_cents" : "v.cents", from(filter), asked.sql()))) {
      asked.bind(select);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return new Totals(found.getLong(1), found.getLong(2));
      }
    }
  }

  private record Paid(String transfer, OfVenue venue) {}

  private static List<Row> withVenues(Connection connection, List<Row> rows, @Nullable String own)
      throws SQLException {
    Conditions asked = new Conditions().and("v.venue = ?", own);
    List<Paid> paid = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select v.transfer, v.venue, v.slips, v.cents, coalesce(r.account, '') <> ''
              from projections.transfer_venue v
              left join projections.venue r on r.id = v.venue
             where %s and v.transfer = any (?::text[])
             order by v.transfer, v.venue
            """
                .formatted(asked.sql()))) {
      int parameter = asked.bind(select);
      select.setArray(
          parameter, connection.createArrayOf("text", rows.stream().map(Row::transfer).toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          paid.add(
              new Paid(
                  found.getString(1),
                  new OfVenue(
                      found.getString(2), found.getInt(3), found.getLong(4), found.getBoolean(5))));
        }
      }
    }
    Map<String, List<OfVenue>> byTransfer =
        paid.stream().collect(groupingBy(Paid::transfer, mapping(Paid::venue, toList())));
    return rows.stream()
        .map(row -> row.with(byTransfer.getOrDefault(row.transfer(), List.of())))
        .toList();
  }
}
