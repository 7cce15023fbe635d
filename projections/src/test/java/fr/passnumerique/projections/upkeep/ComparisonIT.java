package fr.passnumerique.projections.upkeep;

import static fr.passnumerique.projections.Following.execute;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.loop.Relocated;
import fr.passnumerique.projections.loop.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two small tables of the same rows, in which somebody changes some. */
class ComparisonIT {
  private static final Tables TABLES =
      Tables.of("thing").comparedByGroup("thing", "t.bag", "concat_ws(' ', t.bag, t.name)");

  private static TestDatabase database;

  private record Told(String digest, List<String> lines, @Nullable Long from) {}

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.fresh();
    execute(database.owner(), "create schema rebuild_1");
    for (String schema : List.of("projections", "rebuild_1")) {
      execute(
          database.owner(),
          "create table %s.thing (bag text, name text, position bigint, worth numeric)"
              .formatted(schema));
    }
  }

  @AfterAll
  static void end() {
    database.close();
  }

  @BeforeEach
  void theSameInBoth() throws Exception {
    for (String schema : List.of("projections", "rebuild_1")) {
      execute(database.owner(), "truncate %s.thing".formatted(schema));
      execute(
          database.owner(),
          "insert into %s.thing values ('a', 'one', 1, 1.0), ('a', 'two', 2, 2), ('b', 'one', 3, 3), ('c', 'one', 4, 4)"
              .formatted(schema));
    }
  }

  @Test
  void whatIsTheSameDiffersInNothing() throws Exception {
    assertThat(compared()).isEqualTo(new Told("", List.of(), null));
  }

  @Test
  void aRowThatIsThereTwiceIsToldBesideAnotherThatDiffers() throws Exception {
    change("update rebuild_1.thing set worth = 7 where bag = 'b'");
    Told without = compared();
    assertThat(without.lines()).containsExactly("b one 3 worth: 3 -> 7");
    assertThat(without.from()).isEqualTo(3);

    change("insert into projections.thing values ('a', 'two', 2, 2)");
    Told with = compared();
    assertThat(with.lines())
        .containsExactly(
            "a two 2 bag: a -> null",
            "a two 2 name: two -> null",
            "a two 2 worth: 2 -> null",
            "b one 3 worth: 3 -> 7");
    assertThat(with.digest()).isNotEqualTo(without.digest());
    assertThat(with.from()).isEqualTo(2);
  }

  @Test
  void onlyTheSumsHaveMoreMemoryThanAnyStatement() throws Exception {
    change("update rebuild_1.thing set worth = 7 where bag = 'b'");
    List<String> settings = new ArrayList<>();
    try (Connection connection = database.owner().getConnection()) {
      connection.setAutoCommit(false);
      String usual = settings(connection);
      Comparison.of(
          TABLES,
          new Relocated("rebuild_1", TABLES.names()),
          connection,
          _ -> settings.add(settings(connection)));
      assertThat(settings).containsExactly(usual);
      assertThat(settings(connection)).isEqualTo(usual);
    }
  }

  private static String settings(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select current_setting('work_mem') || ' ' ||"
                    + " current_setting('parallel_tuple_cost')");
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getString(1);
    }
  }

  @Test
  void fromWhichPositionOnOneThatAnswersForEveryMomentDiffersIsNotKnown() throws Exception {
    change("update rebuild_1.thing set worth = 7 where bag = 'b'");
    assertThat(compared(Tables.of("thing").comparedByRow("thing", "t.bag || t.name")).from())
        .isEqualTo(3);
    assertThat(compared(Tables.of("thing").comparedByRowOfNow("thing", "t.bag || t.name")).from())
        .isNull();
  }

  @Test
  void aGroupThatNoRowExplainsIsToldByItsSumThoughRowsOfAnotherAreTold() throws Exception {
    change("update rebuild_1.thing set worth = 7 where bag = 'b'");
    String without = compared().digest();

    // Another text of the same number.
    change("update rebuild_1.thing set worth = 1.00 where name = 'one' and bag = 'a'");
    Told with = compared();
    assertThat(with.lines()).hasSize(2);
    assertThat(with.lines().getFirst()).startsWith("a null : ");
    assertThat(with.lines().getLast()).isEqualTo("b one 3 worth: 3 -> 7");
    assertThat(with.digest()).isNotEqualTo(without);
    assertThat(with.from()).isNull();
  }

  /** What is recorded after it, and folded alike by both, changes nothing of what was accepted. */
  @Test
  void aRunningBalanceIsToldWhereItBecomesWrongAndNotInTheGroupsThatCarryItOn() throws Exception {
    Tables accounts = emptyAccounts();
    for (String schema : List.of("projections", "rebuild_1")) {
      posting(schema, 1, 100, 100);
    }
    posting("projections", 50, 5, 805);
    posting("rebuild_1", 50, 5, 105);
    Told told = compared(accounts);
    assertThat(told.lines())
        .containsExactly("VENUE_PAYABLE - - - - V - - 50 balance_cents: 805 -> 105");
    // What it held until then is read from what this posting begins at.
    assertThat(told.from()).isEqualTo(1);

    for (long position : new long[] {99_999, 100_000, 100_001, 300_000}) {
      posting("projections", position, 10, 10);
      posting("rebuild_1", position, 10, 10);
    }
    change(
        "update projections.posting set balance_cents = 815 + position / 50000 * 10 where position"
            + " > 50");
    change(
        "update rebuild_1.posting set balance_cents = 115 + position / 50000 * 10 where position >"
            + " 50");
    assertThat(compared(accounts)).isEqualTo(told);
  }

  @Test
  void aBalanceDiffersFromItsLastFactOnAndOneFactTooManyFromThatFactOn() throws Exception {
    Tables accounts = emptyAccounts();
    for (String schema : List.of("projections", "rebuild_1")) {
      posting(schema, 1, 100, 100);
      posting(schema, 50, 5, 105);
      change("insert into %s.balance values (%d, 105, 50)".formatted(schema, schema.length()));
    }
    change("update projections.balance set cents = 112");
    assertThat(compared(accounts))
        .satisfies(
            told -> {
              assertThat(told.lines())
                  .containsExactly("VENUE_PAYABLE - - - - V - - null cents: 112 -> 105");
              assertThat(told.from()).isEqualTo(50);
            });

    posting("projections", 40, 7, 107);
    change("update projections.posting set balance_cents = 112 where position = 50");
    assertThat(compared(accounts).from()).isEqualTo(40);
  }

  /** What was held before a posting that is not there is read from the next, a block further. */
  @Test
  void aLastPostingOfABlockThatOnlyOneSideHasCountsSinceTheBlockBefore() throws Exception {
    Tables accounts = emptyAccounts();
    for (String schema : List.of("projections", "rebuild_1")) {
      posting(schema, 1, 100, 100);
    }
    posting("rebuild_1", 99_998, 20, 120);
    posting("rebuild_1", 99_999, 30, 150);
    assertThat(compared(accounts).from()).isEqualTo(99_998);

    for (String schema : List.of("projections", "rebuild_1")) {
      posting(schema, 100_000, 10, 160);
    }
    assertThat(compared(accounts))
        .satisfies(
            told -> {
              assertThat(told.lines())
                  .containsExactly(
                      "VENUE_PAYABLE - - - - V - - 99998 balance_cents: null -> 120",
                      "VENUE_PAYABLE - - - - V - - 99998 cents: null -> 20",
                      "VENUE_PAYABLE - - - - V - - 99999 balance_cents: null -> 150",
                      "VENUE_PAYABLE - - - - V - - 99999 cents: null -> 30");
              assertThat(told.from()).isZero();
            });

    change("update projections.posting set position = position + 200000");
    change("update rebuild_1.posting set position = position + 200000");
    for (String schema : List.of("projections", "rebuild_1")) {
      posting(schema, 7, 4, 4);
      change("update %s.posting set cents = 96 where position = 200001".formatted(schema));
    }
    assertThat(compared(accounts).from()).isEqualTo(7);
  }

  /** And not since its last fact: without it nothing of the account is in any answer. */
  @Test
  void aBalanceThatOnlyOneSideHasCountsSinceItsAccountWasFirstMoved() throws Exception {
    Tables accounts = emptyAccounts();
    for (String schema : List.of("projections", "rebuild_1")) {
      posting(schema, 3, 100, 100);
      posting(schema, 50, 5, 105);
      change("insert into %s.balance values (%d, 105, 50)".formatted(schema, schema.length()));
    }
    change("delete from projections.balance");
    assertThat(compared(accounts))
        .satisfies(
            told -> {
              assertThat(told.lines())
                  .containsExactly("VENUE_PAYABLE - - - - V - - null cents: null -> 105");
              assertThat(told.from()).isEqualTo(3);
            });

    // What is there before its first posting is read from that.
    for (String schema : List.of("projections", "rebuild_1")) {
      change("update %s.posting set balance_cents = balance_cents + 7".formatted(schema));
    }
    assertThat(compared(accounts).from()).isZero();
  }

  /** All that the journal holds is there all the same. */
  @Test
  void whatTwoFactsExchangedInTheJournalIsTold() throws Exception {
    Tables accounts = emptyAccounts();
    for (String schema : List.of("projections", "rebuild_1")) {
      change(
          """
          insert into %s.journal (position, recorded_at, recorded_on, happened_on, fact, causes)
          select n, timestamptz '2026-03-20 09:00:00Z' + n * interval '1 s', '2026-03-20', date '2026-03-10' + n,
                 'Fact' || n, 'venue ' || n
            from generate_series(1, 3) n
          """
              .formatted(schema));
    }
    assertThat(compared(accounts).lines()).isEmpty();

    for (String column : List.of("recorded_at", "happened_on", "fact", "causes")) {
      String exchange =
          """
          update rebuild_1.journal j
             set %1$s = (select o.%1$s from rebuild_1.journal o where o.position = 3 - j.position)
           where position < 3
          """
              .formatted(column);
      change("drop index if exists rebuild_1.journal_recorded_at_idx");
      change(exchange);
      assertThat(compared(accounts).lines()).as(column).isNotEmpty();
      change(exchange);
    }
  }

  private static Tables emptyAccounts() throws SQLException {
    Tables accounts = AccountsProjections.accounts().tables();
    for (String table : accounts.names()) {
      change(
          "create table if not exists rebuild_1.%1$s (like projections.%1$s including all)"
              .formatted(table));
      change("truncate projections.%1$s, rebuild_1.%1$s cascade".formatted(table));
    }
    for (String schema : List.of("projections", "rebuild_1")) {
      change(
          "insert into %s.account overriding system value values (%d, 'VENUE_PAYABLE', '', '', '', '', 'V', '', '')"
              .formatted(schema, schema.length()));
    }
    return accounts;
  }

  private static void posting(String schema, long position, long cents, long balance)
      throws SQLException {
    change(
        "insert into %s.posting values (%d, %d, %d, %d)"
            .formatted(schema, schema.length(), position, cents, balance));
  }

  private static void change(String sql) throws SQLException {
    execute(database.owner(), sql);
  }

  private static Told compared() throws SQLException {
    return compared(TABLES);
  }

  private static Told compared(Tables tables) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.owner().getConnection()) {
      connection.setAutoCommit(false);
      Comparison comparison =
          Comparison.of(
              tables,
              new Relocated("rebuild_1", tables.names()),
              connection,
              d ->
                  lines.add(
                      "%s %s %s: %s -> %s"
                          .formatted(
                              d.key(),
                              d.position(),
                              d.what(),
                              d.before() == null ? d.textBefore() : d.before().toPlainString(),
                              d.after() == null ? d.textAfter() : d.after().toPlainString())));
      assertThat(comparison.count()).isEqualTo(lines.size());
      return new Told(comparison.digest(), lines, comparison.from());
    }
  }
}
