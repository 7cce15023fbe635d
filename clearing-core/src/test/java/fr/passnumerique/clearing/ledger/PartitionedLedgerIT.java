package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/partitions.sql}, done to a ledger that a node writes: the decision record on a year
 * of everyone says that it can be.
 */
class PartitionedLedgerIT {
  private static final int BEFORE = 20;
  private static final int CUT = 31;
  private static final int AFTER = 40;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String RESTRICT_VIOLATION = "23001";

  private static TestDatabase database;
  private static List<LedgerRow> rowsBefore;
  private static String filesBefore;

  @BeforeAll
  static void cutUnderANodeThatWrites() throws Exception {
    database = TestDatabase.fresh();
    try (LedgerNode node = node()) {
      for (int slip = 1; slip <= BEFORE; slip++) {
        assertThat(take(node, slip)).isEqualTo("A");
      }
      rowsBefore = LedgerAudit.wholeChain(database.superuser());
      filesBefore = text(database.superuser(), FILES.formatted("event"));
      giveUpWhereSomebodyReads(node);
      cut();
      overTheCut(node);
    }
  }

  /** Else all that comes behind it waits for that reader too. */
  private static void giveUpWhereSomebodyReads(LedgerNode node) throws Exception {
    try (Connection reader = database.reader().getConnection();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select count(*) from ledger.event");
      assertThatThrownBy(PartitionedLedgerIT::cut)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(LOCK_NOT_AVAILABLE));
      assertThat(take(node, 1, "meanwhile")).isEqualTo("R");
      reader.rollback();
    }
  }

  private static void cut() throws SQLException, IOException {
    String statements =
        Files.readAllLines(Path.of("..", "docs", "partitions.sql")).stream()
            .filter(line -> !line.startsWith("\\"))
            .collect(Collectors.joining("\n"))
            .replace(":first", String.valueOf(CUT));
    execute(database.owner(), statements);
  }

  /** All at once, so that rows on both sides are in one statement. */
  private static void overTheCut(LedgerNode node) throws Exception {
    List<Callable<String>> slips = new ArrayList<>();
    for (int slip = BEFORE + 1; slip <= AFTER; slip++) {
      int number = slip;
      slips.add(() -> take(node, number));
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(AFTER)) {
      for (Future<String> slip : clients.invokeAll(slips)) {
        assertThat(slip.get()).isEqualTo("A");
      }
    }
    assertThat(node.state()).isEqualTo(LedgerNode.State.WRITING);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void theChainGoesOverTheCutAndEachFactLiesInItsPart() throws SQLException {
    List<LedgerRow> rows = LedgerAudit.wholeChain(database.superuser());

    assertThat(rows.size()).isGreaterThanOrEqualTo(AFTER);
    assertThat(rows.subList(0, BEFORE))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(rowsBefore);
    assertThat(
            text(
                database.superuser(),
                "select min(position) || '-' || max(position) from ledger.event_1"))
        .isEqualTo("1-" + (CUT - 1));
    assertThat(text(database.superuser(), "select min(position) from ledger.event_2"))
        .isEqualTo(String.valueOf(CUT));
  }

  @Test
  void aNodeThatStartsAnewKnowsBothParts() throws Exception {
    try (LedgerNode node = node()) {
      for (int slip : new int[] {1, CUT - 1, CUT, AFTER}) {
        assertThat(take(node, slip, "other-" + slip)).as("cheque of slip %d", slip).isEqualTo("R");
        assertThat(node.commands().send(slip(slip, "slip-" + slip), Actor.ENGINE))
            .as("slip %d, sent again", slip)
            .isInstanceOfSatisfying(
                Outcome.Recorded.class, again -> assertThat(again.already()).isTrue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update ledger.event set payload = '[]' where position = 1",
        "update ledger.event set payload = '[]' where position = 40",
        "update ledger.event set position = 100 where position = 1",
        "delete from ledger.event",
        "truncate ledger.event",
        "update ledger.event_1 set payload = '[]'",
        "delete from ledger.event_1 where false",
        "truncate ledger.event_1",
        "update ledger.event_2 set payload = '[]'",
        "delete from ledger.event_2 where false",
        "truncate ledger.event_2"
      })
  void everyPartRefusesToBeChangedAlsoToAReplica(String change) {
    for (String before : List.of("", "set session_replication_role = replica; ")) {
      assertThatThrownBy(() -> execute(database.superuser(), before + change))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(RESTRICT_VIOLATION));
    }
  }

  /** Replication applies rows, and no statement. */
  @Test
  void theRowsOfEveryPartAreGuardedByATriggerThatIsAlwaysEnabled() throws SQLException {
    assertThat(
            text(
                database.superuser(),
                """
                select string_agg(tgrelid::regclass || ' ' || tgenabled::text, ', ' order by tgrelid::regclass::text, tgname)
                  from pg_trigger
                 where tgrelid::regclass::text like 'ledger.event%' and tgtype & 1 = 1
                """))
        .isEqualTo("ledger.event A, ledger.event_1 A, ledger.event_1 A, ledger.event_2 A");
  }

  @Test
  void nobodyWritesPastTheParentAndThereIsOnePlaceForAPosition() {
    for (String part : List.of("event_1", "event_2")) {
      assertThatThrownBy(() -> execute(database.ledger(), "select * from ledger." + part))
          .hasMessageContaining("permission denied");
    }
    for (int position : new int[] {1, AFTER}) {
      assertThatThrownBy(
              () ->
                  execute(
                      database.ledger(),
                      "insert into ledger.event select * from ledger.event where position = "
                          + position))
          .hasMessageContaining("duplicate key value violates unique constraint");
    }
  }

  /** By the last part alone, else an appender pays for each year that there was. */
  @Test
  void theFenceReadsTheLastPartAlone() throws SQLException {
    assertThat(
            text(
                database.ledger(),
                "explain (analyze, costs off, timing off, summary off, buffers off)"
                    + " select e.hash from ledger.event e order by e.position desc limit 1"))
        .contains("Index Scan Backward using event_2_pkey on event_2", "(actual rows=1.00 loops=1)")
        .containsPattern(
            "Index Scan Backward using event_1_pkey on event_1 .*\\n? *\\(never executed\\)");
  }

  /** Nothing was copied, and no index made anew. */
  @Test
  void theFirstPartIsTheTableOfBeforeWithItsIndexes() throws SQLException {
    assertThat(text(database.superuser(), FILES.formatted("event_1"))).isEqualTo(filesBefore);
  }

  private static final String FILES =
      """
      select string_agg(f::text, ' ' order by f)
        from (select pg_relation_filenode('ledger.%1$s'::regclass) as f
              union all
              select pg_relation_filenode(indexrelid) from pg_index where indrelid = 'ledger.%1$s'::regclass)
      """;

  private static LedgerNode node() throws InterruptedException {
    return NodeOfSlips.on(database).writing();
  }

  private static Slips.Take slip(int cheque, String reference) {
    return new Slips.Take(
        new SlipReference(reference), List.of(new Serial(Batch.of(1), cheque).key()));
  }

  private static String take(LedgerNode node, int cheque) {
    return take(node, cheque, "slip-" + cheque);
  }

  private static String take(LedgerNode node, int cheque, String reference) {
    return ((Outcome.Recorded<String>) node.commands().send(slip(cheque, reference), Actor.ENGINE))
        .answer();
  }

  private static void execute(DataSource as, String sql) throws SQLException {
    try (Connection connection = as.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** All rows, one below the other. */
  private static String text(DataSource as, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = as.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return String.join("\n", rows);
  }
}
