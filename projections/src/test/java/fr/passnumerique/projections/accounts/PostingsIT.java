package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.PostingsQuery.Asked;
import fr.passnumerique.projections.accounts.PostingsQuery.Cursor;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostingsIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());
  private static final Actor LIBRARY = new Actor("library", Role.VENUE, Story.LIBRARY.value());

  private TestDatabase database;
  private TestLedger ledger;
  private BalancesQuery balances;
  private PostingsQuery postings;
  private PostingsEndpoint endpoint;
  private Following following;
  private long slip;
  private long opened;
  private long paid;
  private long head;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    balances = new BalancesQuery(database.reader());
    postings = new PostingsQuery(database.reader());
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Postings::of));
    endpoint = new PostingsEndpoint(postings, balances, following.runners(), database.reader());
    ledger.record(Story.untilHandedOut());
    SlipJudged library = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42);
    SlipJudged bus = Story.slip(Story.BUS, "B-1", Story.BUS_LIMOGES, 43, 50);
    Map<Long, SlipJudged> slips = new LinkedHashMap<>();
    slip = ledger.record(library);
    slips.put(slip, library);
    slips.put(ledger.record(bus), bus);
    SettlementRunOpened run = Story.run("R-1", slips);
    opened = ledger.record(run);
    paid = ledger.record(Story.confirmed(run, Story.LIBRARY));
    ledger.record(Story.rejected(run, Story.BUS));
    head = ledger.record(Story.received("late", Story.REGION, 12_345));
    following.await(AccountsProjection.NAME, head);
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  /** The same filter and moment: what is listed over all pages is what the balance comes to. */
  @Test
  void everyBalanceIsTheSumOfItsPostings() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    long happened =
        ledger.reader().read(0, (int) head).stream()
            .filter(f -> f.fact().happenedOn().filter(on -> !on.isAfter(Story.DAY)).isPresent())
            .findFirst()
            .orElseThrow()
            .position();
    for (int i = 0; i < 60; i++) {
      Filter filter =
          new Filter(
              one(random, Story.BUS.value()),
              one(random, Story.STATE.value()),
              one(random, Story.AGREEMENT.value()),
              one(random, Story.PROGRAMME.value()),
              one(random, "23"),
              one(random, "87"));
      AsOf asOf =
          switch (random.nextInt(3)) {
            case 0 -> AsOf.NOW;
            case 1 -> new AsOf(random.nextLong(head + 1), null, null);
            // The story's own days lie before the day of the test; before the first fact that
            // happened on one of them none does.
            default ->
                new AsOf(
                    happened + random.nextLong(head - happened + 1),
                    null,
                    Story.DAY.plusDays(random.nextInt(9)));
          };
      Map<AccountKind, Long> told = new EnumMap<>(AccountKind.class);
      balances
          .read(filter, Set.of(), head, asOf)
          .accounts()
          .forEach(of -> told.put(of.kind(), of.cents()));
      Map<AccountKind, Long> summed = new EnumMap<>(AccountKind.class);
      Set<List<Object>> seen = new HashSet<>();
      for (Posting posting : all(filter, null, asOf, 1 + random.nextInt(20))) {
        summed.merge(posting.kind(), posting.cents(), Long::sum);
        assertThat(seen.add(key(posting))).isTrue();
      }
      told.values().removeIf(cents -> cents == 0);
      summed.values().removeIf(cents -> cents == 0);
      assertThat(summed).as(filter + " " + asOf).isEqualTo(told);
    }
  }

  @Test
  void eachPostingTellsTheBalanceAfterItAndWhatItIsAbout() {
    Map<List<Object>, Long> next = new HashMap<>();
    for (Posting posting : all(Filter.ALL, null, AsOf.NOW, 7)) {
      List<Object> account = key(posting).subList(1, 9);
      Long above = next.put(account, posting.balanceCents() - posting.cents());
      if (above != null) {
        assertThat(posting.balanceCents()).isEqualTo(above);
      }
    }
    // The first of each account began at nothing.
    assertThat(next.values()).containsOnly(0L);

    List<Posting> ofVenue =
        all(Filter.ofVenue(Story.LIBRARY.value()), AccountKind.VENUE_PAYABLE, AsOf.NOW, 100);
    assertThat(ofVenue)
        .extracting(Posting::position, Posting::fact, Posting::causes)
        .containsOnly(
            tuple(slip, "SlipJudged", List.of(new Cause("slip", Story.LIBRARY.value() + "/S-1"))),
            tuple(opened, "SettlementRunOpened", List.of(new Cause("settlementRun", "R-1"))));
    assertThat(all(Filter.ofVenue(Story.LIBRARY.value()), AccountKind.TITLES_PAID, AsOf.NOW, 100))
        .allSatisfy(
            posting -> {
              assertThat(posting.position()).isEqualTo(paid);
              assertThat(posting.causes())
                  .extracting(Cause::kind)
                  .containsExactly("transfer", "settlementRun");
              assertThat(posting.happenedOn()).isBefore(LocalDate.now());
            });
  }

  @Test
  void theEntriesOfOneFactSumToZero() {
    for (long position = 1; position <= head; position++) {
      PostingsPage page =
          postings.read(new Asked(Filter.ALL, null, position, AsOf.NOW, Cursor.NEWEST, 1_000));
      long fact = position;
      assertThat(page.postings()).allMatch(posting -> posting.position() == fact);
      assertThat(page.postings().stream().mapToLong(Posting::cents).sum()).isZero();
    }
  }

  @Test
  void whatIsAnothersIsNotListed() {
    assertThat(read(STATE, null, null, null, null).postings())
        .isNotEmpty()
        .extracting(Posting::funder)
        .containsOnly(Story.STATE.value());
    assertThat(read(LIBRARY, null, null, null, null).postings())
        .isNotEmpty()
        .extracting(Posting::venue)
        .containsOnly(Story.LIBRARY.value());
    refused(404, "NOT_FOUND", () -> read(LIBRARY, Story.BUS, null, null, null));
    refused(404, "NOT_FOUND", () -> read(STATE, null, Story.REGION, null, null));
    refused(404, "NOT_FOUND", () -> read(CLERK, new VenueId("nowhere"), null, null, null));
    // By the position of a fact no more than by name.
    PostingsPage ofTheRun =
        endpoint.readPostings(
            LIBRARY, WhichAccounts.ALL, null, opened, WhichMoment.NOW, null, null, 100);
    assertThat(ofTheRun.postings())
        .isNotEmpty()
        .extracting(Posting::venue)
        .containsOnly(Story.LIBRARY.value());
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEnded() {
    PostingsPage first = read(CLERK, null, null, null, null);
    assertThat(first.postings()).hasSize(5);
    assertThat(first.position()).isEqualTo(head);
    PostingsPage second = read(CLERK, null, null, null, first.next());
    assertThat(second.postings()).doesNotContainAnyElementsOf(first.postings());
    for (String wrong : List.of("", "1", "1-", "-1-1", "1-1-1", "99999999999999999999-1", "x")) {
      refused(400, "INVALID_PARAMETER", () -> read(CLERK, null, null, null, wrong));
    }
    refused(422, "AS_OF_TOO_LATE", () -> read(CLERK, null, null, head + 1, null));
  }

  private PostingsPage read(
      Actor actor,
      @Nullable VenueId venue,
      @Nullable FunderId funder,
      @Nullable Long asOfPosition,
      @Nullable String before) {
    return endpoint.readPostings(
        actor,
        new WhichAccounts(venue, funder, null, null, null, null),
        null,
        null,
        new WhichMoment(asOfPosition, null, null),
        null,
        before,
        5);
  }

  private static void refused(
      int status, String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  private List<Posting> all(Filter filter, @Nullable AccountKind kind, AsOf asOf, int limit) {
    List<Posting> all = new ArrayList<>();
    Cursor before = Cursor.NEWEST;
    while (true) {
      PostingsPage page = postings.read(new Asked(filter, kind, null, asOf, before, limit));
      all.addAll(page.postings());
      String next = page.next();
      if (next == null) {
        return all;
      }
      String[] parts = next.split("-");
      before = new Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
  }

  private static List<Object> key(Posting posting) {
    return List.of(
        posting.position(),
        posting.kind(),
        posting.programme(),
        posting.agreement(),
        posting.funder(),
        posting.fundingDepartement(),
        posting.venue(),
        posting.spendingDepartement(),
        posting.prescriber());
  }

  private static @Nullable String one(Random random, String value) {
    return random.nextInt(5) == 0 ? value : null;
  }
}
