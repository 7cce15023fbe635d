package fr.passnumerique.projections.registers;

import fr.passnumerique.projections.registers.VenueRegister.PointOfService;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes venues of rows, with the points of service that are kept by the key of each.
 *
 * @param sql the key's type there
 * @param points table of the points
 * @param column of the key in it
 */
record VenueRows<K>(Class<K> type, String sql, String points, String column) {
  /**
   * @param select of which the columns are the key, and then a venue's in the order of {@link
   *     Venue}, without its points
   */
  List<Venue> read(Connection connection, PreparedStatement select) throws SQLException {
    Map<K, List<PointOfService>> pointsOf = new HashMap<>();
    List<Venue> venues = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        List<PointOfService> of = new ArrayList<>();
        pointsOf.put(found.getObject(1, type), of);
        venues.add(
            new Venue(
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getBoolean(5),
                found.getObject(6, LocalDate.class),
                found.getString(7),
                found.getBoolean(8),
                of));
      }
    }
    addPoints(connection, pointsOf);
    return venues;
  }

  private void addPoints(Connection connection, Map<K, List<PointOfService>> pointsOf)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select %s, id, name, street, postcode, commune, commune_code, departement, itinerant,
                   latitude, longitude, services
              from %s
             where %s = any (?::%s[])
             order by %s, id
            """
                .formatted(column, points, column, sql, column))) {
      select.setArray(1, connection.createArrayOf(sql, pointsOf.keySet().toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          pointsOf.getOrDefault(found.getObject(1, type), List.of()).add(point(found));
        }
      }
    }
  }

  private static PointOfService point(ResultSet found) throws SQLException {
    return new PointOfService(
        found.getString(2),
        found.getString(3),
        found.getString(4),
        found.getString(5),
        found.getString(6),
        found.getString(7),
        found.getString(8),
        found.getBoolean(9),
        found.getObject(10, Double.class),
        found.getObject(11, Double.class),
        List.of((String[]) found.getArray(12).getArray()));
  }
}
