package fr.passnumerique.projections.labels;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.VatRegime;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which venues has an organisation, and which points of service has each? An organisation is what
 * the SIRETs of its venues begin with, its SIREN; a venue that no SIRET identifies is one of its
 * own.
 */
public final class Organisations {
  private final Snapshot snapshot;

  /**
   * @param organisation its SIREN, or the name of the one venue that it is
   * @param position of the last fact in it
   * @param venues in order of their names, at least one
   * @param caveats what must be known beside it; left out if nothing must
   */
  @Schema(name = "Organisation")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Organisation(
      String organisation, long position, List<Venue> venues, @Nullable Caveats caveats) {
    Organisation with(List<Venue> others) {
      return new Organisation(organisation, position, others, caveats);
    }
  }

  /**
   * @param venue by what it was listed: SIRET, RNA, RIDET or a name of its own
   * @param siret left out until it is identified
   * @param formerSirets by which it was identified wrongly before, the last first; left out if by
   *     none
   * @param name empty for a sole trader
   * @param payable whether an account can be opened for it
   * @param waives whether on the day it waives its pay: its cheques are counted, nothing is owed
   * @param vatRegime of the day; left out for those whose it is not to know
   * @param caveats what must be known beside a venue that was asked for by itself; left out if
   *     nothing must
   */
  @Schema(name = "VenueOfOrganisation")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Venue(
      String venue,
      String organisation,
      String identifiedBy,
      @Nullable String siret,
      @Nullable List<String> formerSirets,
      String name,
      boolean payable,
      boolean waives,
      @Nullable VatRegime vatRegime,
      List<Point> pointsOfService,
      @Nullable Caveats caveats) {
    Venue withoutRegime() {
      return with(null, caveats);
    }

    Venue with(@Nullable Caveats known) {
      return with(vatRegime, known);
    }

    private Venue with(@Nullable VatRegime regime, @Nullable Caveats known) {
      return new Venue(
          venue,
          organisation,
          identifiedBy,
          siret,
          formerSirets,
          name,
          payable,
          waives,
          regime,
          pointsOfService,
          known);
    }
  }

  /**
   * @param label what holds on the day; left out where no committee decided anything
   * @param labelSince first day on which it holds
   */
  @Schema(name = "PointOfOrganisation")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      String id,
      String name,
      String commune,
      String departement,
      boolean itinerant,
      List<String> services,
      @Nullable LabelState label,
      @Nullable LocalDate labelSince) {}

  /**
   * @param dataSource of the schema {@code projections}
   */
  public Organisations(DataSource dataSource) {
    this(new Snapshot(dataSource));
  }

  private Organisations(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  Organisations of(@Nullable Generation replaced) {
    return replaced == null ? this : new Organisations(snapshot.of(replaced));
  }

  /**
   * @param organisation SIREN, or the name of a venue without SIRET
   * @param day Europe/Paris, whose label and regime are told
   */
  public Optional<Organisation> find(String organisation, LocalDate day) {
    return snapshot.read(
        connection -> {
          List<Venue> venues = venues(connection, "organisation", organisation, day);
          long position = Standing.of(LabelsProjection.NAME, connection).position();
          return venues.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Organisation(
                      organisation,
                      position,
                      venues,
                      snapshot.caveats(connection, position, LabelsProjection.NAME)));
        });
  }

  /**
   * @param venue by what it was listed, or the SIRET that identifies it since
   */
  public Optional<Venue> findVenue(String venue, LocalDate day) {
    return snapshot.read(
        connection -> {
          List<Venue> found = venues(connection, "venue", venue, day);
          if (found.isEmpty()) {
            found = venues(connection, "venue", identifiedBy(connection, venue), day);
          }
          Caveats caveats =
              snapshot.caveats(
                  connection,
                  Standing.of(LabelsProjection.NAME, connection).position(),
                  LabelsProjection.NAME);
          return found.stream().findFirst().map(one -> one.with(caveats));
        });
  }

  /** The venue that this SIRET identifies; the SIRET itself if it identifies none. */
  private static String identifiedBy(Connection connection, String siret) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select i.venue from projections.venue_identification i
             where i.siret = ?
               and not exists (
                     select from projections.venue_identification later
                      where later.venue = i.venue and later.position > i.position)
            """)) {
      select.setString(1, siret);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getString(1) : siret;
      }
    }
  }

  /**
   * @param by {@code organisation} or {@code venue}
   */
  private static List<Venue> venues(Connection connection, String by, String id, LocalDate day)
      throws SQLException {
    List<Venue> venues = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with listing as (
              select distinct on (l.venue) l.*, i.sirets[1] as identified_siret, i.sirets[2:] as former_sirets
                from projections.venue_listing l
                left join (
                       select venue, array_agg(siret order by position desc) as sirets
                         from projections.venue_identification
                        where ? <> 'venue' or venue = ?
                        group by venue) i on i.venue = l.venue
               where case when ? = 'venue' then l.venue = ?
                          else l.venue = ? or i.sirets[1] like ? || '%'
                               or l.identified_by = 'SIRET' and l.venue like ? || '%' end
               order by l.venue, l.position desc
            ), named as (
              select l.*,
                     case when l.identified_by = 'SIRET' then l.venue else l.identified_siret end as siret
                from listing l
            )
            select n.venue, coalesce(left(n.siret, 9), n.venue) as organisation, n.identified_by, n.siret,
                   n.name, r.regime, p.id, p.name, p.commune, p.departement, p.itinerant, p.services,
                   d.state, d.from_day, coalesce(w.waives, false), coalesce(n.former_sirets, '{}')
              from named n
              join projections.listed_point p on p.position = n.position
              left join lateral (
                     select * from projections.label_decision d
                      where d.venue = n.venue and d.from_day <= ?
                        and (d.points = '{}' or p.id = any (d.points))
                      order by d.from_day desc, d.position desc
                      limit 1) d on true
              left join lateral (
                     select * from projections.vat_regime r
                      where r.venue = n.venue and r.from_day <= ?
                      order by r.from_day desc, r.position desc
                      limit 1) r on true
              left join lateral (
                     select * from projections.venue_waiver w
                      where w.venue = n.venue and w.from_day <= ?
                        and not exists (
                              select from projections.venue_waiver e
                               where e.venue = w.venue and not e.waives
                                 and e.position > w.position and e.from_day <= w.from_day)
                      order by w.from_day desc, w.position desc
                      limit 1) w on true
             where ? = 'venue' or coalesce(left(n.siret, 9), n.venue) = ?
             order by n.venue, p.place
            """)) {
      select.setString(1, by);
      select.setString(2, id);
      select.setString(3, by);
      for (int i = 4; i <= 7; i++) {
        select.setString(i, id);
      }
      select.setObject(8, day);
      select.setObject(9, day);
      select.setObject(10, day);
      select.setString(11, by);
      select.setString(12, id);
      try (ResultSet found = select.executeQuery()) {
        List<Point> points = new ArrayList<>();
        while (found.next()) {
          String venue = found.getString(1);
          if (venues.isEmpty() || !venues.getLast().venue().equals(venue)) {
            points = new ArrayList<>();
            venues.add(venue(found, points));
          }
          points.add(point(found));
        }
      }
    }
    return venues;
  }

  private static Venue venue(ResultSet found, List<Point> points) throws SQLException {
    String regime = found.getString(6);
    List<String> former = List.of((String[]) found.getArray(16).getArray());
    return new Venue(
        found.getString(1),
        found.getString(2),
        found.getString(3),
        found.getString(4),
        former.isEmpty() ? null : former,
        found.getString(5),
        found.getString(4) != null,
        found.getBoolean(15),
        regime == null ? VatRegime.FEES_ONLY : VatRegime.valueOf(regime),
        points,
        null);
  }

  private static Point point(ResultSet found) throws SQLException {
    String state = found.getString(13);
    return new Point(
        found.getString(7),
        found.getString(8),
        found.getString(9),
        found.getString(10),
        found.getBoolean(11),
        List.of((String[]) found.getArray(12).getArray()),
        state == null ? null : LabelState.valueOf(state),
        found.getObject(14, LocalDate.class));
  }
}
