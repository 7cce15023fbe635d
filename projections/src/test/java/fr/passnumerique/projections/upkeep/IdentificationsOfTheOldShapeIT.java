package fr.passnumerique.projections.upkeep;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.loop.Tables;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a rebuild has folded of identifications when a release comes that keeps corrected ones. */
class IdentificationsOfTheOldShapeIT {
  @Test
  void aRebuildUnderWayTakesACorrectionOnceTheShapeIsNew() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      execute(
          database.projections(),
          """
          insert into projections.rebuild
            (id, projection, state, kept, stopped_at, compared_position, differences, asked_by, asked_at)
          values ('r-1', 'labels', 'FOLDING', false, 0, 1, 1, 'clerk-1', now())
          """);
      String schema =
          "rebuild_" + number(database.reader(), "select number from projections.rebuild");
      execute(database.owner(), "create schema " + schema);
      execute(
          database.owner(),
          """
          create table %s.venue_identification
            (venue text primary key, siret text not null unique, position bigint not null)
          """
              .formatted(schema));
      execute(database.owner(), insert(schema, "W161000119", "40109226700020", 1));

      try (InputStream script =
          Tables.class.getResourceAsStream(
              "/db/migration/projections/V445__identifications_corrected.sql")) {
        execute(database.owner(), new String(script.readAllBytes(), StandardCharsets.UTF_8));
      }

      execute(database.owner(), insert(schema, "W161000119", "13002526500039", 2));
      execute(database.owner(), insert(schema, "W161000118", "40109226700020", 3));
      assertThat(
              number(
                  database.owner(),
                  "select count(*) from %s.venue_identification".formatted(schema)))
          .isEqualTo(3);
      assertThat(indexes(database, schema))
          .as("it may have its indexes already, and is not given these when it is switched in")
          .isEqualTo(indexes(database, "projections"))
          .isEqualTo(3);
    }
  }

  private static long indexes(TestDatabase database, String schema) throws Exception {
    return number(
        database.reader(),
        "select count(*) from pg_indexes where schemaname = '%s' and tablename = 'venue_identification'"
            .formatted(schema));
  }

  private static String insert(String schema, String venue, String siret, long position) {
    return "insert into %s.venue_identification values ('%s', '%s', %d)"
        .formatted(schema, venue, siret, position);
  }
}
