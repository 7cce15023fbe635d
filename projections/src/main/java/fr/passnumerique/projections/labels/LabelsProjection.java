package fr.passnumerique.projections.labels;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VatRegimeSet;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What did lists say of venues, and committees decide on their labels, and when? */
final class LabelsProjection implements Projection {
  static final String NAME = "labels";

  private static final Tables TABLES =
      Tables.of(
              "venue_listing",
              "listed_point",
              "label_decision",
              "venue_identification",
              "vat_regime",
              "venue_waiver")
          .comparedByRow("venue_listing", "t.position::text")
          .comparedByRow("listed_point", "concat_ws(' ', t.position, t.place)")
          .comparedByRow("label_decision", "t.position::text")
          .comparedByRow("venue_identification", "t.position::text")
          .comparedByRow("vat_regime", "t.position::text")
          .comparedByRow("venue_waiver", "t.position::text");

  /** A separator that no text of a fact holds: an array of arrays must not be ragged. */
  private static final String BETWEEN = "\u001f";

  @Override
  public String name() {
    return NAME;
  }

  private record Listing(VenueListed fact, long position, Instant recordedAt) {}

  private record Point(long position, int place, VenueListed.PointOfService fact) {}

  private record Decided(LabelDecided fact, long position, Instant recordedAt, boolean dated) {}

  private record Identification(VenueIdentified fact, long position) {}

  private record Waiver(VenueId venue, boolean waives, LocalDate from, long position) {}

  private record Regime(VatRegimeSet fact, long position) {}

  @Override
  public Tables tables() {
    return TABLES;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    List<Listing> listings = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    List<Decided> decisions = new ArrayList<>();
    List<Identification> identifications = new ArrayList<>();
    List<Regime> regimes = new ArrayList<>();
    List<Waiver> waivers = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      long position = recorded.position();
      switch (recorded.fact()) {
        case VenueListed f -> {
          listings.add(new Listing(f, position, recorded.recordedAt()));
          for (int i = 0; i < f.pointsOfService().size(); i++) {
            points.add(new Point(position, i + 1, f.pointsOfService().get(i)));
          }
        }
        case VenueIdentified f -> identifications.add(new Identification(f, position));
        case VenueWaived f -> waivers.add(new Waiver(f.venue(), true, f.from(), position));
        case VenueWaiverEnded f -> waivers.add(new Waiver(f.venue(), false, f.from(), position));
        case VatRegimeSet f -> regimes.add(new Regime(f, position));
        case VenueLabelled f ->
            decisions.add(new Decided(dated(f), position, recorded.recordedAt(), false));
        case LabelDecided f -> decisions.add(new Decided(f, position, recorded.recordedAt(), true));
        default -> {}
      }
    }
    return connection -> {
      if (!listings.isEmpty()) {
        writeListings(connection, listings);
        writePoints(connection, points);
      }
      if (!decisions.isEmpty()) {
        writeDecisions(connection, decisions);
      }
      if (!identifications.isEmpty()) {
        writeIdentifications(connection, identifications);
      }
      if (!waivers.isEmpty()) {
        writeWaivers(connection, waivers);
      }
      if (!regimes.isEmpty()) {
        writeRegimes(connection, regimes);
      }
    };
  }

  /** A label of the old kind, for the venue as a whole; the committee's day is not known. */
  private static LabelDecided dated(VenueLabelled labelled) {
    return new LabelDecided(
        labelled.venue(),
        List.of(),
        LabelState.LABELLED,
        labelled.labelledFrom(),
        labelled.decision(),
        labelled.labelledFrom(),
        Optional.empty(),
        Optional.empty());
  }

  private static void writeListings(Connection connection, List<Listing> listings)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.venue_listing
                   (position, recorded_at, venue, identified_by, name, payable, source)
            select n.position, n.recorded_at::timestamptz, n.venue, n.identified_by, n.name,
                   n.payable::boolean, n.source
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as n(position, recorded_at, venue, identified_by, name, payable, source)
            """)) {
      Bulk.of(connection, insert, listings)
          .longs(Listing::position)
          .texts(l -> l.recordedAt().toString())
          .texts(l -> l.fact().venue().value())
          .texts(l -> l.fact().identifiedBy().name())
          .texts(l -> l.fact().name())
          .texts(l -> String.valueOf(l.fact().payable()))
          .texts(l -> l.fact().source());
      insert.executeUpdate();
    }
  }

  private static void writePoints(Connection connection, List<Point> points) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.listed_point
                   (position, place, id, name, street, postcode, commune, commune_code, departement,
                    itinerant, latitude, longitude, services, further)
            select n.position, n.place, n.id, n.name, n.street, n.postcode, n.commune, n.commune_code,
                   n.departement, n.itinerant::boolean, nullif(n.latitude, '')::double precision,
                   nullif(n.longitude, '')::double precision, string_to_array(n.services, chr(31)),
                   n.further
              from unnest(?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as n(position, place, id, name, street, postcode, commune, commune_code, departement,
                        itinerant, latitude, longitude, services, further)
            """)) {
      Bulk.of(connection, insert, points)
          .longs(Point::position)
          .ints(Point::place)
          .texts(p -> p.fact().id().value())
          .texts(p -> p.fact().name())
          .texts(p -> p.fact().street())
          .texts(p -> p.fact().postcode())
          .texts(p -> p.fact().commune())
          .texts(p -> p.fact().communeCode())
          .texts(p -> p.fact().departement().code())
          .texts(p -> String.valueOf(p.fact().itinerant()))
          .texts(p -> p.fact().latitude().map(String::valueOf).orElse(""))
          .texts(p -> p.fact().longitude().map(String::valueOf).orElse(""))
          .texts(p -> p.fact().services().stream().collect(joining(BETWEEN)))
          .texts(p -> FactCatalogue.JSON.writeValueAsString(p.fact().further()));
      insert.executeUpdate();
    }
  }

  private static void writeIdentifications(
      Connection connection, List<Identification> identifications) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.venue_identification (venue, siret, position)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            """)) {
      Bulk.of(connection, insert, identifications)
          .texts(i -> i.fact().venue().value())
          .texts(i -> i.fact().siret())
          .longs(Identification::position);
      insert.executeUpdate();
    }
  }

  private static void writeWaivers(Connection connection, List<Waiver> waivers)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.venue_waiver (position, venue, waives, from_day)
            select n.position, n.venue, n.waives::boolean, n.from_day::date
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
                   as n(position, venue, waives, from_day)
            """)) {
      Bulk.of(connection, insert, waivers)
          .longs(Waiver::position)
          .texts(w -> w.venue().value())
          .texts(w -> String.valueOf(w.waives()))
          .texts(w -> w.from().toString());
      insert.executeUpdate();
    }
  }

  private static void writeRegimes(Connection connection, List<Regime> regimes)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.vat_regime (position, venue, regime, from_day)
            select n.position, n.venue, n.regime, n.from_day::date
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
                   as n(position, venue, regime, from_day)
            """)) {
      Bulk.of(connection, insert, regimes)
          .longs(Regime::position)
          .texts(r -> r.fact().venue().value())
          .texts(r -> r.fact().regime().name())
          .texts(r -> r.fact().from().toString());
      insert.executeUpdate();
    }
  }

  private static void writeDecisions(Connection connection, List<Decided> decisions)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.label_decision
                   (position, recorded_at, venue, points, state, from_day, decision, committee_on, reason)
            select n.position, n.recorded_at::timestamptz, n.venue, string_to_array(n.points, chr(31)),
                   n.state, n.from_day::date, n.decision, nullif(n.committee_on, '')::date, n.reason
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[])
                   as n(position, recorded_at, venue, points, state, from_day, decision, committee_on, reason)
            """)) {
      Bulk.of(connection, insert, decisions)
          .longs(Decided::position)
          .texts(d -> d.recordedAt().toString())
          .texts(d -> d.fact().venue().value())
          .texts(
              d ->
                  d.fact().pointsOfService().stream()
                      .map(PointOfServiceId::value)
                      .collect(joining(BETWEEN)))
          .texts(d -> d.fact().state().name())
          .texts(d -> d.fact().from().toString())
          .texts(d -> d.fact().decision())
          .texts(d -> d.dated() ? d.fact().committeeOn().toString() : "")
          .texts(d -> d.fact().reason().map(Enum::name).orElse(""));
      insert.executeUpdate();
    }
  }
}
