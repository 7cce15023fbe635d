package fr.passnumerique.projections.upkeep;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Tables;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database in which claims were rebuilt while they had a row for each cheque. */
class ClaimsOfTheOldShapeIT {
  private static final String OLD =
      "create table %1$s.claim (serial bigint primary key, position bigint not null)";
  private static final String NEW = "create table %1$s.claim (like projections.claim)";

  private TestDatabase database;
  private Rebuilds rebuilds;

  @BeforeEach
  void start() {
    database = TestDatabase.fresh();
    rebuilds = new Rebuilds(database.reader());
  }

  @AfterEach
  void end() {
    database.close();
  }

  @Test
  void figuresOfTheOldShapeAreDroppedAndTheRefusalSaysWhy() throws Exception {
    String old = aRebuild("r-old", "SWITCHED", OLD);
    String since = aRebuild("r-since", "SWITCHED", NEW);
    execute(
        database.owner(),
        "insert into projections.passed_over select projection, -number, 1, 'SlipJudged', 2, now()"
            + " from projections.rebuild");

    migrate();

    ShownBefore asked = new ShownBefore(new RebuildId("r-old"));
    assertThatThrownBy(() -> asked.generation(database.reader(), "registers", "claims"))
        .isInstanceOfSatisfying(
            Problem.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(404);
              assertThat(refused.code()).isEqualTo("FIGURES_NOT_KEPT");
              assertThat(refused)
                  .hasMessageContaining("the figures before rebuild r-old are not kept")
                  .hasMessageContaining("a shape that this release does not read");
              assertThat(refused.faults().getFirst().remedy()).startsWith("leave it out");
            });
    assertThat(new ShownBefore(null).generation(database.reader(), "registers", "claims")).isNull();
    assertThat(rebuilds.find("r-old").orElseThrow().kept()).isFalse();
    assertThat(isThere(old)).isFalse();
    assertThat(Generation.find("r-since", List.of("claims"), database.reader())).isPresent();
    assertThat(isThere(since)).isTrue();
    assertThat(number(database.reader(), "select count(*) from projections.passed_over")).isOne();
    // Of another projection it was never one.
    assertThatThrownBy(() -> asked.generation(database.reader()))
        .isInstanceOfSatisfying(
            Problem.class, refused -> assertThat(refused.code()).isEqualTo("NOT_FOUND"));
  }

  @Test
  void aRebuildUnderWayInTheOldShapeIsAbandonedAndAnotherOneSwitchesIn() throws Exception {
    try (TestLedger ledger = TestLedger.on(database);
        Following following = Following.directly(database, ledger, ClaimsProjections.claims())) {
      following.await(
          "claims", ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42)));
      String old = aRebuild("r-old", "DIFFERS", OLD);

      migrate();

      Rebuild abandoned = rebuilds.find("r-old").orElseThrow();
      assertThat(abandoned.state()).isEqualTo(Rebuild.State.ABANDONED);
      assertThat(abandoned.stopped()).isFalse();
      assertThat(abandoned.endedAt()).isNotNull();
      assertThat(abandoned.reason()).endsWith("ask for another rebuild");
      assertThat(abandoned.cancelledBy()).isEmpty();
      assertThat(isThere(old)).isFalse();

      Rebuilder rebuilder =
          new Rebuilder(
              List.of(ClaimsProjections.claims()),
              ledger.reader(),
              database.projections(),
              Clock.systemUTC());
      rebuilder.start();
      try {
        rebuilder.ask("r-new", "claims", "clerk-1");
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!rebuilds.find("r-new").orElseThrow().state().ended()
            && System.nanoTime() < patience) {
          Thread.sleep(50);
        }
      } finally {
        rebuilder.stop();
      }
      assertThat(rebuilds.find("r-new").orElseThrow().state()).isEqualTo(Rebuild.State.SWITCHED);
    }
  }

  @Test
  void aRebuildWhoseTablesAreOfTheNewShapeGoesOn() throws Exception {
    String since = aRebuild("r-since", "FOLDING", NEW);
    migrate();
    assertThat(rebuilds.find("r-since").orElseThrow().state()).isEqualTo(Rebuild.State.FOLDING);
    assertThat(isThere(since)).isTrue();
  }

  @Test
  void aRebuildThatHasMadeNoTablesYetGoesOn() throws Exception {
    String none = aRebuild("r-asked", "FOLDING", NEW);
    execute(database.owner(), "drop schema " + none + " cascade");
    migrate();
    assertThat(rebuilds.find("r-asked").orElseThrow().state()).isEqualTo(Rebuild.State.FOLDING);
  }

  /** Its tables, in the schema that is answered. */
  private String aRebuild(String id, String state, String claims) throws Exception {
    boolean switched = state.equals("SWITCHED");
    execute(
        database.projections(),
        """
        insert into projections.rebuild
          (id, projection, state, kept, stopped_at, compared_position, differences, asked_by, asked_at)
        values ('%s', 'claims', '%s', %s, %d, 1, 1, 'clerk-1', now())
        """
            .formatted(id, state, switched, state.equals("DIFFERS") ? -1 : 0));
    String schema =
        (switched ? "before_" : "rebuild_")
            + number(
                database.reader(),
                "select number from projections.rebuild where id = '%s'".formatted(id));
    execute(database.owner(), "create schema " + schema);
    execute(database.owner(), claims.formatted(schema));
    return schema;
  }

  private boolean isThere(String schema) throws Exception {
    return number(
            database.reader(),
            "select count(*) from pg_namespace where nspname = '%s'".formatted(schema))
        == 1;
  }

  private void migrate() throws Exception {
    try (InputStream script =
        Tables.class.getResourceAsStream(
            "/db/migration/projections/V444__claims_of_the_old_shape.sql")) {
      execute(database.owner(), new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
