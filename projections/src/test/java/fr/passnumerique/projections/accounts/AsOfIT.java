package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsOfIT {
  private static final Set<Grouping> ALL = EnumSet.allOf(Grouping.class);

  private final SetClock clock = new SetClock();

  private TestDatabase database;
  private TestLedger ledger;
  private BalancesQuery balances;
  private Following following;

  /** Midnights of Paris are to be crossed. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-03-27T10:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database, clock);
    balances = new BalancesQuery(database.reader());
    following = Following.directly(database, ledger, new AccountsProjection(Postings::of));
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  /**
   * What was shown is shown again to the cent, by position and by instant, however it is folded.
   */
  @Test
  void whatWasShownIsShownAgain() throws Exception {
    Random random = seeded();
    List<Balances> shown = new ArrayList<>();
    shown.add(balances.read(Filter.ALL, ALL, 0));
    for (Fact fact : story(random)) {
      clock.now = clock.now.plus(Duration.ofMinutes(random.nextInt(900)));
      long head = ledger.record(fact);
      following.await(AccountsProjection.NAME, head);
      shown.add(balances.read(Filter.ALL, ALL, 0));
    }
    again(shown);

    // Folded anew, in batches that fall elsewhere.
    following.close();
    Following.execute(
        database.owner(),
        """
        truncate projections.posting, projections.journal, projections.commitment, projections.balance, projections.account;
        delete from projections.projection;
        """);
    following = Following.directly(database, ledger, new AccountsProjection(Postings::of));
    following.await(AccountsProjection.NAME, shown.size() - 1);
    again(shown);
  }

  private void again(List<Balances> shown) {
    long head = shown.size() - 1;
    for (int position = 0; position < shown.size(); position++) {
      Balances then = shown.get(position);
      assertThat(at(new AsOf((long) position, null, null)))
          .as("position " + position)
          .isEqualTo(then);
      if (position > 0 && position < head) {
        Instant recorded = then.recordedAt();
        assertThat(at(new AsOf(null, recorded, null))).isEqualTo(then);
        assertThat(at(new AsOf(null, recorded.plusNanos(900), null))).isEqualTo(then);
        if (position > 1) {
          assertThat(at(new AsOf(null, recorded.minus(1, ChronoUnit.MICROS), null)))
              .isEqualTo(shown.get(position - 1));
        }
      }
    }
  }

  /** As it was known then, so that the head of the ledger alone differs. */
  private Balances at(AsOf asOf) {
    Balances read = balances.read(Filter.ALL, ALL, 0, asOf);
    return new Balances(
        read.position(),
        read.recordedAt(),
        read.businessDate(),
        read.position(),
        read.sumOfAllAccountsCents(),
        read.totals(),
        read.accounts(),
        read.venues(),
        read.funders(),
        read.agreements(),
        read.programmes(),
        read.prescribers(),
        read.fundingDepartements(),
        read.spendingDepartements(),
        read.flows(),
        read.caveats());
  }

  /** By both clocks at once, against a sum over all facts. */
  @Test
  void aBusinessDayTakesWhatHappenedUntilItsEndAsFarAsItWasKnown() throws Exception {
    Random random = seeded();
    List<Fact> story = story(random);
    for (Fact fact : story) {
      clock.now = clock.now.plus(Duration.ofMinutes(random.nextInt(2_000)));
      // Receipts are told days late, and now and then days before their value date.
      if (fact instanceof FundsReceived receipt) {
        ledger.record(dated(receipt, Paris.dayOf(clock.now).plusDays(random.nextInt(9) - 6L)));
      } else {
        ledger.record(fact);
      }
    }
    following.await(AccountsProjection.NAME, story.size());

    List<RecordedFact> facts = ledger.reader().read(0, story.size());
    LocalDate first = Paris.dayOf(facts.getFirst().recordedAt());
    LocalDate last = Paris.dayOf(facts.getLast().recordedAt());
    int differ = 0;
    for (LocalDate day = first.minusDays(7); day.isBefore(last); day = day.plusDays(1)) {
      for (int known = 0; known <= facts.size(); known += 1 + random.nextInt(8)) {
        AsOf asked = new AsOf((long) known, null, day);
        // It was not over when the last fact that counts was recorded: what was asked then was
        // refused, and is refused today.
        if (known == 0 || !day.isBefore(Paris.dayOf(facts.get(known - 1).recordedAt()))) {
          assertThatThrownBy(() -> balances.read(Filter.ALL, ALL, 0, asked))
              .isInstanceOfSatisfying(
                  UntoldMomentException.class,
                  e -> assertThat(e.parameter()).isEqualTo("businessDate"))
              .hasMessageContaining("was not over in Paris");
          continue;
        }
        if (day.isBefore(first) && nothingHappenedUntil(day, facts.subList(0, known))) {
          assertThatThrownBy(() -> balances.read(Filter.ALL, ALL, 0, asked))
              .isInstanceOfSatisfying(
                  UntoldMomentException.class,
                  e -> assertThat(e.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_EARLY));
          continue;
        }
        Balances read = balances.read(Filter.ALL, ALL, 0, asked);
        Map<AccountKind, Long> expected = new EnumMap<>(AccountKind.class);
        Map<AccountKind, Long> byRecording = new EnumMap<>(AccountKind.class);
        for (RecordedFact fact : facts.subList(0, known)) {
          LocalDate recordedOn = Paris.dayOf(fact.recordedAt());
          for (Entry entry : Postings.of(fact.fact())) {
            if (!fact.fact().happenedOn().orElse(recordedOn).isAfter(day)) {
              expected.merge(entry.account().kind(), entry.cents(), Long::sum);
            }
            if (!recordedOn.isAfter(day)) {
              byRecording.merge(entry.account().kind(), entry.cents(), Long::sum);
            }
          }
        }
        Map<AccountKind, Long> told = new EnumMap<>(AccountKind.class);
        read.accounts().forEach(of -> told.put(of.kind(), of.cents()));
        assertThat(withoutZeros(told))
            .as("%s as known at %d".formatted(day, known))
            .isEqualTo(withoutZeros(expected));
        assertThat(read.sumOfAllAccountsCents()).isZero();
        assertThat(read.businessDate()).isEqualTo(day);
        assertThat(read.position()).isEqualTo(known);
        differ += withoutZeros(expected).equals(withoutZeros(byRecording)) ? 0 : 1;
      }
    }
    // Page by page its postings come to the same, though some that are newer are passed over.
    PostingsQuery postings = new PostingsQuery(database.reader());
    for (LocalDate day = first; day.isBefore(last); day = day.plusDays(1)) {
      AsOf asOf = new AsOf(null, null, day);
      Map<AccountKind, Long> summed = new EnumMap<>(AccountKind.class);
      PostingsQuery.Cursor before = PostingsQuery.Cursor.NEWEST;
      while (before != null) {
        PostingsPage page =
            postings.read(
                new PostingsQuery.Asked(
                    Filter.ALL, null, null, asOf, before, 1 + random.nextInt(3)));
        page.postings().forEach(p -> summed.merge(p.kind(), p.cents(), Long::sum));
        String next = page.next();
        String[] parts = next == null ? new String[0] : next.split("-");
        before =
            next == null
                ? null
                : new PostingsQuery.Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      }
      Map<AccountKind, Long> told = new EnumMap<>(AccountKind.class);
      balances
          .read(Filter.ALL, ALL, 0, asOf)
          .accounts()
          .forEach(of -> told.put(of.kind(), of.cents()));
      assertThat(withoutZeros(summed)).as("postings of " + day).isEqualTo(withoutZeros(told));
    }
    // The two clocks differ often, or nothing was shown.
    assertThat(differ).isGreaterThan(10);
  }

  @Test
  void whatCannotBeToldExactlyIsRefusedWithTheLastThatCan() throws Exception {
    refused(new AsOf(null, clock.now, null), "nothing is recorded yet");
    refused(new AsOf(null, null, LocalDate.of(2026, 3, 1)), "nothing is recorded until then");
    long head = ledger.record(Story.untilHandedOut());
    following.await(AccountsProjection.NAME, head);
    Instant last = ledger.reader().read(head - 1, 1).getFirst().recordedAt();

    refused(new AsOf(head + 1, null, null), "ask for " + head);
    assertThat(at(AsOf.until(last)).position()).as("nothing else is recorded then").isEqualTo(head);
    assertThat(at(AsOf.until(last.plusNanos(999))).position()).isEqualTo(head);
    refused(AsOf.until(last.plus(1, ChronoUnit.MICROS)), "ask for " + last + " or before");
    assertThat(at(new AsOf(null, last.minus(1, ChronoUnit.MICROS), null)).position())
        .isEqualTo(head - 1);
    Instant first = ledger.reader().read(0, 1).getFirst().recordedAt();
    assertThat(at(AsOf.until(first)).position()).isOne();
    assertThatThrownBy(() -> at(AsOf.until(first.minus(1, ChronoUnit.MICROS))))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            untold -> {
              assertThat(untold.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_EARLY);
              assertThat(untold.remedy()).contains("ask for " + first);
            });
    // The 27th of March is not over in Paris.
    refused(new AsOf(null, null, LocalDate.of(2026, 3, 27)), "ask for 2026-03-26");
    assertThat(at(new AsOf(null, null, LocalDate.of(2026, 3, 26))).position()).isEqualTo(head);
    // At 22:00 UTC it is: summer time begins two days later.
    clock.now = Instant.parse("2026-03-27T22:59:59.999Z");
    following.await(
        AccountsProjection.NAME, ledger.record(Story.received("late-1", Story.STATE, 1)));
    refused(new AsOf(null, null, LocalDate.of(2026, 3, 27)), "ask for 2026-03-26");
    clock.now = Instant.parse("2026-03-27T23:00:00Z");
    following.await(
        AccountsProjection.NAME, ledger.record(Story.received("late-2", Story.STATE, 1)));
    assertThat(at(new AsOf(null, null, LocalDate.of(2026, 3, 27))).position()).isEqualTo(head + 2);
  }

  @Test
  void aDayBeforeTheLedgerIsToldIfAnythingHappenedUntilItAndIsTooEarlyElse() throws Exception {
    ledger.record(Story.untilHandedOut());
    clock.now = clock.now.plus(Duration.ofDays(2));
    long head = ledger.record(Story.received("more", Story.STATE, 1));
    following.await(AccountsProjection.NAME, head);
    LocalDate begun = Paris.dayOf(ledger.reader().read(0, 1).getFirst().recordedAt());
    LocalDate paid = LocalDate.of(1990, 1, 1);

    AsOf before = new AsOf(null, null, paid);
    assertThatThrownBy(() -> at(before))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            untold -> {
              assertThat(untold.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_EARLY);
              assertThat(untold.remedy()).contains("ask for " + begun);
            });
    assertThat(at(new AsOf(null, null, begun)).position()).isEqualTo(head);

    long dated = ledger.record(dated(Story.received("long-ago", Story.STATE, 7), paid));
    following.await(AccountsProjection.NAME, dated);
    assertThat(at(before).totals().bankCents()).isEqualTo(7);
    assertThatThrownBy(() -> at(new AsOf(head, null, paid)))
        .as("nobody knew of it then")
        .isInstanceOf(UntoldMomentException.class);
  }

  /** The bank debits on the 3rd what it had rejected on the 2nd, and tells it on the 9th. */
  @Test
  void whatTheBankTellsLateIsOneStoryOnEveryDay() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 5);
    ledger.record(Story.untilHandedOut());
    SettlementRunOpened run = Story.run("R-1", Map.of(ledger.record(slip), slip));
    ledger.record(run);
    TransferRejected rejected = Story.rejected(run, Story.LIBRARY);
    TransferConfirmed confirmed = Story.confirmed(run, Story.LIBRARY);
    LocalDate today = Paris.dayOf(clock.now);
    ledger.record(
        new TransferRejected(
            rejected.run(),
            rejected.transfer(),
            today.plusDays(1),
            rejected.reason(),
            rejected.closedAccount(),
            rejected.amountCents(),
            rejected.slips(),
            rejected.parts(),
            rejected.voided(),
            rejected.nettings()));
    clock.now = clock.now.plus(Duration.ofDays(8));
    ledger.record(
        new TransferReinstated(
            rejected.run(),
            rejected.transfer(),
            Story.PROGRAMME,
            rejected.amountCents(),
            rejected.slips(),
            rejected.parts(),
            List.of(),
            Optional.of(today.plusDays(2))),
        new TransferConfirmed(
            confirmed.run(),
            confirmed.transfer(),
            today.plusDays(2),
            confirmed.amountCents(),
            confirmed.parts(),
            List.of()));
    clock.now = clock.now.plus(Duration.ofDays(1));
    following.await(
        AccountsProjection.NAME, ledger.record(Story.received("later", Story.STATE, 1)));
    List<List<Long>> days = new ArrayList<>();
    for (int day = 0; day < 8; day++) {
      Balances.Amounts on = at(new AsOf(null, null, today.plusDays(day))).totals();
      days.add(List.of(on.owedCents(), on.inTransitCents(), on.paidCents()));
    }
    assertThat(days)
        .startsWith(List.of(0L, 5_000L, 0L), List.of(5_000L, 0L, 0L), List.of(0L, 0L, 5_000L))
        .endsWith(List.of(0L, 0L, 5_000L))
        .hasSize(8);
    assertThat(Set.copyOf(days)).hasSize(3);
  }

  @Test
  void aYearThatNoLedgerHasIsRefused() {
    for (String day : List.of("-5000-01-01", "0000-06-01", "1969-12-31", "2200-01-01")) {
      refused(
          new WhichMoment(null, null, LocalDate.parse(day)), 400, "INVALID_PARAMETER", "the year");
    }
    for (Instant instant : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX)) {
      refused(new WhichMoment(null, instant, null), 400, "INVALID_PARAMETER", "the year");
    }
  }

  @Test
  void aMomentIsNamedOnce() {
    refused(
        new WhichMoment(1L, Instant.parse("2026-01-01T00:00:00Z"), null),
        400,
        "AS_OF_TWICE",
        "give one");
    refused(new WhichMoment(-1L, null, null), 400, "INVALID_PARAMETER", "0 or above");
    assertThatThrownBy(() -> new AsOf(1L, Instant.parse("2026-01-01T00:00:00Z"), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotRecordedAndWhatIsNotReachedAreToldApart() throws Exception {
    long head = ledger.record(Story.untilHandedOut());
    following.await(AccountsProjection.NAME, head);
    refused(new WhichMoment(head + 9, null, null), 422, "AS_OF_TOO_LATE", "not recorded yet");
    assertThatThrownBy(
            () ->
                new WhichMoment(head + 1, null, null)
                    .ask(head + 5, asOf -> balances.read(Filter.ALL, ALL, head + 5, asOf)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.detail()).contains("%d, which the balances".formatted(head)));
  }

  private void refused(WhichMoment when, int status, String code, String said) {
    long head = ledger.reader().head();
    assertThatThrownBy(() -> when.ask(head, asOf -> balances.read(Filter.ALL, ALL, head, asOf)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.detail()).contains(said);
            });
  }

  private void refused(AsOf asOf, String remedy) {
    assertThatThrownBy(() -> balances.read(Filter.ALL, ALL, 0, asOf))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            untold -> {
              assertThat(untold.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_LATE);
              assertThat(untold.remedy()).contains(remedy);
            });
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  private static List<Fact> story(Random random) {
    List<Fact> story = new ArrayList<>(Story.untilHandedOut());
    int next = 1;
    for (int i = 0; i < 40; i++) {
      if (random.nextInt(3) == 0) {
        story.add(
            Story.received("more-" + i, random.nextBoolean() ? Story.STATE : Story.REGION, i + 1));
        continue;
      }
      boolean bus = random.nextBoolean();
      int last = next + random.nextInt(9);
      story.add(
          bus
              ? Story.slip(Story.BUS, "S-" + i, Story.BUS_LIMOGES, next, last)
              : Story.slip(Story.LIBRARY, "S-" + i, Story.LIBRARY_DESK, next, last));
      next = last + 1;
    }
    return story;
  }

  private static boolean nothingHappenedUntil(LocalDate day, List<RecordedFact> facts) {
    return facts.stream()
        .map(f -> f.fact().happenedOn().orElse(Paris.dayOf(f.recordedAt())))
        .allMatch(happened -> happened.isAfter(day));
  }

  private static FundsReceived dated(FundsReceived receipt, LocalDate valueDate) {
    return new FundsReceived(
        receipt.receipt(),
        receipt.agreement(),
        receipt.programme(),
        receipt.funder(),
        receipt.amountCents(),
        valueDate,
        receipt.repaid());
  }

  private static Map<AccountKind, Long> withoutZeros(Map<AccountKind, Long> cents) {
    Map<AccountKind, Long> some = new EnumMap<>(cents);
    some.values().removeIf(c -> c == 0);
    return some;
  }
}
