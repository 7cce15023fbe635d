package fr.passnumerique.projections.asked;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.Following.number;
import static fr.passnumerique.projections.asked.TwoOfEachKind.AUDITOR;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CCAS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CLERK;
import static fr.passnumerique.projections.asked.TwoOfEachKind.LIBRARY;
import static fr.passnumerique.projections.asked.TwoOfEachKind.OF_THE_REGION;
import static fr.passnumerique.projections.asked.TwoOfEachKind.REGION;
import static fr.passnumerique.projections.asked.TwoOfEachKind.STATE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.RowSecurity;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.loop.Copy;
import fr.passnumerique.projections.loop.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL shows to whoever asks, of a question that has no condition at all. */
class RowSecurityIT {
  private static final Actor EMPTY = new Actor("nobody", Role.VENUE, "");

  private static final String OWN_ACCOUNTS =
      "account_id in (select id from projections.account where %s = '%s')";

  /** By table: what each sees of it, as the condition that a right query would have. */
  private static final Map<String, Map<Actor, String>> OWN =
      Map.ofEntries(
          entry(
              "account",
              Map.of(
                  STATE,
                  "funder = 'anct'",
                  LIBRARY,
                  "venue = '%s'".formatted(Story.LIBRARY.value()))),
          entry(
              "balance",
              Map.of(
                  STATE, ofFunder(Story.STATE.value()), LIBRARY, ofVenue(Story.LIBRARY.value()))),
          entry(
              "posting",
              Map.of(
                  STATE, ofFunder(Story.STATE.value()), LIBRARY, ofVenue(Story.LIBRARY.value()))),
          entry("commitment", Map.of()),
          entry(
              "agreement_share",
              Map.of(
                  STATE,
                  "funder = 'anct'",
                  REGION,
                  "funder = 'nouvelle-aquitaine'",
                  LIBRARY,
                  "agreement = 'creuse-2026'")),
          entry(
              "agreement",
              Map.of(STATE, "id = 'creuse-2026'", REGION, "true", LIBRARY, "id = 'creuse-2026'")),
          entry("stock", Map.of(CCAS, "prescriber = 'ccas-gueret'")),
          entry("stock_movement", Map.of(CCAS, "prescriber = 'ccas-gueret'")),
          entry("batch", Map.of(CCAS, "number = 7")),
          entry("slip", Map.of(LIBRARY, "venue = '%s'".formatted(Story.LIBRARY.value()))),
          // Of the cheque that is asked for alone.
          entry("range_event", Map.of()),
          entry("line_event", Map.of()),
          entry("rejected_line", Map.of()),
          entry("transfer_slip", Map.of()),
          entry("transfer", Map.of()),
          entry("transfer_end", Map.of()),
          entry("credit_note_event", Map.of()));

  private static TwoOfEachKind both;
  private static TestDatabase database;

  private static String ofFunder(String funder) {
    return OWN_ACCOUNTS.formatted("funder", funder);
  }

  private static String ofVenue(String venue) {
    return OWN_ACCOUNTS.formatted("venue", venue);
  }

  @BeforeAll
  static void two() throws InterruptedException, SQLException {
    both = new TwoOfEachKind();
    database = both.database();
    execute(
        database.superuser(),
        """
        insert into projections.line_event (serial, position) values (%d, 1), (%d, 1);
        insert into projections.credit_note_event (credit_note, position, order_id)
        select 'note', 1, order_id from projections.batch;
        """
            .formatted(Story.serial(1).key(), Story.serial(4).key()));
  }

  @AfterAll
  static void dropped() {
    both.close();
  }

  static Stream<Arguments> everybodyAndEveryTable() {
    return OWN.keySet().stream()
        .flatMap(
            table ->
                Stream.of(STATE, REGION, LIBRARY, CCAS, EMPTY)
                    .filter(actor -> actor != REGION || OWN.get(table).containsKey(REGION))
                    .map(actor -> Arguments.of(table, actor)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everybodyAndEveryTable")
  void ofEachTableOneSeesItsOwnRowsAlone(String table, Actor actor) throws SQLException {
    String condition = OWN.get(table).get(actor);
    List<String> own =
        condition == null
            ? List.of()
            : rows(
                database.superuser(),
                "select t::text from projections.%s t where %s".formatted(table, condition));
    assertThat(seen(actor, table)).containsExactlyInAnyOrderElementsOf(own);
    if (condition != null) {
      assertThat(own).isNotEmpty();
    }
  }

  static Stream<String> everyTable() {
    return OWN.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void whereNobodyIsKnownToAskNothingIsSeen(String table) throws SQLException {
    assertThat(seen(null, table)).isEmpty();
    assertThat(seen(CLERK, table)).isNotEmpty();
    assertThat(seen(AUDITOR, table)).hasSameSizeAs(seen(CLERK, table));
  }

  /** Whoever forgets to say who asks, and takes on the role alone. */
  @ParameterizedTest
  @MethodSource("everyTable")
  void theRoleByItselfSeesNothing(String table) throws SQLException {
    try (Connection connection = database.reader().getConnection()) {
      connection.setAutoCommit(false);
      assertThat(
              rows(
                  connection,
                  "set local role pass_asker; select t::text from projections.%s t"
                      .formatted(table)))
          .isEmpty();
      connection.rollback();
    }
  }

  /** A role of an operator's own, to which somebody has granted the tables. */
  @Test
  void aRoleThatNoPolicyNamesSeesNothing() throws SQLException {
    execute(database.superuser(), "create role stranger login");
    try {
      execute(database.superuser(), "grant usage on schema projections to stranger");
      for (String table : OWN.keySet()) {
        execute(
            database.superuser(), "grant select on projections.%s to stranger".formatted(table));
        assertThat(
                rows(
                    database.superuser(),
                    "set role stranger; select t::text from projections.%s t".formatted(table)))
            .as(table)
            .isEmpty();
      }
    } finally {
      execute(database.superuser(), "drop owned by stranger; drop role stranger");
    }
  }

  /** Why everybody may know what stands in a table without row security. */
  private static final Map<String, String> EVERYBODYS =
      Map.ofEntries(
          entry("projections.balance_sum", "whether all balances come to nothing; no amount"),
          entry("projections.differences_accepted", "a caveat beside whatever is answered"),
          entry("projections.funder", "public names"),
          entry("projections.journal", "clocks and types of facts, by columns"),
          entry("projections.passed_over", "a caveat beside whatever is answered"),
          entry("projections.point_of_service", "public register"),
          entry("projections.prescriber", "public names"),
          entry("projections.programme", "public names"),
          entry("projections.projection", "how far tables are"),
          entry("projections.rebuild", "which tables are shown"),
          entry("projections.venue", "public register, by columns"));

  /** A table to come is granted to the asker with a policy, or everybody's for a reason. */
  @Test
  void whateverTheAskerMayReadIsSecuredByRowsOrEverybodys() throws SQLException {
    assertThat(
            rows(
                database.superuser(),
                """
                select c.oid::regclass::text from pg_class c
                 where c.relkind in ('r', 'v', 'm', 'p', 'f') and c.relnamespace <> 'pg_catalog'::regnamespace
                   and c.relnamespace <> 'information_schema'::regnamespace
                   and has_any_column_privilege('pass_asker', c.oid, 'select') and not c.relrowsecurity
                """))
        .containsExactlyInAnyOrderElementsOf(EVERYBODYS.keySet());
    assertThat(
            rows(
                database.superuser(),
                """
                select c.oid::regclass::text from pg_class c
                 where c.relrowsecurity and has_table_privilege('pass_asker', c.oid, 'select')
                """))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    OWN.keySet().stream().map("projections."::concat), Stream.of("ledger.event"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("whatIsNotTheAskers")
  void whatTheAskerIsNotGrantedItCannotRead(String sql) {
    assertThatThrownBy(() -> rows(both.asked(STATE), sql))
        .rootCause()
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  static Stream<String> whatIsNotTheAskers() {
    return Stream.of(
        "select causes from projections.journal",
        "select account from projections.venue",
        "select asked_by from projections.rebuild",
        "select position from projections.claim",
        "select secret from ledger.writer",
        "select id from access.account",
        "select id from vault.entry");
  }

  @Test
  void aCoFinancingIsReconciledBetweenItsFundersAndNobodyElse() throws SQLException {
    String accounts = "select distinct funder from projections.account order by funder";
    assertThat(reconciling(STATE, Story.AGREEMENT.value(), accounts))
        .containsExactly(Story.STATE.value(), Story.REGION.value());
    assertThat(reconciling(STATE, OF_THE_REGION.value(), accounts))
        .containsExactly(Story.STATE.value());
    assertThat(
            reconciling(
                LIBRARY, OF_THE_REGION.value(), "select agreement from projections.commitment"))
        .isEmpty();
    assertThat(
            reconciling(
                STATE, OF_THE_REGION.value(), "select agreement from projections.commitment"))
        .isEmpty();
    assertThat(
            reconciling(
                STATE, Story.AGREEMENT.value(), "select funder from projections.commitment"))
        .containsExactlyInAnyOrder(Story.STATE.value(), Story.REGION.value());
  }

  private static List<String> reconciling(Actor actor, String agreement, String sql) {
    return both.asked(actor)
        .read(
            connection -> {
              try (PreparedStatement set =
                  connection.prepareStatement("select set_config('pass.agreement', ?, true)")) {
                set.setString(1, agreement);
                set.execute();
              }
              return rows(connection, sql);
            });
  }

  /** Of a rebuild before this release, by whose fold the two venues had each other's accounts. */
  @Test
  void tablesThatWereSetAsideBeforeAreSecuredByThoseBesideThem() throws Exception {
    String script = ofTablesSetAside("V452__row_security_rebuilt.sql");
    try {
      execute(
          database.owner(),
          """
          create schema before_77;
          grant usage on schema before_77 to pass_reader;
          create table before_77.projection as select * from projections.projection where name = 'accounts';
          create table before_77.account (like projections.account);
          insert into before_77.account
          select id, kind, programme, agreement, funder, funding_departement,
                 case venue when '%1$s' then '%2$s' when '%2$s' then '%1$s' else venue end,
                 spending_departement, prescriber from projections.account;
          create table before_77.posting as select * from projections.posting;
          create table before_77.journal as select * from projections.journal;
          """
              .formatted(Story.LIBRARY, Story.BUS));
      execute(database.owner(), script);
      String postings =
          "select p::text from %s.posting p where account_id in (select id from %s.account where"
              + " venue = '%s')";
      assertThat(rows(both.asked(LIBRARY), "select p::text from before_77.posting p"))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  database.superuser(),
                  postings.formatted("before_77", "before_77", Story.LIBRARY)))
          .containsExactlyInAnyOrderElementsOf(
              rows(
                  database.superuser(),
                  postings.formatted("projections", "projections", Story.BUS)));
      assertThat(rows(both.asked(null), "select id::text from before_77.account")).isEmpty();
      assertThatThrownBy(() -> rows(both.asked(LIBRARY), "select causes from before_77.journal"))
          .rootCause()
          .hasMessageContaining("permission denied");
    } finally {
      execute(database.owner(), "drop schema before_77 cascade");
    }
  }

  /** As they lay before cheques were secured, without the column to whom they were delivered. */
  @Test
  void chequesThatWereSetAsideBeforeAreSecuredByThoseBesideThem() throws Exception {
    try {
      execute(
          database.owner(),
          """
          create schema before_78;
          grant usage on schema before_78 to pass_reader, pass_asker;
          create table before_78.range_event as select cheques, position, kind from projections.range_event;
          create table before_78.transfer_slip as select * from projections.transfer_slip;
          create table before_78.transfer as select * from projections.transfer;
          delete from before_78.transfer_slip where transfer like 'R-1%';
          """);
      execute(database.owner(), ofTablesSetAside("V470__cheques_asked.sql"));
      String known = "select set_config('pass.cheque', '%d', true); ";
      String ofLibrary = known.formatted(Story.serial(1).key());
      String ranges = "select distinct kind from %s.range_event";
      assertThat(rows(both.asked(LIBRARY), ofLibrary + ranges.formatted("before_78")))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              rows(both.asked(LIBRARY), ofLibrary + ranges.formatted("projections")));
      assertThat(rows(both.asked(LIBRARY), ofLibrary + "select id from projections.transfer"))
          .hasSize(1);
      assertThat(rows(both.asked(LIBRARY), ofLibrary + "select id from before_78.transfer"))
          .as("by the slips beside it")
          .isEmpty();
      assertThat(
              rows(
                  both.asked(LIBRARY),
                  known.formatted(Story.serial(6).key()) + ranges.formatted("before_78")))
          .as("another's")
          .isEmpty();
    } finally {
      execute(database.owner(), "drop schema before_78 cascade");
    }
  }

  private static String ofTablesSetAside(String migration) throws IOException {
    try (InputStream script =
        Snapshot.class.getResourceAsStream("/db/migration/projections/" + migration)) {
      String whole = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return whole.substring(whole.indexOf("-- Tables that were set aside before this release."));
    }
  }

  /** A name that holds SQL is a name. */
  @Test
  void whoAsksIsBoundAndNeverWritten() throws SQLException {
    Actor quoted = new Actor("x", Role.FUNDER, "' or true or funder = '");
    assertThat(seen(quoted, "account")).isEmpty();
    assertThat(seen(quoted, "balance")).isEmpty();
  }

  /** One connection, which everybody takes in turn; also after a question that failed. */
  @Test
  void aConnectionGoesBackToItsPoolAsItCame() throws SQLException {
    Map<String, String> properties = new HashMap<>(database.properties());
    properties.put("pass.database.reader.pool-size", "1");
    try (Database one = Database.open(DatabaseSettings.of(properties::get))) {
      DataSource reader = one.dataSource(ApplicationRole.READER);
      String who =
          "select current_user || coalesce(nullif(current_setting('pass.funder', true), ''), '')";
      Snapshot ofState = new Snapshot(reader, new RowSecurity(() -> STATE));
      for (int turn = 0; turn < 7; turn++) {
        assertThat(rows(ofState, who)).containsExactly("pass_askeranct");
        assertThat(rows(reader, who)).containsExactly("pass_reader");
        assertThatThrownBy(() -> ofState.read(connection -> rows(connection, "select 1 / 0")))
            .hasRootCauseInstanceOf(SQLException.class);
        assertThat(rows(reader, who)).containsExactly("pass_reader");
        assertThatThrownBy(
                () ->
                    ofState.read(
                        _ -> {
                          throw new IllegalStateException("while it is read");
                        }))
            .isInstanceOf(IllegalStateException.class);
        assertThat(rows(reader, who)).containsExactly("pass_reader");
        assertThatThrownBy(
                () ->
                    ofState.read(
                        connection ->
                            ofState.ofSeen(connection, open -> rows(open, "select 1 / 0"))))
            .hasRootCauseInstanceOf(SQLException.class);
        assertThat(rows(ofState, who)).containsExactly("pass_askeranct");
      }
      // The same statement for one who sees all and for one who does not, in turn.
      Snapshot ofClerk = new Snapshot(reader, new RowSecurity(() -> CLERK));
      String all = "select count(*)::text from projections.account";
      String own = ofState.read(connection -> rows(connection, all)).getFirst();
      for (int turn = 0; turn < 12; turn++) {
        assertThat(rows(ofClerk, all)).doesNotContain(own);
        assertThat(rows(ofState, all)).containsExactly(own);
      }
    }
  }

  /** A rebuild copies so many, into tables whose rows are not secured yet. */
  @Test
  void manyPostingsAreAddedAtOnceWhereRowsAreSecured() throws Exception {
    try (TestDatabase fresh = TestDatabase.fresh();
        TestLedger ledger = TestLedger.on(fresh);
        Connection connection = fresh.projections().getConnection()) {
      ledger.record(Story.untilHandedOut());
      List<Fact> slips = new ArrayList<>();
      for (int slip = 1; slip <= 2 * Copy.WORTH_IT; slip++) {
        slips.add(Story.slip(Story.LIBRARY, "L-" + slip, Story.LIBRARY_DESK, slip, slip));
      }
      ledger.record(slips);
      connection.setAutoCommit(false);
      AccountsProjections.accountsAndStages()
          .fold(ledger.reader().read(0, 3 * Copy.WORTH_IT))
          .write(connection);
      connection.commit();
      assertThat(number(fresh.reader(), "select count(*) from projections.posting"))
          .isGreaterThan(2L * Copy.WORTH_IT);
    }
  }

  @Test
  void theAskerWritesNothing() {
    for (String sql :
        List.of(
            "insert into projections.stock (prescriber, batch) values ('ccas-gueret', 7)",
            "update projections.account set funder = 'anct'",
            "delete from projections.posting",
            "truncate projections.balance",
            "create table projections.mine (x integer)",
            "alter table projections.account disable row level security",
            "drop policy asked on projections.account")) {
      assertThatThrownBy(() -> execute(database.superuser(), "set role pass_asker; " + sql))
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  private static List<String> seen(@Nullable Actor actor, String table) {
    return rows(both.asked(actor), "select t::text from projections.%s t".formatted(table));
  }

  private static List<String> rows(Snapshot snapshot, String sql) {
    return snapshot.read(connection -> rows(connection, sql));
  }

  private static List<String> rows(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return rows(connection, sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    String[] statements = sql.split("; ");
    for (int i = 0; i < statements.length - 1; i++) {
      try (PreparedStatement before = connection.prepareStatement(statements[i])) {
        before.execute();
      }
    }
    try (PreparedStatement select = connection.prepareStatement(statements[statements.length - 1]);
        ResultSet found = select.executeQuery()) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
