package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.GAMMA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.REGION;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.part;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.LatePayment.Kind;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Slips of 20 March 2026 are to be paid until 10 April. */
class LatePaymentsTest {
  private static final LocalDate LAST = LocalDate.of(2026, 4, 10);

  private final SettlementWorld world = new SettlementWorld();
  private final LatePayments late = new LatePayments(world.register, Supplier::get);

  private List<LatePayment> found(LocalDate asOf, LocalDate today, Optional<VenueId> venue) {
    return late.find(
            new LatePayments.Asked(asOf, today, asOf.minusYears(1), venue, Optional.empty()))
        .payments();
  }

  private List<String> found(LocalDate asOf, LocalDate today) {
    return found(asOf, today, Optional.empty()).stream()
        .map(
            each ->
                "%s %s%s %d %d"
                    .formatted(
                        each.kind(),
                        each.slip(),
                        each.run().map(run -> " " + run).orElse(""),
                        each.cents(),
                        each.daysLate()))
        .toList();
  }

  private List<String> today(LocalDate day) {
    return found(day, day);
  }

  private static SlipJudged presented(VenueId venue, String reference, Instant at, long cents) {
    return new SlipJudged(
        venue,
        new SlipReference(reference),
        "digest",
        at,
        List.of(),
        List.of(),
        List.of(part(PASS, STATE, cents * 6 / 10), part(PASS, REGION, cents - cents * 6 / 10)));
  }

  private void runOf(String run, LocalDate day) {
    world.begin(day);
    world.openAndHandOut(run(run, day));
  }

  @Test
  void openLinesAreLateTheDayAfterTheTwentyFirstAndToldBeforeIfTheNextRunIsTooLate() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    assertThat(today(LAST)).isEmpty();
    assertThat(
            world.ledger.send(
                new SetSettlementCalendar(
                    PASS,
                    LocalDate.of(2026, 3, 25),
                    SettlementCalendar.weekly(DayOfWeek.WEDNESDAY),
                    0,
                    CLERK)))
        .isInstanceOf(Outcome.Recorded.class);
    // The run of 8 April is executed on the 9th, that of the 15th on the 16th.
    assertThat(today(LocalDate.of(2026, 4, 7))).isEmpty();
    assertThat(today(LocalDate.of(2026, 4, 8))).containsExactly("WILL_BE_LATE S-1 3000 6");
    assertThat(today(LAST)).containsExactly("WILL_BE_LATE S-1 3000 6");
    assertThat(today(LAST.plusDays(1))).containsExactly("OPEN_LATE S-1 3000 1");
    assertThat(today(LocalDate.of(2026, 3, 19))).isEmpty();
  }

  @Test
  void theDayOfTheSlipEndsAtMidnightInParis() {
    world.ledger.given(
        presented(ALPHA, "S-1", Instant.parse("2026-03-20T22:59:59.999Z"), 3_000),
        presented(ALPHA, "S-2", Instant.parse("2026-03-20T23:00:00Z"), 2_000));
    assertThat(today(LAST)).isEmpty();
    assertThat(today(LAST.plusDays(1))).containsExactly("OPEN_LATE S-1 3000 1");
    assertThat(today(LAST.plusDays(2)))
        .containsExactly("OPEN_LATE S-1 3000 2", "OPEN_LATE S-2 2000 1");
  }

  @Test
  void whatIsPaidAfterItsLastDayIsLateAndWhatIsPaidOnItIsNot() {
    world.ledger.given(
        account(ALPHA, "v-1", "iban-1"),
        account(BETA, "v-2", "iban-2"),
        slip(ALPHA, "S-1", 3_000),
        slip(BETA, "S-2", 2_000));
    runOf("R-1", LAST);
    assertThat(today(LAST))
        .containsExactly("WILL_BE_LATE S-1 R-1 3000 3", "WILL_BE_LATE S-2 R-1 2000 3");
    LocalDate now = LocalDate.of(2026, 4, 14);
    world.begin(now);
    assertThat(today(now)).containsExactly("OPEN_LATE S-1 R-1 3000 4", "OPEN_LATE S-2 R-1 2000 4");
    world.ledger.send(confirm("R-1", "R-1-1", LAST));
    world.ledger.send(confirm("R-1", "R-1-2", LAST.plusDays(3)));

    assertThat(today(now)).containsExactly("PAID_LATE S-2 R-1 2000 3");
    // As of the 12th, the second was not paid yet; which run was to pay it is not kept.
    assertThat(found(LocalDate.of(2026, 4, 12), now)).containsExactly("OPEN_LATE S-2 2000 2");
    assertThat(found(LAST.plusDays(3), now)).containsExactly("PAID_LATE S-2 R-1 2000 3");
    assertThat(found(LAST, now)).isEmpty();
    assertThat(found(now, now, Optional.of(ALPHA))).isEmpty();
    assertThat(found(now, now, Optional.of(GAMMA))).isEmpty();
    assertThat(LatePaymentEndpoint.sum(found(now, now, Optional.of(BETA)), Kind.PAID_LATE))
        .isEqualTo(2_000);
    assertThat(ofRun("R-1", LAST, now)).hasSize(1);
    assertThat(ofRun("R-9", LAST, now)).isEmpty();
    assertThat(ofRun("R-1", now, now)).isEmpty();
    // The first was shown as late, though it was paid in time.
    assertThat(world.register.delays().size()).isEqualTo(2);
  }

  /** As of a day and a position. */
  private List<String> shown(LocalDate asOf, long position, LocalDate today) {
    LatePayments.Found found =
        late.find(
            new LatePayments.Asked(
                asOf,
                today,
                asOf.minusYears(1),
                Optional.empty(),
                Optional.empty(),
                Optional.of(position)));
    assertThat(found.position()).isEqualTo(position);
    return found.payments().stream()
        .map(
            each ->
                "%s %s %d %d".formatted(each.kind(), each.slip(), each.cents(), each.daysLate()))
        .toList();
  }

  @Test
  void whatWasShownIsShownAgainWhateverTheBankTellsLater() {
    world.ledger.given(
        account(ALPHA, "v-1", "iban-1"),
        account(BETA, "v-2", "iban-2"),
        slip(ALPHA, "S-1", 3_000),
        slip(BETA, "S-2", 2_000));
    runOf("R-1", LAST);
    LocalDate shownOn = LAST.plusDays(3);
    world.begin(shownOn);
    long position = late.head();
    List<String> both = List.of("OPEN_LATE S-1 3000 3", "OPEN_LATE S-2 2000 3");
    assertThat(shown(shownOn, position, shownOn)).isEqualTo(both);

    // Known a week later: the first was paid in time, the second on the day that was shown.
    LocalDate now = shownOn.plusDays(7);
    world.begin(now);
    world.ledger.send(confirm("R-1", "R-1-1", LAST));
    long between = late.head();
    world.ledger.send(confirm("R-1", "R-1-2", shownOn));

    assertThat(found(shownOn, now)).containsExactly("PAID_LATE S-2 R-1 2000 3");
    assertThat(shown(shownOn, position, now)).isEqualTo(both);
    assertThat(shown(shownOn, between, now)).containsExactly("OPEN_LATE S-2 2000 3");
    assertThat(shown(now, between, now)).containsExactly("OPEN_LATE S-2 2000 10");
    assertThat(shown(shownOn, late.head(), now)).containsExactly("PAID_LATE S-2 2000 3");
    assertThat(shown(LAST, position, now)).isEmpty();

    world.begin(now.plusDays(1));
    comesBack("R-1-2", shownOn.plusDays(1));
    long after = late.head();
    assertThat(shown(shownOn.plusDays(1), after, now.plusDays(1)))
        .containsExactly("OPEN_LATE S-2 2000 4");
    assertThat(shown(shownOn.plusDays(1), after - 2, now.plusDays(1)))
        .as("the day's own fact is between")
        .containsExactly("PAID_LATE S-2 2000 3");
    assertThat(shown(shownOn, position, now.plusDays(1))).isEqualTo(both);
  }

  @Test
  void aPositionTellsOfDaysUntilTheNextFact() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    long before = late.head();
    world.begin(LAST);

    assertThat(late.recordedOn(before)).isEqualTo(LocalDate.of(2026, 3, 20));
    assertThat(late.lastDayOf(before)).contains(LAST);
    assertThat(late.lastDayOf(late.head())).isEmpty();
  }

  @Test
  void whatIsKnownAsPaidInTimeIsNotRemembered() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(1));
    world.begin(LAST);
    world.ledger.send(confirm("R-1", "R-1-1", LAST));
    assertThat(world.register.delays().size()).isZero();
  }

  private List<LatePayment> ofRun(String run, LocalDate since, LocalDate today) {
    return late.find(
            new LatePayments.Asked(
                today, today, since, Optional.empty(), Optional.of(new SettlementRunId(run))))
        .payments();
  }

  @Test
  void rejectedAndPaidAgainItWasUnpaidAllTheWhile() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST);
    world.begin(LAST.plusDays(2));
    world.ledger.send(reject("R-1", "R-1-1", LAST.plusDays(2), "AC04"));
    assertThat(today(LAST.plusDays(2))).containsExactly("OPEN_LATE S-1 3000 2");
    world.ledger.given(account(ALPHA, "v-2", "iban-2"));
    runOf("R-2", LAST.plusDays(3));
    world.begin(LAST.plusDays(5));
    world.ledger.send(confirm("R-2", "R-2-1", LAST.plusDays(4)));

    LocalDate now = LAST.plusDays(5);
    assertThat(today(now)).containsExactly("PAID_LATE S-1 R-2 3000 4");
    assertThat(found(LAST.plusDays(4), now)).containsExactly("PAID_LATE S-1 R-2 3000 4");
    assertThat(found(LAST.plusDays(3), now)).containsExactly("OPEN_LATE S-1 3000 3");
    assertThat(found(LAST.plusDays(1), now)).containsExactly("OPEN_LATE S-1 3000 1");
    assertThat(found(LAST, now)).isEmpty();
  }

  private void comesBack(String transfer, LocalDate on) {
    world.ledger.given(
        new BankWord(world.register)
            .returned(
                new TransferId(transfer),
                "AC04",
                new BankEntry(
                    "E-1", Optional.empty(), on, on, 3_000, Optional.empty(), Optional.empty())));
  }

  @Test
  void whatCameBackCountsAsPaidUntilThatDayAndIsLateFromThere() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(2));
    world.begin(LAST);
    world.ledger.send(confirm("R-1", "R-1-1", LAST.minusDays(1)));
    assertThat(world.register.delays().size()).isZero();
    world.begin(LAST.plusDays(5));
    comesBack("R-1-1", LAST.plusDays(5));

    LocalDate now = LAST.plusDays(6);
    assertThat(today(now)).containsExactly("OPEN_LATE S-1 3000 6");
    assertThat(found(LAST.plusDays(5), now)).containsExactly("OPEN_LATE S-1 3000 5");
    assertThat(found(LAST.plusDays(4), now)).isEmpty();
  }

  @Test
  void aLatePaymentThatCameBackWasOneUntilThen() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST);
    world.begin(LAST.plusDays(3));
    world.ledger.send(confirm("R-1", "R-1-1", LAST.plusDays(1)));
    world.begin(LAST.plusDays(5));
    comesBack("R-1-1", LAST.plusDays(5));
    world.ledger.given(account(ALPHA, "v-2", "iban-2"));
    runOf("R-2", LAST.plusDays(6));
    world.begin(LAST.plusDays(8));
    world.ledger.send(confirm("R-2", "R-2-1", LAST.plusDays(7)));

    LocalDate now = LAST.plusDays(8);
    assertThat(found(LAST.plusDays(1), now)).containsExactly("PAID_LATE S-1 R-1 3000 1");
    assertThat(found(LAST.plusDays(4), now)).containsExactly("PAID_LATE S-1 R-1 3000 1");
    assertThat(found(LAST.plusDays(5), now)).containsExactly("OPEN_LATE S-1 3000 5");
    assertThat(found(LAST.plusDays(6), now)).containsExactly("OPEN_LATE S-1 3000 6");
    assertThat(today(now)).containsExactly("PAID_LATE S-1 R-2 3000 7");
  }

  private void hadNotComeBack(LocalDate on) {
    BankEntry left =
        new BankEntry("E-1", Optional.empty(), on, on, 3_000, Optional.empty(), Optional.empty())
            .toldNoMore();
    new BankWord(world.register)
        .returnTakenBack(new TransferId("R-1-1"), left)
        .forEach(world.ledger::given);
  }

  @Test
  void whatHadNotComeBackWasPaidInTimeOnItsOwnDay() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(2));
    world.begin(LAST);
    world.ledger.send(confirm("R-1", "R-1-1", LAST.minusDays(1)));
    world.begin(LAST.plusDays(5));
    comesBack("R-1-1", LAST.plusDays(5));
    world.begin(LAST.plusDays(7));
    hadNotComeBack(LAST.plusDays(5));

    LocalDate now = LAST.plusDays(8);
    assertThat(today(now)).isEmpty();
    assertThat(found(LAST.plusDays(5), now)).isEmpty();
    assertThat(runRead().transfers().getFirst().endedOn()).contains(LAST.minusDays(1));
    // Late, the clerk who confirmed it is told what was recorded.
    world.ledger.must(confirm("R-1", "R-1-1", LAST.minusDays(1)));
  }

  @Test
  void whatHadNotComeBackWasPaidLateOnItsOwnDayOnceAndMayComeBackAgain() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST);
    world.begin(LAST.plusDays(3));
    world.ledger.send(confirm("R-1", "R-1-1", LAST.plusDays(1)));
    world.begin(LAST.plusDays(5));
    comesBack("R-1-1", LAST.plusDays(5));
    world.begin(LAST.plusDays(7));
    hadNotComeBack(LAST.plusDays(5));

    LocalDate now = LAST.plusDays(8);
    for (LocalDate day : List.of(LAST.plusDays(4), LAST.plusDays(6), now)) {
      assertThat(found(day, now)).containsExactly("PAID_LATE S-1 R-1 3000 1");
    }
    world.begin(LAST.plusDays(9));
    comesBack("R-1-1", LAST.plusDays(9));
    assertThat(found(now, LAST.plusDays(10))).containsExactly("PAID_LATE S-1 R-1 3000 1");
    assertThat(today(LAST.plusDays(10))).containsExactly("OPEN_LATE S-1 3000 10");
  }

  private void isDebited(LocalDate on) {
    world.ledger.given(
        new BankWord(world.register)
            .debited(
                new TransferId("R-1-1"),
                new BankEntry(
                    "E-1", Optional.empty(), on, on, -3_000, Optional.empty(), Optional.empty())));
  }

  private SettlementRun runRead() {
    return new SettlementRuns(
            world.register,
            Supplier::get,
            new FixtureReader(world.ledger),
            new SettlementParts.NoVault(),
            Optional.empty())
        .find(new SettlementRunId("R-1"))
        .orElseThrow()
        .run();
  }

  @Test
  void executedByTheBanksWordItIsPaidOnThatDayUntilItsBookingTellsALaterOne() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(2));
    LocalDate now = LAST.plusDays(3);
    world.begin(now);
    world.ledger.given(
        new BankWord(world.register).executed(new TransferId("R-1-1"), LAST.plusDays(1)));
    long told = late.head();
    assertThat(today(now)).containsExactly("PAID_LATE S-1 R-1 3000 1");
    assertThat(runRead().lateCents()).isEqualTo(3_000);

    isDebited(now);
    assertThat(today(now)).containsExactly("PAID_LATE S-1 R-1 3000 3");
    assertThat(found(LAST.plusDays(2), now)).containsExactly("OPEN_LATE S-1 3000 2");
    assertThat(shown(now, told, now)).containsExactly("PAID_LATE S-1 3000 1");
    assertThat(runRead().lateCents()).isEqualTo(3_000);
    assertThat(runRead().transfers().getFirst().endedOn()).contains(now);
  }

  @Test
  void bookedOnALaterDayThanItsLastItIsLateWhateverDayItsStatusBore() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(2));
    world.begin(LAST);
    world.ledger.given(new BankWord(world.register).executed(new TransferId("R-1-1"), LAST));
    assertThat(world.register.delays().size()).as("paid in time, for all that is known").isZero();
    world.begin(LAST.plusDays(2));
    isDebited(LAST.plusDays(1));

    assertThat(today(LAST.plusDays(2))).containsExactly("PAID_LATE S-1 R-1 3000 1");
    comesBack("R-1-1", LAST.plusDays(2));
    assertThat(today(LAST.plusDays(2))).containsExactly("OPEN_LATE S-1 3000 2");
  }

  @Test
  void bookedInTimeItIsNotLateWhateverDayItsStatusBore() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(2));
    LocalDate now = LAST.plusDays(3);
    world.begin(now);
    world.ledger.given(
        new BankWord(world.register).executed(new TransferId("R-1-1"), LAST.plusDays(2)));
    long told = late.head();
    isDebited(LAST);

    assertThat(today(now)).isEmpty();
    assertThat(found(LAST.plusDays(1), now)).isEmpty();
    assertThat(shown(now, told, now)).containsExactly("PAID_LATE S-1 3000 2");
    assertThat(runRead().lateCents()).isZero();
    comesBack("R-1-1", now);
    assertThat(today(now)).containsExactly("OPEN_LATE S-1 3000 3");
  }

  @Test
  void bothDaysInTimeItIsForgotten() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    runOf("R-1", LAST.minusDays(3));
    world.begin(LAST);
    world.ledger.given(
        new BankWord(world.register).executed(new TransferId("R-1-1"), LAST.minusDays(1)));
    world.begin(LAST.plusDays(9));
    isDebited(LAST);
    assertThat(world.register.delays().size()).isZero();
  }

  @Test
  void whatNobodyKnowsIsNotAnswered() {
    assertThatThrownBy(() -> found(LAST.plusDays(1), LAST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new LatePayments.Asked(
                    LAST,
                    LAST.plusDays(1),
                    LAST,
                    Optional.empty(),
                    Optional.of(new SettlementRunId("R-1"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRunMarksWhatItPaysTooLate() {
    world.ledger.given(
        account(ALPHA, "v-1", "iban-1"),
        account(BETA, "v-2", "iban-2"),
        slip(ALPHA, "S-1", 3_000),
        presented(BETA, "S-2", Instant.parse("2026-04-02T07:00:00Z"), 2_000),
        slip(GAMMA, "S-3", 1_000));
    runOf("R-1", LAST);
    SettlementRuns runs =
        new SettlementRuns(
            world.register,
            Supplier::get,
            new FixtureReader(world.ledger),
            new SettlementParts.NoVault(),
            Optional.empty());
    SettlementRun read = runs.find(new SettlementRunId("R-1")).orElseThrow().run();
    assertThat(read.lateCents()).isEqualTo(3_000);
    assertThat(read.transfers().getFirst().slips().getFirst().late()).isTrue();
    assertThat(read.transfers().getFirst().slips().getFirst().payBy()).contains(LAST);
    assertThat(read.transfers().get(1).slips().getFirst().late()).isFalse();

    world.ledger.send(confirm("R-1", "R-1-1", LAST));
    assertThat(runs.find(new SettlementRunId("R-1")).orElseThrow().run().lateCents()).isZero();
  }

  /** Two venues with so many slips that a look is not at both. */
  private void manySlips() {
    for (int i = 1; i <= 500; i++) {
      world.ledger.given(slip(ALPHA, "S-" + i, 3_000), slip(BETA, "S-" + i, 2_000));
    }
  }

  @Test
  void noFoldWaitsUntilAllThatIsUnpaidWasLookedAt() {
    manySlips();
    AtomicInteger looks = new AtomicInteger();
    LatePayments counted =
        new LatePayments(
            world.register,
            new ReadLock() {
              @Override
              public <T> T read(Supplier<T> query) {
                looks.incrementAndGet();
                return query.get();
              }
            });

    assertThat(counted.openLateCents(LAST.plusDays(1))).isEqualTo(500 * 5_000);
    assertThat(looks).as("the beginning, each venue, and the end").hasValue(4);
  }

  @Test
  void whatIsPaidWhileItIsLookedForIsToldOnce() {
    manySlips();
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), account(BETA, "v-2", "iban-2"));
    runOf("R-1", LAST);
    LocalDate now = LAST.plusDays(3);
    world.begin(now);
    List<LatePayment> found =
        looked(
            now,
            look -> {
              if (look == 2) {
                world.ledger.send(confirm("R-1", "R-1-1", now));
                world.ledger.send(confirm("R-1", "R-1-2", now));
              }
            });

    assertThat(found).hasSize(1_000).allMatch(each -> each.kind() == Kind.PAID_LATE);
    assertThat(found).isEqualTo(found(now, now, Optional.empty()));
  }

  @Test
  void whatMovesAllTheTimeIsLookedAtAsAWhole() {
    manySlips();
    LocalDate now = LAST.plusDays(3);
    world.begin(now);
    AtomicInteger withdrawn = new AtomicInteger();
    List<LatePayment> found =
        looked(
            now,
            _ -> {
              SlipReference slip = new SlipReference("S-" + withdrawn.incrementAndGet());
              world.ledger.given(
                  new SlipWithdrawn(
                      ALPHA,
                      slip,
                      1 + world.ledger.facts().indexOf(slip(ALPHA, slip.value(), 3_000)),
                      Instant.parse("2026-04-13T10:00:00Z"),
                      List.of(),
                      slip(ALPHA, slip.value(), 3_000).owed(),
                      List.of(),
                      List.of()));
            });

    assertThat(withdrawn.get()).isGreaterThan(3);
    assertThat(found).hasSize(1_000 - (withdrawn.get() - 1));
  }

  /**
   * @param meanwhile what happens after each look at the register, from the first
   */
  private List<LatePayment> looked(LocalDate now, IntConsumer meanwhile) {
    LatePayments interrupted =
        new LatePayments(
            world.register,
            new ReadLock() {
              private int looks;

              @Override
              public <T> T read(Supplier<T> query) {
                T answer = query.get();
                meanwhile.accept(++looks);
                return answer;
              }
            });
    return interrupted
        .find(
            new LatePayments.Asked(now, now, now.minusYears(1), Optional.empty(), Optional.empty()))
        .payments();
  }
}
