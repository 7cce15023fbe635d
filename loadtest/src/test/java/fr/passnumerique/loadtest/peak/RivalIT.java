package fr.passnumerique.loadtest.peak;

import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.redemption.Verdict.BAD_CHECK_CODE;
import static fr.passnumerique.clearing.redemption.Verdict.DUPLICATE_LINE;
import static fr.passnumerique.clearing.redemption.Verdict.EXPIRED_AT_SERVICE_DATE;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_ACTIVATED;
import static fr.passnumerique.clearing.redemption.Verdict.OPPOSED;
import static fr.passnumerique.clearing.redemption.Verdict.OUT_OF_TERRITORY;
import static fr.passnumerique.clearing.redemption.Verdict.PRESENTED_TOO_LATE;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_BEFORE_DISTRIBUTION;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_DATE_IN_FUTURE;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_NOT_ELIGIBLE;
import static fr.passnumerique.clearing.redemption.Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rival that did less than we do would prove nothing: it keeps the same rules on the same edges.
 */
@Tag("long")
class RivalIT {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final AtomicInteger SLIPS = new AtomicInteger();

  @TempDir private static Path directory;
  private static Plan plan;
  private static CheckKeys keys;
  private static Server server;

  /** That of {@code peak}, and with one statement for each slip, and with that for several. */
  private static List<RivalWay> ways;

  /** An ordinal of the first batch that no test has used. */
  private static int ordinal = Plan.KEPT_BACK;

  private int venue;
  private int site;

  private record Line(long serial, int checkPart, LocalDate servedOn) {
    Line forged() {
      return new Line(serial, checkPart ^ 1, servedOn);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    keys = FileCheckKeys.open(directory.resolve("keys"), new Random(5));
    plan = Plan.make(5, TODAY, Site.of(Site.VenueList.real()), new Plan.Size(4, 1, 80, 20), keys);
    server = Server.start(directory.resolve("database"));
    RivalWay.fill(server, "filled", plan, keys);
    ways =
        List.of(
            way("strongest", Rival.strongest()),
            way("plain", Rival.plain()),
            way("several", Rival.together(2).neverAlone()));
  }

  private static RivalWay way(String database, Rival rival) throws SQLException {
    server.copyDatabase(database, "filled");
    return RivalWay.on(server, database, rival.name(), rival, plan);
  }

  @AfterAll
  static void stop() {
    ways.forEach(RivalWay::close);
    server.close();
  }

  @BeforeEach
  void chooseASiteOfTheFirstBatch() {
    Plan.Agreement agreement = plan.agreements().get(plan.batches().getFirst().agreement());
    site = 0;
    while (!agreement.territory().contains(plan.sites().get(site).departement())) {
      site++;
    }
    venue = plan.venues().indexOf(plan.sites().get(site).venue());
  }

  /** A cheque in somebody's hand, for a service of yesterday. */
  private static Line cheque() {
    Serial serial = new Serial(plan.batches().getFirst().batch(), ++ordinal);
    return new Line(serial.key(), keys.check(serial, keys.currentKeyName()), TODAY.minusDays(1));
  }

  private static Line cheque(LocalDate servedOn) {
    Line line = cheque();
    return new Line(line.serial(), line.checkPart(), servedOn);
  }

  private Slip slip(String reference, Line... lines) {
    Verdict[] unused = new Verdict[lines.length];
    return new Slip(
        SLIPS.incrementAndGet(),
        venue,
        reference,
        List.of(lines).stream().mapToLong(Line::serial).toArray(),
        List.of(lines).stream().mapToInt(Line::checkPart).toArray(),
        List.of(lines).stream().mapToInt(_ -> site).toArray(),
        List.of(lines).stream().mapToInt(line -> (int) line.servedOn().toEpochDay()).toArray(),
        unused,
        Slip.Resend.NO,
        0);
  }

  /** However it is written, the answer is the same. */
  private Way.Answer send(Slip slip) {
    List<Way.Answer> answers = ways.stream().map(way -> send(way, slip)).toList();
    assertThat(answers).containsOnly(answers.getFirst());
    return answers.getFirst();
  }

  private static Way.Answer send(RivalWay way, Slip slip) {
    try (Way.Client client = way.client()) {
      return client.send(slip).get();
    }
  }

  private List<Verdict> verdicts(Line... lines) {
    return send(slip("T-" + SLIPS.get(), lines)).verdicts();
  }

  private static void execute(String sql, Object... parameters) throws SQLException {
    for (RivalWay way : ways) {
      try (Connection connection =
              server.as(ApplicationRole.OWNER, way.database()).getConnection();
          var statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        statement.executeUpdate();
      }
    }
  }

  @Test
  void aChequeIsAcceptedFromTheDayItWasHandedOut() {
    assertThat(verdicts(cheque(plan.handedOutOn()), cheque(plan.handedOutOn().minusDays(1))))
        .containsExactly(ACCEPTED, SERVICE_BEFORE_DISTRIBUTION);
  }

  @Test
  void aChequeIsAcceptedOnItsLastDayAndNotTheDayAfter() throws SQLException {
    Line last = cheque(TODAY.minusDays(10));
    Line after = cheque(TODAY.minusDays(9));
    execute(
        "update rival.cheque set last_day = ? where serial in (?, ?)",
        TODAY.minusDays(10),
        last.serial(),
        after.serial());

    assertThat(verdicts(last, after)).containsExactly(ACCEPTED, EXPIRED_AT_SERVICE_DATE);
  }

  @Test
  void aServiceOfTodayIsAcceptedAndOneOfTomorrowIsNot() {
    assertThat(verdicts(cheque(TODAY), cheque(TODAY.plusDays(1))))
        .containsExactly(ACCEPTED, SERVICE_DATE_IN_FUTURE);
  }

  @Test
  void aServiceIsPresentedWithinItsWindow() throws SQLException {
    Line last = cheque(TODAY.minusDays(Plan.PRESENTATION_WINDOW_DAYS));
    Line late = cheque(TODAY.minusDays(Plan.PRESENTATION_WINDOW_DAYS + 1));
    execute(
        "update rival.cheque set handed_out_on = ? where serial in (?, ?)",
        TODAY.minusDays(200),
        last.serial(),
        late.serial());

    assertThat(verdicts(last, late)).containsExactly(ACCEPTED, PRESENTED_TOO_LATE);
  }

  @Test
  void opposedAndUnpaidChequesAreRejected() throws SQLException {
    Line opposed = cheque();
    Line unpaid = cheque();
    execute("update rival.cheque set status = 3 where serial = ?", opposed.serial());
    execute("update rival.cheque set activated = false where serial = ?", unpaid.serial());

    assertThat(verdicts(opposed, unpaid, cheque()))
        .containsExactly(OPPOSED, NOT_ACTIVATED, ACCEPTED);
  }

  @Test
  void aVenueIsPaidFromTheDayOfItsLabel() throws SQLException {
    execute("update rival.venue set labelled_from = ? where id = ?", TODAY.minusDays(5), venue);
    try {
      assertThat(verdicts(cheque(TODAY.minusDays(5)), cheque(TODAY.minusDays(6))))
          .containsExactly(ACCEPTED, VENUE_NOT_LABELLED_AT_SERVICE_DATE);
    } finally {
      execute("update rival.venue set labelled_from = ? where id = ?", plan.labelledFrom(), venue);
    }
  }

  @Test
  void serviceAndTerritoryAreThoseOfTheProgramme() throws SQLException {
    execute("update rival.batch set services = repeat('0', length(services))::bit varying");
    try {
      assertThat(verdicts(cheque())).containsExactly(SERVICE_NOT_ELIGIBLE);
    } finally {
      execute("update rival.batch set services = repeat('1', length(services))::bit varying");
    }
    execute("update rival.batch set territory = repeat('0', length(territory))::bit varying");
    try {
      assertThat(verdicts(cheque())).containsExactly(OUT_OF_TERRITORY);
    } finally {
      execute("update rival.batch set territory = repeat('1', length(territory))::bit varying");
    }
  }

  @Test
  void aLineThatRepeatsAnEarlierOneIsADuplicateUnlessThatOneWasForged() {
    Line once = cheque();
    Line forgedFirst = cheque();

    assertThat(
            verdicts(
                once, once, once.forged(), forgedFirst.forged(), forgedFirst, forgedFirst.forged()))
        .containsExactly(
            ACCEPTED, DUPLICATE_LINE, DUPLICATE_LINE, BAD_CHECK_CODE, ACCEPTED, DUPLICATE_LINE);
  }

  @Test
  void aSlipSentAgainIsAnsweredAsBeforeAndOtherContentsAreRefused() {
    Line cheque = cheque();
    Line other = cheque();

    Way.Answer first = send(slip("AGAIN", cheque, cheque.forged()));
    Way.Answer again = send(slip("AGAIN", cheque, cheque.forged()));

    assertThat(first).isEqualTo(new Way.Answer(List.of(ACCEPTED, DUPLICATE_LINE), 1_000, false));
    assertThat(again).isEqualTo(new Way.Answer(List.of(ACCEPTED, DUPLICATE_LINE), 1_000, true));
    assertThatIllegalStateException()
        .isThrownBy(() -> send(slip("AGAIN", other)))
        .withMessageContaining("another slip");
    assertThat(verdicts(cheque, other)).containsExactly(ALREADY_REDEEMED, ACCEPTED);
  }

  @Test
  void aClientsConnectionIsThereForTheNextRound() throws Exception {
    try (RivalWay way = way("kept", Rival.plain())) {
      for (int round = 0; round < 3; round++) {
        try (Way.Client one = way.client();
            Way.Client other = way.client()) {
          assertThat(one.send(slip("ONE-" + round, cheque())).get().acceptedCents()).isPositive();
          assertThat(other.send(slip("TWO-" + round, cheque())).get().acceptedCents()).isPositive();
        }
      }
      assertThat(connectionsTo("kept")).isEqualTo(2);
    }
  }

  private static long connectionsTo(String database) throws SQLException {
    try (Connection connection = server.superuser("postgres").getConnection();
        var statement =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where datname = ?")) {
      statement.setString(1, database);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** However it is written: what is faster because it does less would prove nothing. */
  @Test
  void everyWayToWriteItGivesTheVerdictsOfTheRulesAndItsBooksReconcile() throws Exception {
    List<Rival> rivals = RivalVariants.all();
    Plan.Round round = plan.rounds().getFirst();
    for (Rival written : rivals) {
      try (RivalWay way = way("rival_" + rivals.indexOf(written), written)) {
        Course course = new Course(way, plan, () -> Cost.NOTHING);
        course.present(round, new Pace.Closed());
        assertThat(course.reconcile().faults()).as(written.name()).isEmpty();
        assertThat(way.notes()).as(written.name()).contains(" updated, ");
      }
    }
  }

  @Test
  @Timeout(60)
  void slipsThatArePresentedTogetherEachHaveTheirOwnAnswer() throws Exception {
    for (RivalWay way : takingTogether()) {
      List<Slip> slips = differing("OWN", 10);

      List<CompletableFuture<Way.Answer>> answers = presentedTogether(way, slips);

      for (int i = 0; i < slips.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(answerToDiffering(i));
      }
      assertThat(statementsOf(way, "OWN")).as(way.name()).isOne();
    }
  }

  @Test
  @Timeout(60)
  void aLineRepeatsNoneOfAnotherSlipThatIsPresentedWithIt() throws Exception {
    for (RivalWay way : takingTogether()) {
      Line cheque = cheque();

      List<CompletableFuture<Way.Answer>> answers =
          presentedTogether(
              way, List.of(slip("ONE", cheque), slip("OTHER", cheque.forged(), cheque)));

      List<Verdict> other = answers.getLast().get().verdicts();
      assertThat(other.getFirst()).isEqualTo(BAD_CHECK_CODE);
      assertThat(List.of(answers.getFirst().get().verdicts().getFirst(), other.getLast()))
          .as(way.name())
          .containsExactlyInAnyOrder(ACCEPTED, ALREADY_REDEEMED);
    }
  }

  @Test
  @Timeout(60)
  void whereAStatementFailsEachClientIsToldSoOfItsOwnSlipAndMaySendItAgain() throws Exception {
    for (RivalWay way : takingTogether()) {
      List<Slip> slips = new ArrayList<>(differing("FAILS", 10));
      slips.add(slip("no text has this character: \0", cheque()));

      List<CompletableFuture<Way.Answer>> answers = presentedTogether(way, slips);

      for (int i = 0; i < slips.size(); i++) {
        assertThat(answers.get(i))
            .failsWithin(Duration.ofSeconds(10))
            .withThrowableOfType(ExecutionException.class)
            .havingCause()
            .isInstanceOf(IllegalStateException.class)
            .withMessage("slip " + slips.get(i).number());
      }
      for (int i = 0; i < 10; i++) {
        assertThat(send(way, slips.get(i))).isEqualTo(answerToDiffering(i));
      }
    }
  }

  private static List<RivalWay> takingTogether() {
    return ways.stream().filter(way -> way.rival().writers() > 0).toList();
  }

  /** Of each slip other lines are forged: those whose bit its place has. */
  private List<Slip> differing(String reference, int count) {
    List<Slip> slips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Line[] lines = {cheque(), cheque(), cheque(), cheque()};
      for (int bit = 0; bit < lines.length; bit++) {
        lines[bit] = ((i >> bit) & 1) == 1 ? lines[bit].forged() : lines[bit];
      }
      slips.add(slip(reference + "-" + i, lines));
    }
    return slips;
  }

  private static Way.Answer answerToDiffering(int i) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int bit = 0; bit < 4; bit++) {
      verdicts.add(((i >> bit) & 1) == 1 ? BAD_CHECK_CODE : ACCEPTED);
    }
    return new Way.Answer(verdicts, 1_000L * (4 - Integer.bitCount(i)), false);
  }

  /** They gather while each connection waits for a cheque that somebody else has locked. */
  private List<CompletableFuture<Way.Answer>> presentedTogether(RivalWay way, List<Slip> slips)
      throws Exception {
    Line locked = cheque();
    List<CompletableFuture<Way.Answer>> answers = new ArrayList<>();
    try (Connection other = server.as(ApplicationRole.OWNER, way.database()).getConnection();
        var lock = other.prepareStatement("select from rival.cheque where serial = ? for update");
        var waiting = other.prepareStatement("select count(*) from pg_locks where not granted")) {
      other.setAutoCommit(false);
      lock.setLong(1, locked.serial());
      lock.executeQuery();
      for (int i = 1; i <= way.rival().writers(); i++) {
        sending(way, slip("LOCKED-" + SLIPS.get(), locked), new CompletableFuture<>());
        long count = 0;
        while (count < i) {
          Thread.sleep(2);
          try (var row = waiting.executeQuery()) {
            row.next();
            count = row.getLong(1);
          }
        }
      }
      for (Slip slip : slips) {
        CompletableFuture<Way.Answer> answer = new CompletableFuture<>();
        answers.add(answer);
        Thread client = sending(way, slip, answer);
        while (client.getState() != Thread.State.WAITING) {
          Thread.sleep(2);
        }
      }
      other.rollback();
    }
    return answers;
  }

  private static Thread sending(RivalWay way, Slip slip, CompletableFuture<Way.Answer> answer) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                answer.complete(send(way, slip));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
  }

  /** What one statement records is presented at one moment. */
  private static long statementsOf(RivalWay way, String reference) throws SQLException {
    try (Connection connection = server.as(ApplicationRole.OWNER, way.database()).getConnection();
        var statement =
            connection.prepareStatement(
                "select count(distinct presented_at) from rival.slip where reference like ?")) {
      statement.setString(1, reference + "-%");
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Test
  @Timeout(120) // Each deadlock costs a second before the server ends it.
  void slipsThatMeetInManyChequesAcceptEachOnceAndDoNotDeadlock() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Line> contested = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      contested.add(cheque());
    }
    List<Slip> slips = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      Collections.shuffle(contested, random);
      slips.add(slip("RACE-" + i, contested.subList(0, 42).toArray(Line[]::new)));
    }

    for (RivalWay way : ways) {
      Map<Long, Integer> acceptedTimes = new HashMap<>();
      try (var threads = Executors.newFixedThreadPool(16)) {
        List<Future<Way.Answer>> answers = new ArrayList<>();
        for (Slip slip : slips) {
          answers.add(threads.submit(() -> send(way, slip)));
        }
        for (int i = 0; i < slips.size(); i++) {
          List<Verdict> verdicts = answers.get(i).get().verdicts();
          for (int line = 0; line < 42; line++) {
            if (verdicts.get(line) == ACCEPTED) {
              acceptedTimes.merge(slips.get(i).serials()[line], 1, Integer::sum);
            } else {
              assertThat(verdicts.get(line)).isEqualTo(ALREADY_REDEEMED);
            }
          }
        }
      }

      assertThat(acceptedTimes).as(way.name()).hasSize(200);
      assertThat(acceptedTimes.values()).as(way.name()).containsOnly(1);
      assertThat(way.deadlocks()).as(way.name()).isZero();
    }
  }
}
