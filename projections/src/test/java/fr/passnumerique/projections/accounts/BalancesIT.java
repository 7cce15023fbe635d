package fr.passnumerique.projections.accounts;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.ProjectionStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancesIT {
  private static final Set<Grouping> ALL = EnumSet.allOf(Grouping.class);

  private TestDatabase database;
  private TestLedger ledger;
  private BalancesQuery balances;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    balances = new BalancesQuery(database.reader());
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void aProgrammeIsAccountedForFromThePayInToTheTransfer() throws Exception {
    ledger.record(Story.untilHandedOut());
    SlipJudged library = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42);
    SlipJudged limoges = Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 43, 50);
    SlipJudged gueret = Story.slip(Story.BUS, "S-2", Story.BUS_GUERET, 51, 53);
    Map<Long, SlipJudged> slips = new LinkedHashMap<>();
    for (SlipJudged slip : List.of(library, limoges, gueret)) {
      slips.put(ledger.record(slip), slip);
    }
    SettlementRunOpened run = Story.run("R-1", slips);
    ledger.record(run, Story.confirmed(run, Story.LIBRARY), Story.rejected(run, Story.BUS));
    long head = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 54, 55));

    Balances read;
    try (Following following = following(Accounts::entries)) {
      following.await(AccountsProjection.NAME, head);
      read = balances.read(Filter.ALL, ALL, head);
    }

    assertThat(read.position()).isEqualTo(head);
    assertThat(read.recordedAt())
        .isEqualTo(ledger.reader().read(head - 1, 1).getFirst().recordedAt());
    assertThat(read.sumOfAllAccountsCents()).isZero();
    assertThat(read.venues())
        .extracting(
            "venue",
            "amounts.redeemedCents",
            "amounts.owedCents",
            "amounts.inTransitCents",
            "amounts.paidCents")
        .containsExactly(
            tuple(Story.BUS.value(), 11_000L, 11_000L, 0L, 0L),
            tuple(Story.LIBRARY.value(), 44_000L, 2_000L, 0L, 42_000L));
    assertThat(read.spendingDepartements())
        .extracting(
            "departement",
            "amounts.redeemedCents",
            "amounts.owedCents",
            "amounts.paidCents",
            "amounts.issuedCents")
        .containsExactly(
            tuple("23", 47_000L, 5_000L, 42_000L, null), tuple("87", 8_000L, 8_000L, 0L, null));
    assertThat(read.fundingDepartements())
        .extracting(
            "departement",
            "amounts.issuedCents",
            "amounts.outstandingCents",
            "amounts.redeemedCents",
            "amounts.paidCents")
        .containsExactly(tuple("23", 1_000_000L, 845_000L, 55_000L, 42_000L));
    assertThat(read.flows())
        .extracting("fundingDepartement", "spendingDepartement", "amounts.redeemedCents")
        .containsExactly(tuple("23", "23", 47_000L), tuple("23", "87", 8_000L));

    long paidByTheState = Story.cents().shares(1, 42).getFirst().cents();
    assertThat(read.funders())
        .extracting("funder", "amounts.paidInCents", "amounts.bankCents", "amounts.paidCents")
        .containsExactly(
            tuple("anct", 600_000L, 600_000 - paidByTheState, paidByTheState),
            tuple(
                "nouvelle-aquitaine",
                450_000L,
                450_000 - (42_000 - paidByTheState),
                42_000 - paidByTheState));
    assertThat(read.agreements()).extracting("agreement").containsExactly("creuse-2026");
    Balances.Amounts all = read.totals();
    assertThat(all.paidInCents())
        .isEqualTo(1_050_000)
        .isEqualTo(
            all.unallocatedCents()
                + all.outstandingCents()
                + all.owedCents()
                + all.inTransitCents()
                + all.paidCents());
    assertThat(all.issuedCents())
        .isEqualTo(1_000_000)
        .isEqualTo(
            all.inStockCents() + all.atPrescribersCents() + all.liveCents() + all.redeemedCents());
    assertThat(read.accounts().stream().mapToLong(Balances.OfKind::cents).sum()).isZero();
  }

  @Test
  void anExecutedTransferIsPaidOnceAndBringsNoMoneyIn() throws Exception {
    ledger.record(Story.untilHandedOut());
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42);
    SettlementRunOpened run = Story.run("R-1", Map.of(ledger.record(slip), slip));
    long opened = ledger.record(run);
    long executed = ledger.record(Story.executed(run, Story.LIBRARY));
    long debited = ledger.record(Story.debited(run, Story.LIBRARY));
    try (Following following = following(Accounts::entries)) {
      following.await(AccountsProjection.NAME, debited);
    }

    Balances before = at(opened);
    Balances between = at(executed);
    Balances after = at(debited);

    for (Balances one : List.of(before, between, after)) {
      List<Balances.Amounts> all = amounts(one);
      assertThat(all).hasSize(9);
      assertThat(all)
          .allSatisfy(
              amounts ->
                  assertThat(amounts.redeemedCents())
                      .isEqualTo(
                          amounts.owedCents() + amounts.inTransitCents() + amounts.paidCents()));
      assertThat(all)
          .filteredOn(amounts -> amounts.paidInCents() != null)
          .hasSize(5)
          .allSatisfy(
              amounts ->
                  assertThat(amounts.paidInCents())
                      .isEqualTo(
                          amounts.unallocatedCents()
                              + amounts.outstandingCents()
                              + amounts.owedCents()
                              + amounts.inTransitCents()
                              + amounts.dueBackCents()
                              + amounts.paidCents()
                              + amounts.receivableCents()));
      assertThat(one.totals().paidInCents()).isEqualTo(1_050_000);
    }
    assertThat(List.of(before, between, after))
        .extracting("totals.inTransitCents", "totals.paidCents", "totals.bankCents")
        .containsExactly(
            tuple(42_000L, 0L, 1_050_000L),
            tuple(0L, 42_000L, 1_050_000L),
            tuple(0L, 42_000L, 1_008_000L));
  }

  private Balances at(long position) {
    return balances.read(Filter.ALL, ALL, position, AsOf.at(position));
  }

  /** Of the totals and of every line of every list. */
  private static List<Balances.Amounts> amounts(Balances read) {
    List<Balances.Amounts> all = new ArrayList<>(List.of(read.totals()));
    read.venues().forEach(line -> all.add(line.amounts()));
    read.funders().forEach(line -> all.add(line.amounts()));
    read.agreements().forEach(line -> all.add(line.amounts()));
    read.programmes().forEach(line -> all.add(line.amounts()));
    read.fundingDepartements().forEach(line -> all.add(line.amounts()));
    read.spendingDepartements().forEach(line -> all.add(line.amounts()));
    read.flows().forEach(line -> all.add(line.amounts()));
    return all;
  }

  @Test
  void aFilterLeavesOutWhatItsAccountsCannotHold() throws Exception {
    ledger.record(Story.untilHandedOut());
    long head =
        ledger.record(
            Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 2),
            Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 3, 3));
    try (Following following = following(Accounts::entries)) {
      following.await(AccountsProjection.NAME, head);
    }

    Balances ofTheBus =
        balances.read(new Filter(Story.BUS.value(), null, null, null, null, null), ALL, head);
    assertThat(ofTheBus.totals().redeemedCents()).isEqualTo(1_000);
    assertThat(ofTheBus.totals().paidInCents()).isNull();
    assertThat(ofTheBus.totals().issuedCents()).isNull();
    assertThat(ofTheBus.venues()).extracting("venue").containsExactly(Story.BUS.value());
    assertThat(ofTheBus.sumOfAllAccountsCents()).isZero();

    Balances ofTheState =
        balances.read(
            new Filter(null, "anct", null, null, null, null), Set.of(Grouping.FUNDER), head);
    assertThat(ofTheState.funders()).extracting("funder").containsExactly("anct");
    assertThat(ofTheState.totals().paidInCents()).isEqualTo(600_000);
    assertThat(ofTheState.venues()).isNull();

    Balances ofFunding23 =
        balances.read(new Filter(null, null, null, null, "23", null), Set.of(), head);
    assertThat(ofFunding23.totals().issuedCents()).isEqualTo(1_000_000);
    assertThat(ofFunding23.totals().bankCents()).isNull();
  }

  @Test
  void nobodyHasAnythingOnAnEmptyLedger() {
    Balances empty = balances.read(Filter.ALL, ALL, 0);
    assertThat(empty.position()).isZero();
    assertThat(empty.recordedAt()).isNull();
    assertThat(empty.venues()).isEmpty();
    assertThat(empty.totals().paidInCents()).isZero();
  }

  /** Whatever is redeemed where, and however the batches fall: Σ = 0 at every position. */
  @Test
  void theSumOverAllAccountsIsZeroAtEveryPosition() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Following following = following(Accounts::entries)) {
      long head = ledger.record(Story.untilHandedOut());
      int next = 1;
      for (int slip = 0; slip < 40; slip++) {
        int last = Math.min(500, next + random.nextInt(12));
        boolean bus = random.nextBoolean();
        head =
            ledger.record(
                Story.slip(
                    bus ? Story.BUS : Story.LIBRARY,
                    "S-" + slip,
                    bus
                        ? random.nextBoolean() ? Story.BUS_LIMOGES : Story.BUS_GUERET
                        : Story.LIBRARY_DESK,
                    next,
                    last));
        next = last + 1;
        following.await(AccountsProjection.NAME, head);
        Balances read = balances.read(Filter.ALL, ALL, head);
        assertThat(read.sumOfAllAccountsCents()).isZero();
        assertThat(read.totals().redeemedCents())
            .isEqualTo((next - 1) * 1_000L)
            .isEqualTo(read.venues().stream().mapToLong(v -> v.amounts().owedCents()).sum())
            .isEqualTo(read.flows().stream().mapToLong(f -> f.amounts().redeemedCents()).sum())
            .isEqualTo(read.funders().stream().mapToLong(f -> f.amounts().redeemedCents()).sum());
      }
    }
  }

  @Test
  void entriesThatDoNotSumToZeroStopTheProjectionAtTheirPosition() throws Exception {
    ledger.record(Story.untilHandedOut());
    List<Long> slips = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      slips.add(
          ledger.record(
              Story.slip(Story.LIBRARY, "S-" + i, Story.LIBRARY_DESK, 1 + i * 10, 10 + i * 10)));
    }
    // Loses the credit of one slip, the fifth.
    Function<Fact, List<Entry>> sabotaged =
        fact -> {
          List<Entry> entries = Postings.of(fact);
          return fact instanceof SlipJudged slip && slip.reference().value().equals("S-4")
              ? entries.subList(0, entries.size() - 1)
              : entries;
        };

    try (Following following = following(sabotaged)) {
      ProjectionStatus stopped = following.awaitStop(AccountsProjection.NAME);

      long guilty = slips.get(4);
      assertThat(stopped.stoppedAt()).isEqualTo(guilty);
      assertThat(stopped.reason()).contains("SlipJudged at position " + guilty, "must sum to 0");
      assertThat(stopped.position()).isEqualTo(guilty - 1);
      assertThat(following.meters().get("pass.projection.stopped.position").gauge().value())
          .isEqualTo(guilty);
      // Everything before it is there, nothing of it or after it.
      Balances read = balances.read(Filter.ALL, ALL, guilty);
      assertThat(read.position()).isEqualTo(guilty - 1);
      assertThat(read.totals().redeemedCents()).isEqualTo(40_000);
      assertThat(read.sumOfAllAccountsCents()).isZero();
      assertThat(
              number(
                  database.reader(),
                  "select stopped_at from projections.projection where name = 'accounts'"))
          .isEqualTo(guilty);
    }

    // Mended, it goes on from there.
    try (Following following = following(Accounts::entries)) {
      following.await(AccountsProjection.NAME, slips.getLast());
    }
    assertThat(balances.read(Filter.ALL, ALL, 0).totals().redeemedCents()).isEqualTo(70_000);
    assertThat(
            number(
                database.reader(),
                "select stopped_at from projections.projection where name = 'accounts'"))
        .isZero();
  }

  @Test
  void aTableThatTakesOtherCentsThanItWasGivenStopsTheProjection() throws Exception {
    execute(
        database.owner(),
        """
        create function projections.steal() returns trigger language plpgsql as $$
        begin
          if new.position = 10 then new.cents := new.cents - 1; end if;
          return new;
        end $$;
        create trigger steal before insert or update on projections.balance
          for each row execute function projections.steal();
        """);
    List<Fact> facts = new ArrayList<>(Story.untilHandedOut().subList(0, 9));
    facts.add(Story.received("r-3", Story.STATE, 5));
    ledger.record(facts);
    try (Following following = following(Accounts::entries)) {
      ProjectionStatus stopped = following.awaitStop(AccountsProjection.NAME);
      assertThat(stopped.reason()).contains("must move").contains("by 0");
      assertThat(stopped.stoppedAt()).isEqualTo(10);
    }
  }

  @Test
  void theDatabaseCommitsNoBalancesThatDoNotSumToZero() throws Exception {
    long head = ledger.record(Story.untilHandedOut());
    try (Following following = following(Accounts::entries)) {
      following.await(AccountsProjection.NAME, head);
    }
    assertThatThrownBy(
            () ->
                execute(
                    database.projections(),
                    "update projections.balance set cents = cents + 1 where account_id = 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("the sum over all accounts is 1 cents and must be 0");
    assertThatThrownBy(
            () ->
                execute(
                    database.projections(), "delete from projections.balance where account_id = 1"))
        .hasMessageContaining("must be 0");
    assertThat(number(database.reader(), "select sum(cents) from projections.balance")).isZero();
  }

  @Test
  void everyKindOfAccountIsInTheChart() throws Exception {
    long head = ledger.record(Story.untilHandedOut());
    try (Following following = following(Accounts::entries)) {
      following.await(AccountsProjection.NAME, head);
    }
    assertThat(balances.read(Filter.ALL, ALL, head).accounts())
        .extracting(Balances.OfKind::kind)
        .containsExactlyInAnyOrder(
            AccountKind.BANK,
            AccountKind.FUNDER_CREDIT,
            AccountKind.CHEQUES_OUTSTANDING,
            AccountKind.TITLES_ISSUED,
            AccountKind.TITLES_IN_STOCK,
            AccountKind.TITLES_AT_PRESCRIBER,
            AccountKind.TITLES_HANDED_OUT);
  }

  private Following following(Function<Fact, List<Entry>> postings) {
    return Following.directly(database, ledger, new AccountsProjection(postings));
  }
}
