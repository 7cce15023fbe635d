package fr.passnumerique.projections.asked;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.asked.TwoOfEachKind.AUDITOR;
import static fr.passnumerique.projections.asked.TwoOfEachKind.BUS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CCAS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CLERK;
import static fr.passnumerique.projections.asked.TwoOfEachKind.LIBRARY;
import static fr.passnumerique.projections.asked.TwoOfEachKind.MISSION;
import static fr.passnumerique.projections.asked.TwoOfEachKind.REGION;
import static fr.passnumerique.projections.asked.TwoOfEachKind.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.WatchedDataSource;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.Story;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which facts PostgreSQL shows to whoever asks for them, whatever positions and tags a page gives:
 * those that name it.
 */
class AskedFactsIT {
  private static final Actor EMPTY = new Actor("nobody", Role.VENUE, "");

  private static TwoOfEachKind both;
  private static long provedOfState;
  private static long provedOfRegion;

  @BeforeAll
  static void two() throws InterruptedException {
    both = new TwoOfEachKind();
    provedOfState = both.record(proved("r-1"));
    provedOfRegion = both.record(proved("r-3"));
  }

  @AfterAll
  static void dropped() {
    both.close();
  }

  /** What the bank told of a receipt that was entered by hand: it names no funder. */
  private static Fact proved(String receipt) {
    return new BankEntryProved(
        new BankEntry(
            "E" + receipt,
            Optional.empty(),
            Story.DAY,
            Story.DAY,
            7_000,
            Optional.empty(),
            Optional.empty()),
        7_000,
        Optional.of(receipt),
        Optional.empty(),
        Story.DAY,
        Optional.empty());
  }

  static Stream<Actor> owners() {
    return Stream.of(STATE, REGION, LIBRARY, BUS, CCAS, MISSION);
  }

  @ParameterizedTest
  @MethodSource("owners")
  void oneSeesTheFactsThatNameIt(Actor actor) {
    String named =
        "\"%s\":\"%s\"".formatted(actor.role().name().toLowerCase(Locale.ROOT), actor.subject());
    List<Long> own =
        all(both.facts()).stream()
            .filter(row -> new String(row.payload(), StandardCharsets.UTF_8).contains(named))
            .map(LedgerRow::position)
            .toList();

    assertThat(own).isNotEmpty().hasSizeLessThan((int) provedOfRegion);
    assertThat(positions(all(both.facts(actor)))).isEqualTo(own);
  }

  @Test
  void whereNobodyIsKnownToAskNothingIsSeen() {
    assertThat(all(both.facts((Actor) null))).isEmpty();
    assertThat(all(both.facts(EMPTY))).isEmpty();
    assertThat(all(both.facts(new Actor("x", Role.FUNDER, "\",\"funder\":\"anct")))).isEmpty();
  }

  @Test
  void clerksAndAuditorsSeeAll() {
    List<Long> all = LongStream.rangeClosed(1, provedOfRegion).boxed().toList();
    assertThat(positions(all(both.facts(CLERK)))).isEqualTo(all);
    assertThat(positions(all(both.facts(AUDITOR)))).isEqualTo(all);
  }

  /** Neither it nor the next of one's own, which a page would take for it. */
  @Test
  void anothersSlipIsAsIfItWereNot() {
    long librarys = slip(Story.LIBRARY.value());

    assertThat(both.facts(LIBRARY).read(librarys - 1, 1)).hasSize(1);
    assertThat(both.facts(BUS).read(librarys - 1, 1)).isEmpty();
    assertThat(both.facts(BUS).rowsAt(List.of(librarys))).isEmpty();
    assertThat(both.facts(BUS).head()).isEqualTo(provedOfRegion);
  }

  @Test
  void withoutThePolicyItIsSeen() throws SQLException {
    long librarys = slip(Story.LIBRARY.value());
    execute(both.database().owner(), "alter table ledger.event disable row level security");
    try {
      assertThat(both.facts(BUS).read(librarys - 1, 1)).hasSize(1);
      assertThat(all(both.facts((Actor) null))).hasSize((int) provedOfRegion);
    } finally {
      execute(both.database().owner(), "alter table ledger.event enable row level security");
    }
  }

  /** Of a batch, whose first facts are not the prescriber's, by pages of one. */
  @Test
  void aPageOfWhatCarriesATagIsFilledWithOnesOwn() {
    Set<String> batch = Set.of("batch:" + Story.BATCH);

    List<RecordedFact> first = both.facts(MISSION).tagged(batch, 0, both.head(), 1);

    assertThat(first)
        .singleElement()
        .extracting(RecordedFact::fact)
        .isInstanceOfSatisfying(
            ChequesDelivered.class, f -> assertThat(f.prescriber()).isEqualTo(Story.MISSION));
    assertThat(
            both
                .facts(MISSION)
                .tagged(batch, first.getFirst().position(), both.head(), 100)
                .stream()
                .map(RecordedFact::position))
        .doesNotContain(first.getFirst().position());
    assertThat(both.facts(MISSION).tagged("batch:" + Story.BATCH))
        .startsWith(first.getFirst())
        .hasSizeLessThan(both.facts().tagged("batch:" + Story.BATCH).size());
  }

  /**
   * Or a page of one would look all that carry the tag up as often as others' facts come before.
   */
  @Test
  void othersFactsAreNotPassedOverOneByOne() throws SQLException {
    WatchedDataSource watched = new WatchedDataSource(both.database().reader());
    Set<String> batch = Set.of("batch:" + Story.BATCH);

    assertThat(both.facts(MISSION, watched).tagged(batch, 0, both.head(), 1)).hasSize(1);
    assertThat(watched.asked("with carrying")).isEqualTo(1);
  }

  /** Positions beyond the head are none that could be looked for. */
  @Test
  void whoAsksForMoreThanThereIsIsGivenWhatThereIs() {
    LedgerReader facts = both.facts(BUS);

    assertThat(facts.read(0, Integer.MAX_VALUE)).isEqualTo(facts.read(0, (int) facts.head()));
    assertThat(facts.read(facts.head(), Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void whatTheBankToldOfAReceiptIsItsFunders() {
    assertThat(told(STATE, "receipt:r-1")).hasSize(2).contains(provedOfState);
    assertThat(told(REGION, "receipt:r-1")).isEmpty();
    assertThat(told(LIBRARY, "receipt:r-1")).isEmpty();
    assertThat(told(REGION, "receipt:r-3")).hasSize(2).contains(provedOfRegion);
    assertThat(told(STATE, "bank")).as("by a tag that is no thing of anybody").isEmpty();
    assertThat(both.facts(STATE).tagged(Set.of("receipt:r-1", "receipt:r-3"), 0, 1_000, 10))
        .as("two asked for, of which one is another's")
        .hasSize(2);
  }

  /** A policy must not cost whoever records, folds or looks for a tag its index. */
  @Test
  void noPolicyTakesAnIndexAway() throws SQLException {
    String byTag = "select position from ledger.event where tags && '{bank}'";
    String byPosition = "select payload from ledger.event where position = any ('{1,2}')";
    for (DataSource role :
        List.of(
            both.database().ledger(), both.database().projections(), both.database().reader())) {
      assertThat(plan(role, "", byTag)).contains("event_tags").doesNotContain("strpos");
      assertThat(plan(role, "", byPosition)).contains("event_pkey").doesNotContain("strpos");
    }
    assertThat(plan(both.database().reader(), "set local role pass_asker", byPosition))
        .contains("event_pkey", "strpos");
  }

  @Test
  void theAskerReadsFactsAndNothingElseOfTheLedger() {
    assertThatThrownBy(
            () ->
                plan(both.database().reader(), "set local role pass_asker", "table ledger.writer"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () ->
                execute(
                    both.database().superuser(),
                    "set role pass_asker; insert into ledger.event select * from ledger.event"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void anOutageIsNoEmptyAnswer() throws SQLException {
    execute(both.database().owner(), "revoke select on ledger.event from pass_asker");
    try {
      assertThatThrownBy(() -> both.facts(BUS).read(0, 1))
          .isInstanceOf(LedgerUnavailableException.class);
    } finally {
      execute(both.database().owner(), "grant select on ledger.event to pass_asker");
    }
  }

  private static List<LedgerRow> all(LedgerReader facts) {
    return facts.readRows(0, (int) provedOfRegion);
  }

  private static List<Long> positions(List<LedgerRow> rows) {
    return rows.stream().map(LedgerRow::position).toList();
  }

  private static List<Long> told(@Nullable Actor actor, String tag) {
    return both.facts(actor).tagged(tag).stream().map(RecordedFact::position).toList();
  }

  private static long slip(String venue) {
    return all(both.facts()).stream()
        .filter(row -> row.type().equals("SlipJudged"))
        .filter(row -> new String(row.payload(), StandardCharsets.UTF_8).contains(venue))
        .findFirst()
        .orElseThrow()
        .position();
  }

  /** As of a ledger too large to be read from end to end. */
  private static String plan(DataSource role, String before, String sql) throws SQLException {
    try (Connection connection = role.getConnection()) {
      connection.setAutoCommit(false);
      try {
        try (Statement statement = connection.createStatement()) {
          statement.execute("set local enable_seqscan = off; " + before);
          StringBuilder plan = new StringBuilder();
          ResultSet lines = statement.executeQuery("explain (verbose) " + sql);
          while (lines.next()) {
            plan.append(lines.getString(1)).append('\n');
          }
          return plan.toString();
        }
      } finally {
        connection.rollback();
      }
    }
  }
}
