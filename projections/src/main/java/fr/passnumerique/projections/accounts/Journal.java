package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Copy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * Of every fact its two clocks (when it was recorded, and on which day it happened) and what it is
 * about, so that postings are explained without asking the ledger.
 */
final class Journal {
  private Journal() {}

  static void write(Connection connection, List<RecordedFact> facts) throws SQLException {
    if (facts.size() > Copy.WORTH_IT) {
      copy(connection, facts);
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.journal (position, recorded_at, recorded_on, happened_on, fact, causes)
            select position, recorded_at::timestamptz, recorded_on::date, happened_on::date, fact, causes
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as f(position, recorded_at, recorded_on, happened_on, fact, causes)
            """)) {
      Bulk.of(connection, insert, facts)
          .longs(RecordedFact::position)
          .texts(f -> f.recordedAt().toString())
          .texts(f -> recordedOn(f).toString())
          .texts(f -> f.fact().happenedOn().orElseGet(() -> recordedOn(f)).toString())
          .texts(f -> f.fact().getClass().getSimpleName())
          .texts(f -> Cause.written(Cause.of(f.fact())));
      insert.executeUpdate();
    }
  }

  private static void copy(Connection connection, List<RecordedFact> facts) throws SQLException {
    Copy copy =
        Copy.into(
            connection,
            "projections.journal",
            "position",
            "recorded_at",
            "recorded_on",
            "happened_on",
            "fact",
            "causes");
    for (RecordedFact f : facts) {
      LocalDate recordedOn = recordedOn(f);
      copy.row()
          .bigint(f.position())
          .timestamptz(f.recordedAt())
          .date(recordedOn)
          .date(f.fact().happenedOn().orElse(recordedOn))
          .text(f.fact().getClass().getSimpleName())
          .text(Cause.written(Cause.of(f.fact())));
    }
    copy.send();
  }

  private static LocalDate recordedOn(RecordedFact fact) {
    return Paris.dayOf(fact.recordedAt());
  }
}
