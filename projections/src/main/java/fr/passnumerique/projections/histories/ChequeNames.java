package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What those are called who had to do with a cheque. */
record ChequeNames(
    Map<String, String> prescribers,
    Map<String, String> venues,
    Map<String, String> pointsOfService) {
  /** Those that facts name, as they are called now. */
  static ChequeNames of(Connection connection, List<RecordedFact> facts) throws SQLException {
    List<String> prescribers = new ArrayList<>();
    List<String> venues = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      switch (recorded.fact()) {
        case ChequesDelivered f -> prescribers.add(f.prescriber().value());
        case ChequesHandedOut f -> prescribers.add(f.prescriber().value());
        case SlipJudged f -> venues.add(f.venue().value());
        default -> {}
      }
    }
    return new ChequeNames(
        named(
            connection,
            "select id, name from projections.prescriber where id = any (?::text[])",
            prescribers),
        named(
            connection,
            "select id, name from projections.venue where id = any (?::text[])",
            venues),
        named(
            connection,
            """
            select venue || '/' || id, name from projections.point_of_service where venue = any (?::text[])
            """,
            venues));
  }

  private static Map<String, String> named(Connection connection, String sql, List<String> ids)
      throws SQLException {
    Map<String, String> names = new HashMap<>();
    if (ids.isEmpty()) {
      return names;
    }
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          names.put(found.getString(1), found.getString(2));
        }
      }
    }
    return names;
  }
}
