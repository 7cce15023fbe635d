package fr.passnumerique.projections.labels;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Which venues were labelled on a day, by what had been recorded up to a position? Two clocks: the
 * committee's day says from when a decision holds, the position says what was known of it.
 */
public final class LabelRegister {

  private final Snapshot snapshot;

  /**
   * What is asked for.
   *
   * @param on the day, Europe/Paris
   * @param known up to which position or instant; null for all that is recorded
   * @param state null for all on which a committee decided anything
   * @param departement INSEE code of the point of service; null for all
   * @param source label of the list that described the venue last; null for all
   */
  public record Asked(
      LocalDate on,
      @Nullable Known known,
      @Nullable LabelState state,
      @Nullable String departement,
      @Nullable String source) {}

  /** The second clock. */
  public sealed interface Known {
    record At(long position) implements Known {}

    record Until(Instant instant) implements Known {}
  }

  /**
   * Nothing can be told of what is not recorded yet.
   *
   * @param position of the last fact that can be asked for
   */
  public static final class BeyondTheHead extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long position;
    private final @Nullable Instant recordedAt;

    BeyondTheHead(Standing standing) {
      super("beyond position " + standing.position());
      position = standing.position();
      recordedAt = standing.recordedAt();
    }

    long position() {
      return position;
    }

    /** As the ledger wrote it; empty before the first fact. */
    Optional<Instant> recordedAt() {
      return Optional.ofNullable(recordedAt);
    }
  }

  /**
   * @param on the day
   * @param position up to which facts count
   * @param next what to ask for as {@code after} to go on; left out on the last page
   * @param caveats what must be known beside it; left out if nothing must
   */
  @Schema(name = "LabelRegisterPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      LocalDate on,
      long position,
      List<Venue> venues,
      @Nullable String next,
      @Nullable Caveats caveats) {}

  /**
   * @param venue its SIRET, RNA or RIDET
   * @param name empty for a sole trader
   * @param pointsOfService those that were asked for
   * @param listedOn when the ledger took its listing, Europe/Paris
   */
  @Schema(name = "VenueOfLabelRegister")
  public record Venue(
      String venue,
      String identifiedBy,
      String name,
      List<Point> pointsOfService,
      @JsonIgnore LocalDate listedOn) {
    Venue withoutReasons() {
      return new Venue(
          venue,
          identifiedBy,
          name,
          pointsOfService.stream().map(Point::withoutReason).toList(),
          listedOn);
    }
  }

  /**
   * @param name empty for a sole trader, as is the street
   * @param state what holds on the day
   * @param since first day on which it holds
   * @param committeeOn left out where it was not recorded
   * @param reason left out for those whose it is not to know, and where there is none
   */
  @Schema(name = "PointOfLabelRegister")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      String id,
      String name,
      String street,
      String postcode,
      String commune,
      String communeCode,
      String departement,
      boolean itinerant,
      @Nullable Double latitude,
      @Nullable Double longitude,
      List<String> services,
      LabelState state,
      LocalDate since,
      String decision,
      @Nullable LocalDate committeeOn,
      LabelDecided.@Nullable Reason reason,
      @JsonIgnore Map<String, String> further) {
    Point withoutReason() {
      return new Point(
          id,
          name,
          street,
          postcode,
          commune,
          communeCode,
          departement,
          itinerant,
          latitude,
          longitude,
          services,
          state,
          since,
          decision,
          committeeOn,
          null,
          further);
    }
  }

  /**
   * @param dataSource of the schema {@code projections}
   */
  public LabelRegister(DataSource dataSource) {
    this(new Snapshot(dataSource));
  }

  private LabelRegister(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public LabelRegister of(@Nullable Generation replaced) {
    return replaced == null ? this : new LabelRegister(snapshot.of(replaced));
  }

  /**
   * In order of the venues' identifiers.
   *
   * @param after the last venue of the page before, empty for the first page
   * @param limit venues, at least 1
   * @throws BeyondTheHead if what is asked for is not recorded yet
   */
  public Page read(Asked asked, String after, int limit) {
    return snapshot.read(
        connection -> {
          long position = position(asked.known(), connection);
          List<Venue> venues = venues(connection, asked, position, after, limit + 1);
          boolean more = venues.size() > limit;
          List<Venue> page = more ? List.copyOf(venues.subList(0, limit)) : venues;
          return new Page(
              asked.on(),
              position,
              page,
              more ? page.getLast().venue() : null,
              snapshot.caveats(
                  connection,
                  Math.max(position, recordedUntil(asked.known(), connection)),
                  LabelsProjection.NAME));
        });
  }

  /** Another one after every list, decision and switch to tables that were folded anew. */
  String edition() {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select concat_ws('/',
                           (select max(position) from projections.venue_listing),
                           (select max(position) from projections.label_decision),
                           (select max(number) from projections.rebuild
                             where projection = ? and state = 'SWITCHED'))
                  """)) {
            select.setString(1, LabelsProjection.NAME);
            try (ResultSet found = select.executeQuery()) {
              found.next();
              return found.getString(1);
            }
          }
        });
  }

  /**
   * The last fact recorded until the instant that is asked for, about labels or not: one that is
   * left out may be the last of its own. 0 where a position is asked for.
   */
  private static long recordedUntil(@Nullable Known known, Connection connection)
      throws SQLException {
    if (!(known instanceof Known.Until(Instant instant))) {
      return 0;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position from projections.journal
             where recorded_at <= ? order by recorded_at desc limit 1
            """)) {
      select.setObject(1, instant.atOffset(ZoneOffset.UTC));
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  private static long position(@Nullable Known known, Connection connection) throws SQLException {
    Standing standing = Standing.of(LabelsProjection.NAME, connection);
    return switch (known) {
      case null -> standing.position();
      case Known.At(long position) -> {
        if (position > standing.position()) {
          throw new BeyondTheHead(standing);
        }
        yield position;
      }
      case Known.Until(Instant instant) -> {
        if (standing.recordedAt() == null || !instant.isBefore(standing.recordedAt())) {
          throw new BeyondTheHead(standing);
        }
        yield lastUntil(instant, connection);
      }
    };
  }

  /** The last of its facts recorded up to an instant; what lies between says nothing of labels. */
  private static long lastUntil(Instant instant, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select greatest(
                     (select coalesce(max(position), 0) from projections.venue_listing
                       where recorded_at <= ?),
                     (select coalesce(max(position), 0) from projections.label_decision
                       where recorded_at <= ?))
            """)) {
      select.setObject(1, instant.atOffset(ZoneOffset.UTC));
      select.setObject(2, instant.atOffset(ZoneOffset.UTC));
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  private static List<Venue> venues(
      Connection connection, Asked asked, long position, String after, int limit)
      throws SQLException {
    List<Venue> venues = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with listing as (
              select distinct on (venue) venue, position, recorded_at, identified_by, name, source
                from projections.venue_listing
               where position <= ? and venue > ?
               order by venue, position desc
            ), standing as (
              select l.venue, l.recorded_at, l.identified_by, l.name as venue_name, p.*,
                     d.state, d.from_day, d.decision, d.committee_on, d.reason,
                     dense_rank() over (order by l.venue) as place_of_venue
                from listing l
                join projections.listed_point p on p.position = l.position
               cross join lateral (
                      select * from projections.label_decision d
                       where d.venue = l.venue and d.position <= ? and d.from_day <= ?
                         and (d.points = '{}' or p.id = any (d.points))
                       order by d.from_day desc, d.position desc
                       limit 1) d
               where (?::text is null or d.state = ?)
                 and (?::text is null or p.departement = ?)
                 and (?::text is null or l.source = ?)
            )
            select venue, identified_by, venue_name, id, name, street, postcode, commune, commune_code,
                   departement, itinerant, latitude, longitude, services, state, from_day, decision,
                   committee_on, reason, further, recorded_at
              from standing
             where place_of_venue <= ?
             order by venue, place
            """)) {
      String state = asked.state() == null ? null : asked.state().name();
      select.setLong(1, position);
      select.setString(2, after);
      select.setLong(3, position);
      select.setObject(4, asked.on());
      select.setString(5, state);
      select.setString(6, state);
      select.setString(7, asked.departement());
      select.setString(8, asked.departement());
      select.setString(9, asked.source());
      select.setString(10, asked.source());
      select.setInt(11, limit);
      try (ResultSet found = select.executeQuery()) {
        List<Point> points = new ArrayList<>();
        while (found.next()) {
          String venue = found.getString(1);
          if (venues.isEmpty() || !venues.getLast().venue().equals(venue)) {
            points = new ArrayList<>();
            venues.add(
                new Venue(venue, found.getString(2), found.getString(3), points, listedOn(found)));
          }
          points.add(point(found));
        }
      }
    }
    return venues;
  }

  private static LocalDate listedOn(ResultSet found) throws SQLException {
    return Paris.dayOf(found.getObject(21, OffsetDateTime.class).toInstant());
  }

  private static Point point(ResultSet found) throws SQLException {
    String reason = found.getString(19);
    return new Point(
        found.getString(4),
        found.getString(5),
        found.getString(6),
        found.getString(7),
        found.getString(8),
        found.getString(9),
        found.getString(10),
        found.getBoolean(11),
        found.getObject(12, Double.class),
        found.getObject(13, Double.class),
        List.of((String[]) found.getArray(14).getArray()),
        LabelState.valueOf(found.getString(15)),
        found.getObject(16, LocalDate.class),
        found.getString(17),
        found.getObject(18, LocalDate.class),
        reason.isEmpty() ? null : LabelDecided.Reason.valueOf(reason),
        FactCatalogue.JSON.readValue(found.getString(20), new TypeReference<>() {}));
  }
}
