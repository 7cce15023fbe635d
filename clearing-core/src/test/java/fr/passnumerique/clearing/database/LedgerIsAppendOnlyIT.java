package fr.passnumerique.clearing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerIsAppendOnlyIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String RESTRICT_VIOLATION = "23001";

  private static final String ONE_FACT =
      """
      insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
      values (%d, gen_random_uuid(), now(), 'DayOpened', 1, '{day=2026-01-01}', '{}', '{}', sha256('%1$d'))
      """;

  private static TestDatabase database;

  @BeforeAll
  static void aLedgerWithOneFact() throws SQLException {
    database = TestDatabase.fresh();
    run(database.ledger(), ONE_FACT.formatted(1));
  }

  @AfterAll
  static void dropped() {
    database.close();
  }

  static Stream<Arguments> everyRoleAndEveryAttempt() {
    var attempts =
        List.of(
            "update ledger.event set payload = '[]'",
            "update ledger.event set payload = '[]' where false",
            "delete from ledger.event",
            "truncate ledger.event",
            "merge into ledger.event e using (values (1)) v(p) on e.position = v.p when matched"
                + " then delete",
            "alter table ledger.event disable trigger event_is_append_only",
            "alter table ledger.event disable trigger all",
            "drop trigger event_is_append_only on ledger.event",
            "drop trigger event_row_is_append_only on ledger.event",
            "alter table ledger.event drop constraint event_pkey",
            "alter table ledger.event owner to current_user",
            "create or replace function ledger.refuse_change() returns trigger language plpgsql as"
                + " 'begin return null; end'",
            "create rule nothing as on insert to ledger.event do instead nothing",
            "drop table ledger.event",
            "drop schema ledger cascade",
            "create table ledger.other (x integer)",
            "set session_replication_role = replica",
            "set role pass_owner",
            "grant update on ledger.event to public",
            "update pass_migrations.migration set checksum = 0");
    return Stream.of("pass_clearing", "pass_projections", "pass_reader")
        .flatMap(role -> attempts.stream().map(attempt -> Arguments.of(role, attempt)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyRoleAndEveryAttempt")
  void noRoleOfTheApplicationChangesOrUndoesTheLedger(String role, String attempt) {
    if (attempt.startsWith("grant")) {
      // PostgreSQL answers a grant of what one does not hold with a mere warning.
      assertThat(granted(role, attempt)).isFalse();
    } else {
      assertThatThrownBy(() -> run(as(role), attempt))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }
  }

  static Stream<String> changes() {
    return Stream.of(
        "update ledger.event set payload = '[]'",
        "update ledger.event set payload = '[]' where false",
        "delete from ledger.event",
        "truncate ledger.event",
        ONE_FACT.formatted(1) + " on conflict (position) do update set payload = '[]'");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theOwnerIsRefusedByTheTriggerWhichSaysWhatToDoInstead(String change) {
    assertThatThrownBy(() -> run(database.owner(), change))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(RESTRICT_VIOLATION))
        .hasMessageContaining("the ledger is append-only")
        .hasMessageContaining("corrected by a new fact");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aSuperuserThatPosesAsAReplicaIsRefusedToo(String change) {
    assertThatThrownBy(
            () -> run(database.superuser(), "set session_replication_role = replica", change))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(RESTRICT_VIOLATION));
  }

  @Test
  void onlyTheClearingAppends() throws SQLException {
    run(database.ledger(), ONE_FACT.formatted(7));
    for (String role : List.of("pass_projections", "pass_reader")) {
      assertThatThrownBy(() -> run(as(role), ONE_FACT.formatted(8)))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
      run(as(role), "select * from ledger.event");
    }
  }

  @Test
  void aPositionIsWrittenOnce() {
    assertThatThrownBy(() -> run(database.ledger(), ONE_FACT.formatted(1)))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
  }

  @Test
  void aPositionIsAboveZeroAndAHashIsWhole() {
    assertThatThrownBy(() -> run(database.ledger(), ONE_FACT.formatted(0)))
        .hasMessageContaining("event_position_from_1");
    assertThatThrownBy(
            () -> run(database.ledger(), ONE_FACT.formatted(9).replace("sha256('9')", "'abc'")))
        .hasMessageContaining("event_hash_is_sha_256");
  }

  @Test
  void everyTableAndColumnIsExplained() throws SQLException {
    try (var connection = database.superuser().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select c.oid::regclass || '.' || coalesce(a.attname, '')
                  from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where n.nspname in ('ledger', 'vault', 'access', 'projections')
                   and c.relkind in ('r', 'p', 'v', 'm')
                   and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)
                """)) {
      var silent = new java.util.ArrayList<String>();
      while (rows.next()) {
        silent.add(rows.getString(1));
      }
      assertThat(silent).isEmpty();
    }
  }

  private static boolean granted(String role, String grant) {
    try {
      run(as(role), grant);
    } catch (SQLException e) {
      return false;
    }
    try (var connection = database.superuser().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select has_table_privilege('pass_reader', 'ledger.event', 'update')")) {
      rows.next();
      return rows.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataSource as(String role) {
    return switch (role) {
      case "pass_clearing" -> database.ledger();
      case "pass_projections" -> database.projections();
      default -> database.reader();
    };
  }

  private static void run(DataSource dataSource, String... statements) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
