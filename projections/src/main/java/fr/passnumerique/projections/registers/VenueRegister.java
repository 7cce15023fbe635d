package fr.passnumerique.projections.registers;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which venues are there, where do they work, and since when are they labelled? */
public final class VenueRegister {
  /** By the venue itself. */
  private static final VenueRows<String> NOW =
      new VenueRows<>(String.class, "text", "projections.point_of_service", "venue");

  private final Snapshot snapshot;

  /**
   * @param position of the last fact in it, 0 before the first
   * @param next what to ask for as {@code after} to go on; left out on the last page
   * @param caveats what must be known beside it; left out if nothing must
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      long position,
      @Nullable Instant recordedAt,
      List<Venue> venues,
      @Nullable String next,
      @Nullable Caveats caveats) {}

  /**
   * @param venue its SIRET, RNA or RIDET
   * @param name empty for a sole trader
   * @param payable false until identified by a SIRET
   * @param labelledFrom first day on which services are payable, Europe/Paris; left out while the
   *     last decision on the venue as a whole is another than to label it
   * @param accountOpen whether there is an account to pay it to; left out for those whose it is not
   *     to know
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Venue(
      String venue,
      String identifiedBy,
      String name,
      boolean payable,
      @Nullable LocalDate labelledFrom,
      String labelDecision,
      @Nullable Boolean accountOpen,
      List<PointOfService> pointsOfService) {
    Venue withoutAccount() {
      return new Venue(
          venue, identifiedBy, name, payable, labelledFrom, labelDecision, null, pointsOfService);
    }
  }

  /**
   * @param name empty for a sole trader, as is the street
   * @param departement of spending, INSEE code
   * @param latitude degrees north, WGS 84
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PointOfService(
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
      List<String> services) {}

  /**
   * Which venues to list; null leaves a condition open.
   *
   * @param venue that one alone
   * @param departement INSEE code: those with a point of service there
   * @param labelled on whatever day
   */
  public record Filter(
      @Nullable String venue, @Nullable String departement, @Nullable Boolean labelled) {
    public static final Filter ALL = new Filter(null, null, null);

    static Filter of(String venue) {
      return new Filter(venue, null, null);
    }
  }

  /**
   * @param dataSource of the schema {@code projections}
   */
  public VenueRegister(DataSource dataSource) {
    this(new Snapshot(dataSource));
  }

  private VenueRegister(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public VenueRegister of(@Nullable Generation replaced) {
    return replaced == null ? this : new VenueRegister(snapshot.of(replaced));
  }

  /**
   * In order of their identifiers.
   *
   * @param after the last venue of the page before, empty for the first page
   * @param limit at least 1
   */
  public Page read(Filter filter, String after, int limit) {
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(RegistersProjection.NAME, connection);
          List<Venue> venues =
              venues(
                  connection,
                  """
                  select v.id, v.id, v.identified_by, v.name, v.payable, v.labelled_from, v.label_decision, v.account <> ''
                    from projections.venue v
                   where v.id > ?
                     and (?::text is null or v.id = ?)
                     and (?::text is null
                          or exists (select from projections.point_of_service p
                                      where p.venue = v.id and p.departement = ?))
                     and (?::boolean is null or (v.labelled_from is not null) = ?)
                   order by v.id
                   limit ?
                  """,
                  select -> {
                    select.setString(1, after);
                    select.setString(2, filter.venue());
                    select.setString(3, filter.venue());
                    select.setString(4, filter.departement());
                    select.setString(5, filter.departement());
                    select.setObject(6, filter.labelled());
                    select.setObject(7, filter.labelled());
                    select.setInt(8, limit + 1);
                  });
          boolean more = venues.size() > limit;
          List<Venue> page = more ? venues.subList(0, limit) : venues;
          return new Page(
              standing.position(),
              standing.recordedAt(),
              page,
              more ? page.getLast().venue() : null,
              snapshot.caveats(connection, standing.position(), RegistersProjection.NAME));
        });
  }

  public Optional<Venue> find(String venue) {
    return read(Filter.of(venue), "", 1).venues().stream().findFirst();
  }

  /** Those of them that are or were listed: in one look, however many are asked for. */
  public List<Venue> find(Collection<String> ids) {
    return snapshot.read(
        connection ->
            venues(
                connection,
                """
                select v.id, v.id, v.identified_by, v.name, v.payable, v.labelled_from, v.label_decision, v.account <> ''
                  from projections.venue v
                 where v.id = any (?)
                 order by v.id
                """,
                select -> select.setArray(1, connection.createArrayOf("text", ids.toArray()))));
  }

  private interface Binding {
    void to(PreparedStatement select) throws SQLException;
  }

  private static List<Venue> venues(Connection connection, String sql, Binding binding)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      binding.to(select);
      return NOW.read(connection, select);
    }
  }
}
