package fr.passnumerique.projections.upkeep;

import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Standing;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes may do what was asked for; one does it, and whoever comes late leaves it as it is. */
class TwoRebuildersIT {
  private static final RebuildRun.Pace SMALL = new RebuildRun.Pace(7, 5, 3);

  private final List<Rebuilder> nodes = new ArrayList<>();
  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private Rebuilds rebuilds;
  private int slips;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database, ledger, AccountsProjections.accounts(), RegistersProjections.registers());
    rebuilds = new Rebuilds(database.reader());
    ledger.record(Story.untilHandedOut());
    recordSlips(40);
  }

  @AfterEach
  void end() {
    nodes.forEach(Rebuilder::stop);
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void ofTwoNodesOneFoldsItAndTheOtherChangesNothing() throws Exception {
    Balances before = AccountsProjections.read(database.reader());
    Rebuilder one = node(AccountsProjections.accounts(), RegistersProjections.registers());
    Rebuilder other = node(AccountsProjections.accounts(), RegistersProjections.registers());

    for (int round = 0; round < 5; round++) {
      String accounts = "accounts-" + round;
      String registers = "registers-" + round;
      // At the same moment, of both: the same one, and one of another projection.
      Thread asking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    other.ask(accounts, "accounts", "clerk-2");
                    other.ask(registers, "registers", "clerk-2");
                  });
      one.ask(accounts, "accounts", "clerk-1");
      one.ask(registers, "registers", "clerk-1");
      asking.join();
      long head = ledger.reader().head();
      for (String id : List.of(accounts, registers)) {
        Rebuild done = await(id, Rebuild.State.SWITCHED);
        assertThat(done.differences()).isZero();
        assertThat(done.facts()).as("each fact was folded once").isEqualTo(head);
        assertThat(done.stopped()).as(done.reason()).isFalse();
      }
    }

    assertThat(AccountsProjections.read(database.reader())).isEqualTo(before);
    assertThat(schemasLeft()).isZero();
    assertThat(number(database.reader(), "select count(*) from projections.rebuild")).isEqualTo(10);
  }

  /** It was cut off from the database, or frozen, and does not know that another took over. */
  @Test
  void whoeverLostItsTurnGoesOnWithNothingWhenItComesBack() throws Exception {
    Balances before = AccountsProjections.read(database.reader());
    CountDownLatch halfWay = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    AtomicReference<Thread> cutOff = new AtomicReference<>();
    Rebuilder stale =
        node(
            new Watched(
                AccountsProjections.accounts(),
                facts -> {
                  if (facts.getLast().position() > 20
                      && cutOff.compareAndSet(null, Thread.currentThread())) {
                    halfWay.countDown();
                    await(back);
                  }
                }));
    stale.ask("r-1", "accounts", "clerk-1");
    await(halfWay);
    endWhoeverHoldsTheTurn();

    node(AccountsProjections.accounts());
    Rebuild done = await("r-1", Rebuild.State.SWITCHED);
    following.await("accounts", recordSlips(3));
    back.countDown();
    // It looks again after a second, and finds nothing to do.
    Thread.sleep(2_500);

    assertThat(rebuilds.find("r-1").orElseThrow()).isEqualTo(done);
    assertThat(done.facts()).isEqualTo(done.position());
    assertThat(schemasLeft()).isZero();
    assertThat(AccountsProjections.read(database.reader()).totals().redeemedCents())
        .isEqualTo(before.totals().redeemedCents() + 6_000);
    // And it is of use again.
    stale.ask("r-2", "accounts", "clerk-1");
    assertThat(await("r-2", Rebuild.State.SWITCHED).differences()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Rebuild.State.class,
      names = {"FOLDING", "COMPLETING", "CATCHING_UP", "DIFFERS"})
  void whatHasEndedIsNotBegunAgainFromWhateverStepItIsTakenToBeAt(Rebuild.State taken)
      throws Exception {
    Rebuilder node = node(AccountsProjections.accounts());
    node.ask("r-1", "accounts", "clerk-1");
    Rebuild done = await("r-1", Rebuild.State.SWITCHED);
    node.stop();
    following.await("accounts", recordSlips(2));
    Balances shown = AccountsProjections.read(database.reader());

    RebuildRun late = run(as(done, taken));
    assertThatThrownBy(late::run).isInstanceOf(SQLException.class);
    new RebuildRow(done.number(), database.projections())
        .stopped(late.state(), Rebuild.NO_FACT, "of a node that was left behind");

    assertThat(rebuilds.find("r-1").orElseThrow())
        .usingRecursiveComparison()
        .ignoringFields("target", "completeMillis")
        .isEqualTo(done);
    assertThat(schemasLeft()).isZero();
    assertThat(AccountsProjections.read(database.reader())).isEqualTo(shown);
  }

  @Test
  void aNodeThatWasLeftBehindSetsNobodyBackAndStopsNobody() throws Exception {
    Rebuilder asking =
        new Rebuilder(
            List.of(AccountsProjections.accounts()),
            ledger.reader(),
            database.projections(),
            Clock.systemUTC());
    Rebuild folding = asking.ask("r-1", "accounts", "clerk-1");
    // One node has gone as far as comparing; another still takes it to be folding, at its end.
    RebuildRow row = new RebuildRow(folding.number(), database.projections());
    row.state(Rebuild.State.FOLDING, Rebuild.State.COMPLETING);
    row.state(Rebuild.State.COMPLETING, Rebuild.State.CATCHING_UP);
    for (Rebuild.State taken : Set.of(Rebuild.State.FOLDING, Rebuild.State.COMPLETING)) {
      assertThatThrownBy(() -> row.state(taken, Rebuild.State.COMPLETING))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(Standing.passing(e)).isTrue());
      row.stopped(taken, Rebuild.NO_FACT, "of a node that was left behind");
    }
    // Rows of many facts at a time, without keys, are not for tables that have them.
    try (var connection = database.projections().getConnection()) {
      assertThatThrownBy(() -> row.lock(Rebuild.State.FOLDING, 0, connection))
          .isInstanceOf(SQLException.class);
      row.lock(Rebuild.State.CATCHING_UP, 0, connection);
    }
    Rebuild now = rebuilds.find("r-1").orElseThrow();
    assertThat(now.state()).isEqualTo(Rebuild.State.CATCHING_UP);
    assertThat(now.stopped()).isFalse();
  }

  @Test
  void twoThatMakeTheSameIndexesWaitForEachOtherAndOneSwitches() throws Exception {
    for (int round = 0; round < 3; round++) {
      Rebuild folded = folded("r-" + round);
      RebuildRun one = run(folded);
      RebuildRun other = run(folded);
      AtomicReference<Exception> ofTheOther = new AtomicReference<>();
      Thread beside =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      other.run();
                    } catch (Exception e) {
                      ofTheOther.set(e);
                    }
                  });
      Exception ofTheOne = null;
      try {
        one.run();
      } catch (SQLException | RebuildRun.Stopped e) {
        ofTheOne = e;
      }
      beside.join();
      assertThat(Stream.of(Optional.ofNullable(ofTheOne), Optional.ofNullable(ofTheOther.get())))
          .filteredOn(Optional::isPresent)
          .singleElement()
          .satisfies(
              failed ->
                  assertThat(failed.get())
                      .isInstanceOfSatisfying(
                          SQLException.class, e -> assertThat(Standing.passing(e)).isTrue()));
      assertThat(await("r-" + round, Rebuild.State.SWITCHED).differences()).isZero();
    }
  }

  @Test
  void nobodyEndsARebuildWhileAKeyOfItIsMade() throws Exception {
    Rebuild folded = folded("r-1");
    Thread making;
    try (Connection connection = database.projections().getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock =
          connection.prepareStatement(
              "lock table %s.posting in share update exclusive mode".formatted(folded.schema()))) {
        lock.execute();
      }
      RebuildRun run = run(folded);
      making =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      run.run();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      awaitWaitingFor(folded.schema() + ".posting");
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("rebuild-keys-"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon, "keeps no node from ending");
      try (PreparedStatement end =
          connection.prepareStatement(
              """
              with impatient as materialized (select set_config('lock_timeout', '100ms', true))
              update projections.rebuild set state = 'ABANDONED' from impatient where number = ?
              """)) {
        end.setLong(1, folded.number());
        assertThatThrownBy(end::executeUpdate)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
      }
      connection.rollback();
    }
    making.join();
    assertThat(await("r-1", Rebuild.State.SWITCHED).differences()).isZero();
  }

  /** Else it would wait for the last of them: while one makes a key, another begins the next. */
  @Test
  void whoeverCancelsItWaitsForTheKeysThatAreMadeAndForNoOther() throws Exception {
    Rebuilder node =
        new Rebuilder(
            List.of(AccountsProjections.accounts()),
            ledger.reader(),
            database.projections(),
            Clock.systemUTC());
    Rebuild asked = folded("r-1");
    RebuildRow row = new RebuildRow(asked.number(), database.projections());
    Thread cancelling;
    try (Connection making = database.projections().getConnection();
        Connection next = database.projections().getConnection()) {
      making.setAutoCommit(false);
      row.share(Rebuild.State.COMPLETING, making);
      cancelling = Thread.ofPlatform().start(() -> node.cancel("r-1", "clerk-1"));
      awaitOne("select count(*) from pg_locks where not granted");
      next.setAutoCommit(false);
      try (PreparedStatement impatient = next.prepareStatement("set local lock_timeout to 200")) {
        impatient.execute();
      }
      assertThatThrownBy(() -> row.share(Rebuild.State.COMPLETING, next))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
      next.rollback();
      assertThat(cancelling.isAlive()).isTrue();
      making.rollback();
    }
    cancelling.join();
    assertThat(rebuilds.find("r-1").orElseThrow().state()).isEqualTo(Rebuild.State.ABANDONED);
  }

  private void awaitWaitingFor(String table) throws Exception {
    String waiting =
        "select count(*) from pg_locks where not granted and relation = '%s'::regclass"
            .formatted(table);
    awaitOne(waiting);
  }

  private void awaitOne(String count) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (number(database.projections(), count) == 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(number(database.projections(), count)).isOne();
  }

  /** All facts are in its tables, which have no keys yet. */
  private Rebuild folded(String id) throws Exception {
    Rebuild asked =
        new Rebuilder(
                List.of(AccountsProjections.accounts()),
                ledger.reader(),
                database.projections(),
                Clock.systemUTC())
            .ask(id, "accounts", "clerk-1");
    AtomicInteger looks = new AtomicInteger();
    new RebuildRun(
            asked,
            AccountsProjections.accounts(),
            ledger.reader(),
            database.projections(),
            Map.of(),
            "",
            SMALL,
            // It closes when it has folded what there is.
            () -> looks.incrementAndGet() > 12)
        .run();
    if (rebuilds.find(id).orElseThrow().state() == Rebuild.State.FOLDING) {
      new RebuildRow(asked.number(), database.projections())
          .state(Rebuild.State.FOLDING, Rebuild.State.COMPLETING);
    }
    return rebuilds.find(id).orElseThrow();
  }

  private RebuildRun run(Rebuild taken) {
    return new RebuildRun(
        taken,
        AccountsProjections.accounts(),
        ledger.reader(),
        database.projections(),
        Map.of(),
        "",
        SMALL,
        () -> false);
  }

  private static Rebuild as(Rebuild r, Rebuild.State taken) {
    return new Rebuild(
        r.number(),
        r.id(),
        r.projection(),
        taken,
        0,
        r.askedBy(),
        r.askedAt(),
        r.position(),
        r.target(),
        r.facts(),
        r.lines(),
        r.foldMillis(),
        r.completeMillis(),
        r.compareMillis(),
        r.switchMillis(),
        r.comparedPosition(),
        r.differences(),
        r.digest(),
        r.differsFrom(),
        r.kept(),
        null,
        r.reason());
  }

  private Rebuilder node(Projection... projections) {
    Rebuilder node =
        new Rebuilder(
            List.of(projections),
            ledger.reader(),
            database.projections(),
            Clock.systemUTC(),
            SMALL);
    nodes.add(node);
    node.start();
    return node;
  }

  /** As when its connection breaks: the database forgets that it was its turn. */
  private void endWhoeverHoldsTheTurn() throws SQLException {
    assertThat(
            number(
                database.projections(),
                """
                select count(pg_terminate_backend(pid)) from pg_locks
                 where locktype = 'advisory' and granted and classid::bigint = hashtext('rebuild')::bigint & 4294967295
                """))
        .isOne();
  }

  private interface Watcher {
    void sees(List<RecordedFact> facts);
  }

  /** A projection that tells before it folds. */
  private record Watched(Projection projection, Watcher watcher) implements Projection {
    @Override
    public String name() {
      return projection.name();
    }

    @Override
    public Tables tables() {
      return projection.tables();
    }

    @Override
    public Changes fold(List<RecordedFact> facts) {
      watcher.sees(facts);
      return projection.fold(facts);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long recordSlips(int count) throws InterruptedException {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = 1 + slips * 2;
      slips++;
      facts.add(Story.slip(Story.LIBRARY, "S-" + slips, Story.LIBRARY_DESK, first, first + 1));
    }
    long head = ledger.record(facts);
    following.await("accounts", head);
    following.await("registers", head);
    return head;
  }

  private Rebuild await(String id, Rebuild.State state) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (rebuilds.find(id).orElseThrow().state() != state && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    Rebuild found = rebuilds.find(id).orElseThrow();
    assertThat(found.state()).as(found.toString()).isEqualTo(state);
    return found;
  }

  private long schemasLeft() throws Exception {
    String sql = "select count(*) from pg_namespace where nspname ~ '^(rebuild|before)_'";
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (number(database.reader(), sql) > 0 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    return number(database.reader(), sql);
  }
}
