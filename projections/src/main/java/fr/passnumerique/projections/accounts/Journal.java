package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** The two clocks of every fact: when it was recorded, and on which day it happened. */
final class Journal {
  private Journal() {}

  static void write(Connection connection, List<RecordedFact> facts) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.journal (position, recorded_at, recorded_on, happened_on)
            select position, recorded_at::timestamptz, recorded_on::date, happened_on::date
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
                   as f(position, recorded_at, recorded_on, happened_on)
            """)) {
      Bulk.of(connection, insert, facts)
          .longs(RecordedFact::position)
          .texts(f -> f.recordedAt().toString())
          .texts(f -> recordedOn(f).toString())
          .texts(f -> f.fact().happenedOn().orElseGet(() -> recordedOn(f)).toString());
      insert.executeUpdate();
    }
  }

  private static LocalDate recordedOn(RecordedFact fact) {
    return Paris.dayOf(fact.recordedAt());
  }
}
