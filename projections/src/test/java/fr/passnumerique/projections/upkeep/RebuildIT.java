package fr.passnumerique.projections.upkeep;

import static fr.passnumerique.projections.Following.execute;
import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.RowSecurity;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.upkeep.DifferingSum;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.RebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.upkeep.SetAsideReason;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.accounts.PostingsPage;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.accounts.PostingsQuery.Asked;
import fr.passnumerique.projections.accounts.PostingsQuery.Cursor;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.HistoriesProjections;
import fr.passnumerique.projections.labels.LabelRegister;
import fr.passnumerique.projections.labels.LabelsProjections;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.ProjectionStatus;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import fr.passnumerique.projections.registers.RegistersProjections;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.projections.registers.VenueRegister;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RebuildIT {
  private static final Filter ALL = Filter.ALL;
  private static final Set<Grouping> GROUPINGS = EnumSet.allOf(Grouping.class);

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private Rebuilder rebuilder;
  private Rebuilds rebuilds;
  private int slips;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following = Following.directly(database, ledger, AccountsProjections.accounts());
    rebuilder =
        new Rebuilder(
            List.of(AccountsProjections.accounts()),
            ledger.reader(),
            database.projections(),
            Clock.systemUTC());
    rebuilds = new Rebuilds(database.reader());
    rebuilder.start();
    ledger.record(Story.untilHandedOut());
    recordSlips(40);
  }

  @AfterEach
  void end() {
    rebuilder.stop();
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void aRebuildComesToTheSameFiguresAndAnswersFromThenOn() throws Exception {
    Balances before = AccountsProjections.read(database.reader());
    long tables = tableOf("balance");

    rebuilder.ask("r-1", "accounts", "clerk-1");
    Rebuild done = await("r-1", Rebuild.State.SWITCHED);

    assertThat(done.differences()).isZero();
    assertThat(done.kept()).isFalse();
    assertThat(done.lines()).isEqualTo(80);
    assertThat(done.comparedPosition()).isEqualTo(done.position());
    assertThat(tableOf("balance")).isNotEqualTo(tables);
    assertThat(AccountsProjections.read(database.reader())).isEqualTo(before);
    // Nothing is left of either, and what follows goes into the new tables, guards and all.
    assertThat(schemasOnceThereAre(0)).isZero();
    following.await("accounts", recordSlips(3));
    assertThat(
            AccountsProjections.read(database.reader()).totals().redeemedCents()
                - before.totals().redeemedCents())
        .isEqualTo(6_000);
    assertThatThrownBy(
            () ->
                execute(
                    database.projections(),
                    "update projections.balance set cents = cents + 1 where account_id = (select"
                        + " min(account_id) from projections.balance)"))
        .hasMessageContaining("the sum over all accounts is 1 cents");
  }

  @Test
  void theNewTablesHaveTheKeysIndexesAndGuardsOfTheOld() throws Exception {
    String shape =
        """
        select count(*) from (
          select pg_get_indexdef(indexrelid) from pg_index x join pg_class c on c.oid = x.indrelid
           where c.relnamespace = 'projections'::regnamespace
          union all
          select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
           where connamespace = 'projections'::regnamespace
          union all
          select pg_get_triggerdef(g.oid) from pg_trigger g join pg_class c on c.oid = g.tgrelid
           where not g.tgisinternal and c.relnamespace = 'projections'::regnamespace
          union all
          select p::text from pg_policies p where p.schemaname = 'projections'
          union all
          select c.relname || a.attname || a.attacl::text from pg_attribute a join pg_class c on c.oid = a.attrelid
           where c.relnamespace = 'projections'::regnamespace and a.attacl is not null
          union all
          select c.relname || coalesce(c.reloptions::text, '') || coalesce(obj_description(c.oid), '') || coalesce(c.relacl::text, '')
                 || c.relrowsecurity
            from pg_class c where c.relnamespace = 'projections'::regnamespace and c.relkind = 'r')
        """;
    String text =
        shape.replace("count(*)", "string_agg(pg_get_indexdef, chr(10) order by pg_get_indexdef)");
    String before = text(text);
    rebuilder.ask("r-1", "accounts", "clerk-1");
    await("r-1", Rebuild.State.SWITCHED);
    assertThat(text(text)).isEqualTo(before);
  }

  @Test
  void anIndexThatAReleaseAddsMeanwhileIsNotLostToTheSwitch() throws Exception {
    rebuilder.stop();
    execute(
        database.projections(),
        "insert into projections.rebuild (id, projection, state, asked_by, asked_at)"
            + " values ('r-1', 'accounts', 'FOLDING', 'clerk-1', now())");
    String call = "select projections.%s(%d, array['account', 'balance']%s)";
    long number = find("r-1").number();
    text(call.formatted("open_rebuild", number, ", array[]::text[]"));
    execute(database.owner(), "create index added on projections.account (agreement, venue)");
    execute(database.owner(), "update projections.rebuild set state = 'CATCHING_UP'");

    assertThatThrownBy(() -> text(call.formatted("switch_rebuild", number, "")))
        .hasMessageContaining("added of table account")
        .hasMessageContaining("ask for another rebuild");
  }

  /** A rule that narrows what others allow would, as one that allows, open the table. */
  @Test
  void aPolicyThatRestrictsStillDoesAfterTheSwitch() throws Exception {
    execute(
        database.owner(),
        "create policy narrow on projections.balance as restrictive to pass_asker using (false)");
    rebuilder.ask("r-1", "accounts", "clerk-1");
    await("r-1", Rebuild.State.SWITCHED);

    assertThat(
            text(
                "select permissive from pg_policies where schemaname = 'projections' and policyname"
                    + " = 'narrow'"))
        .isEqualTo("RESTRICTIVE");
  }

  @Test
  void readsGoOnAndNoneFailsOrSeesAnotherTotalWhileItIsSwitched() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    AtomicReference<Throwable> failed = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      try {
                        Balances read = AccountsProjections.read(database.reader());
                        assertThat(read.sumOfAllAccountsCents()).isZero();
                        // 20 facts come before the first slip, and each slip redeems 2 000 cents.
                        assertThat(read.totals().redeemedCents())
                            .isEqualTo((read.position() - 20) * 2_000);
                        reads.incrementAndGet();
                      } catch (Throwable e) {
                        failed.compareAndSet(null, e);
                      }
                    }
                  }));
    }
    for (int i = 0; i < 4; i++) {
      rebuilder.ask("r-" + i, "accounts", "clerk-1");
      while (find("r-" + i).state() != Rebuild.State.SWITCHED) {
        recordSlips(1);
      }
      assertThat(find("r-" + i).switchMillis()).isLessThan(30_000);
    }
    over.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failed.get()).isNull();
    assertThat(reads.get()).isGreaterThan(10);
  }

  @Test
  void howLongTheSwitchTookIsThereWithIt() throws Exception {
    execute(
        database.owner(),
        "alter table projections.rebuild add check (state <> 'SWITCHED' or switch_millis > 0)");
    rebuilder.ask("r-1", "accounts", "clerk-1");
    assertThat(await("r-1", Rebuild.State.SWITCHED).switchMillis()).isPositive();
  }

  @Test
  void sumsThatDifferAreListedAndNotSwitchedInUntilTwoPeopleHaveAcceptedThem() throws Exception {
    // Somebody wrote into the tables: 7 cents too many here, 7 too few there.
    following.close();
    execute(
        database.projections(),
        """
        update projections.balance set cents = cents + case account_id % 2 when 0 then 7 else -7 end
         where account_id in (select min(account_id) from projections.balance group by account_id % 2)
        """);
    following = Following.directly(database, ledger, AccountsProjections.accounts());
    Balances shown = AccountsProjections.read(database.reader());

    rebuilder.ask("r-1", "accounts", "clerk-1");
    Rebuild differs = await("r-1", Rebuild.State.DIFFERS);

    assertThat(differs.differences()).isEqualTo(2);
    assertThat(differs.digest()).hasSize(64);
    assertThat(rebuilds.differences(differs, 10))
        .allSatisfy(
            d -> {
              assertThat(d.source()).isEqualTo("balance");
              assertThat(d.after().subtract(d.before()).abs().intValueExact()).isEqualTo(7);
            });
    assertThat(AccountsProjections.read(database.reader())).isEqualTo(shown);

    // The digest of other differences accepts nothing.
    accept(differs, "0".repeat(64));
    Thread.sleep(2_500);
    assertThat(find("r-1").state()).isEqualTo(Rebuild.State.DIFFERS);

    // Facts that both fold alike change nothing of what was accepted.
    following.await("accounts", recordSlips(2));
    accept(differs, differs.digest());
    Rebuild done = await("r-1", Rebuild.State.SWITCHED);
    assertThat(done.kept()).isTrue();
    assertThat(done.differences()).isEqualTo(2);
    assertThat(schemasOnceThereAre(1)).isEqualTo(1);
    // What was shown before can be shown again, to the cent: the difference is still in it.
    Tables tables = AccountsProjections.accounts().tables();
    assertThat(
            rebuilds.replaced(done, tables, tables.sums().getFirst(), "", 1_000).stream()
                .filter(
                    figure ->
                        rebuilds.differences(done, 10).stream()
                            .anyMatch(
                                d ->
                                    d.key().equals(figure.key())
                                        && d.before().compareTo(figure.sum()) == 0)))
        .hasSize(2);
  }

  /** A wrong fold wrongs history, and what was shown of it is shown again, to the cent. */
  @Test
  void whatDiffersIsToldRowByRowAndEveryMomentShownBeforeIsShownAgain() throws Exception {
    long head = following.status("accounts").position();
    following.close();
    // Of one venue: from a posting in the middle on 700 too many, with its counterpart; and a day.
    execute(
        database.projections(),
        """
        update projections.posting p set balance_cents = balance_cents - 700
         where account_id = (select min(id) from projections.account where kind = 'VENUE_PAYABLE')
           and position >= 30
        """);
    execute(
        database.projections(),
        "update projections.journal set happened_on = happened_on - 400 where position = 25");
    following = Following.directly(database, ledger, AccountsProjections.accounts());
    BalancesQuery balances = new BalancesQuery(database.reader());
    PostingsQuery postings = new PostingsQuery(database.reader());
    List<Balances> shown = new ArrayList<>();
    for (long position = 20; position <= head; position++) {
      shown.add(balances.read(ALL, GROUPINGS, head, AsOf.at(position)));
    }
    PostingsPage page = postings.read(asked(AsOf.at(32)));

    rebuilder.ask("r-1", "accounts", "clerk-1");
    Rebuild differs = await("r-1", Rebuild.State.DIFFERS);
    assertThat(rebuilds.differences(differs, 10))
        .hasSize(2)
        .anySatisfy(
            d -> {
              assertThat(d.source()).isEqualTo("journal");
              assertThat(d.key()).isEqualTo("SlipJudged");
              assertThat(d.position()).isEqualTo(25);
              assertThat(d.what()).isEqualTo("happened_on");
              assertThat(LocalDate.parse(d.textAfter()))
                  .isEqualTo(LocalDate.parse(d.textBefore()).plusDays(400));
            })
        // Where it begins, and not each of those that follow from it.
        .anySatisfy(
            d -> {
              assertThat(d.source()).isEqualTo("posting");
              assertThat(d.key()).startsWith("VENUE_PAYABLE ").contains(Story.LIBRARY.value());
              assertThat(d.position()).isGreaterThanOrEqualTo(30);
              assertThat(d.what()).isEqualTo("balance_cents");
              assertThat(d.after().subtract(d.before()).intValueExact()).isEqualTo(700);
            });
    assertThat(differs.differences()).isEqualTo(2);

    // What both fold alike meanwhile continues from the wrong balance, and is no other difference.
    following.await("accounts", recordSlips(2));
    accept(differs, differs.digest());
    Rebuild done = await("r-1", Rebuild.State.SWITCHED);
    assertThat(done.kept()).isTrue();

    Generation before =
        Generation.find("r-1", List.of("accounts"), database.reader()).orElseThrow();
    boolean others = false;
    for (long position = 20; position <= head; position++) {
      Balances then = shown.get((int) position - 20);
      Balances again = balances.of(before).read(ALL, GROUPINGS, head, AsOf.at(position));
      assertThat(again.caveats().shownBefore()).isEqualTo("r-1");
      assertThat(again)
          .usingRecursiveComparison()
          .ignoringFields("caveats", "ledgerPosition")
          .isEqualTo(then);
      Balances now = balances.read(ALL, GROUPINGS, head, AsOf.at(position));
      if (position < 25) {
        assertThat(now).usingRecursiveComparison().ignoringFields("ledgerPosition").isEqualTo(then);
      } else {
        assertThat(now.caveats().otherFiguresBefore())
            .containsExactly(new Caveats.OtherFigures("r-1", done.comparedPosition(), true));
      }
      others |= !now.accounts().equals(then.accounts());
    }
    assertThat(others).isTrue();
    assertThat(done.differsFrom()).isEqualTo(25);
    assertThat(postings.of(before).read(asked(AsOf.at(32))).postings()).isEqualTo(page.postings());
    assertThat(postings.read(asked(AsOf.at(32))).postings()).isNotEqualTo(page.postings());
    rowsAreSecuredInWhatIsSwitchedInAndInWhatIsSetAside(before, head);
    assertThatThrownBy(
            () ->
                balances
                    .of(before)
                    .read(ALL, GROUPINGS, head, AsOf.at(done.comparedPosition() + 1)))
        .isInstanceOf(UntoldMomentException.class);
    // Of what came later nothing else was shown; of another projection, or rebuild, nothing at all.
    following.await("accounts", recordSlips(1));
    assertThatThrownBy(
            () ->
                balances
                    .of(before)
                    .read(ALL, GROUPINGS, head, AsOf.at(done.comparedPosition() + 1)))
        .isInstanceOf(UntoldMomentException.class);
    assertThat(AccountsProjections.read(database.reader()).caveats()).isNull();
    assertThat(Generation.find("r-1", List.of("claims"), database.reader())).isEmpty();
    assertThat(Generation.find("r-2", List.of("accounts"), database.reader())).isEmpty();
  }

  /** A balance is the one of now from its position on, and a posting counts from its own. */
  @Test
  void noFigureOfAPositionChangesUnsignedThoughSumsAreTheSame() throws Exception {
    long head = following.status("accounts").position();
    String ofOne =
        " where account_id = (select min(id) from projections.account where kind ="
            + " 'VENUE_PAYABLE')";
    int rebuilt = 0;
    BalancesQuery balances = new BalancesQuery(database.reader());
    List<Object> right = asOfEach(balances, head);
    for (String[] wrong :
        List.of(
            new String[] {"balance", "position = position - 1" + ofOne},
            new String[] {"posting", "position = position - 1" + ofOne + " and position = 21"},
            // What one has too much, another of the same account has too little.
            new String[] {
              "posting",
              "cents = cents + case position when 30 then 1 else -1 end"
                  + ofOne
                  + " and position in (30, 31)"
            })) {
      following.close();
      execute(database.projections(), "update projections.%s set %s".formatted(wrong[0], wrong[1]));
      following = Following.directly(database, ledger, AccountsProjections.accounts());
      List<Object> shown = asOfEach(balances, head);
      assertThat(shown).as(wrong[1]).isNotEqualTo(right);

      String id = "r-" + ++rebuilt;
      rebuilder.ask(id, "accounts", "clerk-1");
      Rebuild differs = await(id, Rebuild.State.DIFFERS);
      assertThat(rebuilds.differences(differs, 10))
          .as(wrong[1])
          .isNotEmpty()
          .allSatisfy(d -> assertThat(d.source()).isEqualTo(wrong[0]))
          .allSatisfy(d -> assertThat(d.key()).startsWith("VENUE_PAYABLE "));
      if (rebuilt == 1) {
        assertThat(rebuilds.differences(differs, 10))
            .extracting(
                Rebuilds.Difference::what, Rebuilds.Difference::before, Rebuilds.Difference::after)
            .containsExactly(
                tuple("last_fact", BigDecimal.valueOf(head - 1), BigDecimal.valueOf(head)));
      }
      assertThat(asOfEach(balances, head)).isEqualTo(shown);
      accept(differs, differs.digest());
      await(id, Rebuild.State.SWITCHED);
      assertThat(asOfEach(balances, head)).isEqualTo(right);
    }
  }

  private static List<Object> asOfEach(BalancesQuery balances, long head) {
    List<Object> each = new ArrayList<>();
    for (long position = 19; position <= head; position++) {
      each.add(balances.read(ALL, GROUPINGS, head, AsOf.at(position)).accounts());
    }
    return each;
  }

  /** A prescriber's register and a cheque's life rest on the registers. */
  @Test
  void whatTheRegistersShowedBeforeIsShownAgainAndNothingLater() throws Exception {
    List<Projection> all =
        follow(
            AccountsProjections.accounts(),
            RegistersProjections.registers(),
            ClaimsProjections.claims(),
            HistoriesProjections.histories());
    long head = ledger.reader().head();
    execute(
        database.projections(),
        "update projections.stock set handed_out = handed_out - 1 where prescriber = '"
            + Story.CCAS
            + "'");
    execute(database.projections(), "update projections.batch set ends_on = ends_on + 3");
    StockRegister stocks = new StockRegister(database.reader());
    ChequeHistories cheques = new ChequeHistories(database.reader(), ledger.reader());
    StockRegister.Stock stock = stocks.find(Story.CCAS.value()).orElseThrow();
    ChequeHistory cheque = cheques.find(Story.serial(1)).orElseThrow();

    rebuilder.ask("s-1", "registers", "clerk-1");
    Rebuild differs = await("s-1", Rebuild.State.DIFFERS);
    accept(differs, differs.digest());
    long until = await("s-1", Rebuild.State.SWITCHED).comparedPosition();
    Generation before =
        Generation.find("s-1", List.of("claims", "registers"), database.reader()).orElseThrow();
    for (Projection each : all) {
      following.await(each.name(), ledger.reader().head());
    }

    StockRegister.Stock again = stocks.of(before).find(Story.CCAS.value()).orElseThrow();
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("caveats", "position", "recordedAt")
        .isEqualTo(stock);
    assertThat(again.caveats().shownBefore()).isEqualTo("s-1");
    assertThat(stocks.find(Story.CCAS.value()).orElseThrow().inStock())
        .isEqualTo(stock.inStock() - 1);
    assertThat(stocks.find(Story.CCAS.value(), until, null).orElseThrow().caveats())
        .satisfies(
            caveats ->
                assertThat(caveats.otherFiguresBefore())
                    .containsExactly(new Caveats.OtherFigures("s-1", until, true)));
    VenueRegister venues = new VenueRegister(database.reader());
    assertThat(venues.of(before).read(VenueRegister.Filter.ALL, "", 9).caveats().shownBefore())
        .isEqualTo("s-1");
    ChequeHistory told = cheques.of(before).find(Story.serial(1)).orElseThrow();
    assertThat(told.endsOn()).isEqualTo(cheque.endsOn());
    assertThat(told.events()).isEqualTo(cheque.events());
    assertThat(told.caveats().shownBefore()).isEqualTo("s-1");
    // One of the tables of now leaves a fact out, and so do those of now that were replaced.
    passOver("claims", 2);
    passOver("registers", 3);
    assertThat(cheques.of(before).find(Story.serial(1)).orElseThrow().caveats().passedOver())
        .extracting(Caveats.PassedOver::position)
        .containsExactly(2L);
    assertThat(cheques.find(Story.serial(1)).orElseThrow().endsOn())
        .isEqualTo(cheque.endsOn().minusDays(3));
    assertThat(cheques.of(before).find(Story.serial(1), head).orElseThrow().endsOn())
        .isEqualTo(cheque.endsOn());

    // Of what came later nothing was shown before.
    long later = recordSlips(1);
    assertThat(later).isGreaterThan(until);
    for (Projection each : all) {
      following.await(each.name(), later);
    }
    assertThatThrownBy(() -> stocks.of(before).find(Story.CCAS.value(), later, null))
        .isInstanceOf(UntoldMomentException.class);
    assertThatThrownBy(() -> cheques.of(before).find(Story.serial(1), later))
        .isInstanceOf(UntoldMomentException.class);
    assertThat(cheques.find(Story.serial(1), later)).isPresent();
  }

  /** By the tables that were switched in, and by those that went aside. */
  @Test
  void aChequesLifeIsStillToldToWhomItConcernsAndToNobodyElse() throws Exception {
    List<Projection> all =
        follow(
            AccountsProjections.accounts(),
            RegistersProjections.registers(),
            ClaimsProjections.claims(),
            HistoriesProjections.histories());
    ChequeHistory whole =
        new ChequeHistories(database.reader(), ledger.reader()).find(Story.serial(1)).orElseThrow();

    execute(database.projections(), "update projections.slip set accepted = accepted + 1");
    rebuilder.ask("h-1", "histories", "clerk-1");
    Rebuild differs = await("h-1", Rebuild.State.DIFFERS);
    accept(differs, differs.digest());
    await("h-1", Rebuild.State.SWITCHED);

    for (Projection each : all) {
      following.await(each.name(), ledger.reader().head());
    }
    Generation before =
        Generation.find("h-1", List.of("histories"), database.reader()).orElseThrow();
    for (Generation shown : Arrays.asList(null, before)) {
      assertThat(lifeFor(Story.LIBRARY, shown).orElseThrow().events()).isEqualTo(whole.events());
      assertThat(lifeFor(Story.BUS, shown)).isEmpty();
    }
  }

  private Optional<ChequeHistory> lifeFor(VenueId venue, @Nullable Generation shown) {
    RowSecurity rows = new RowSecurity(() -> new Actor("v", Role.VENUE, venue.value()));
    return new ChequeHistories(new Snapshot(database.reader(), rows), ledger.reader())
        .of(shown)
        .find(Story.serial(1));
  }

  @Test
  void whatTheLabelRegisterShowedBeforeIsShownAgain() throws Exception {
    follow(LabelsProjections.labels());
    LabelRegister labels = new LabelRegister(database.reader());
    LabelRegister.Asked asked =
        new LabelRegister.Asked(LocalDate.of(2026, 5, 1), null, null, null, null);
    execute(database.projections(), "update projections.label_decision set decision = 'CP 0'");
    LabelRegister.Page shown = labels.read(asked, "", 100);
    assertThat(shown.venues()).isNotEmpty();

    rebuilder.ask("l-1", "labels", "clerk-1");
    Rebuild differs = await("l-1", Rebuild.State.DIFFERS);
    accept(differs, differs.digest());
    await("l-1", Rebuild.State.SWITCHED);
    Generation before = Generation.find("l-1", List.of("labels"), database.reader()).orElseThrow();

    assertThat(labels.of(before).read(asked, "", 100).venues()).isEqualTo(shown.venues());
    assertThat(labels.of(before).read(asked, "", 100).caveats().shownBefore()).isEqualTo("l-1");
    LabelRegister.Asked then =
        new LabelRegister.Asked(
            asked.on(), new LabelRegister.Known.At(shown.position()), null, null, null);
    assertThat(labels.read(then, "", 100).caveats().otherFiguresBefore())
        .extracting(Caveats.OtherFigures::rebuild)
        .containsExactly("l-1");
    assertThat(labels.read(asked, "", 100).venues())
        .isNotEqualTo(shown.venues())
        .hasSameSizeAs(shown.venues());
  }

  @Test
  void whatWasLeftOutUntilAnInstantIsToldThoughItIsTheLastAboutLabels() throws Exception {
    follow(LabelsProjections.labels(), AccountsProjections.accounts());
    LabelRegister labels = new LabelRegister(database.reader());
    long head = ledger.reader().head();
    Instant last = ledger.reader().read(head - 2, 1).getFirst().recordedAt();
    LabelRegister.Asked asked =
        new LabelRegister.Asked(
            LocalDate.of(2026, 5, 1), new LabelRegister.Known.Until(last), null, null, null);
    LabelRegister.Page before = labels.read(asked, "", 100);
    assertThat(before.position()).isLessThan(head - 1);
    assertThat(before.caveats()).isNull();

    passOver("labels", head - 1);
    assertThat(labels.read(asked, "", 100).caveats().passedOver())
        .extracting(Caveats.PassedOver::position)
        .containsExactly(head - 1);
  }

  private void passOver(String projection, long position) throws Exception {
    execute(
        database.projections(),
        "insert into projections.passed_over values ('%s', 0, %d, 'SlipJudged', 9, now())"
            .formatted(projection, position));
  }

  /** Whichever table somebody wrote into: a page of now is one of its position later. */
  @Test
  void aPageOfNowIsShownAgainWhenTheHeadHasMovedAndWhenItIsReplaced() throws Exception {
    following.close();
    execute(
        database.projections(),
        """
        update projections.balance b set cents = cents + case b.account_id when x.one then 7 else -7 end
          from (select min(id) as one, max(id) as other from projections.account where kind = 'VENUE_PAYABLE') x
         where b.account_id in (x.one, x.other)
        """);
    // One has too much, the other as much too little: the sum of both is as it was.
    execute(
        database.projections(),
        """
        update projections.posting p
           set balance_cents = balance_cents + case p.account_id when x.one then 700 else -700 end
          from (select min(id) as one, max(id) as other from projections.account where kind = 'TITLES_REDEEMED') x
         where p.account_id in (x.one, x.other) and p.position = 35
        """);
    following = Following.directly(database, ledger, AccountsProjections.accounts());
    BalancesQuery balances = new BalancesQuery(database.reader());
    List<Balances> shown = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Balances now = balances.read(ALL, GROUPINGS, 0, AsOf.NOW);
      assertThat(balances.read(ALL, GROUPINGS, 0, AsOf.at(now.position()))).isEqualTo(now);
      shown.add(now);
      following.await("accounts", recordSlips(2));
    }
    again(shown, balances);

    rebuilder.ask("r-1", "accounts", "clerk-1");
    Rebuild differs = await("r-1", Rebuild.State.DIFFERS);
    assertThat(rebuilds.differences(differs, 100).stream().map(Rebuilds.Difference::source))
        .contains("balance", "posting");
    assertThat(
            rebuilds.differences(differs, 100).stream()
                .filter(d -> d.key().startsWith("TITLES_REDEEMED") && d.position() == 35))
        .hasSize(2);
    accept(differs, differs.digest());
    await("r-1", Rebuild.State.SWITCHED);
    again(
        shown,
        balances.of(Generation.find("r-1", List.of("accounts"), database.reader()).orElseThrow()));
    assertThat(balances.read(ALL, GROUPINGS, 0, AsOf.at(shown.getLast().position())).funders())
        .isNotEqualTo(shown.getLast().funders());
  }

  private static void again(List<Balances> shown, BalancesQuery balances) {
    for (Balances then : shown) {
      assertThat(balances.read(ALL, GROUPINGS, 0, AsOf.at(then.position())))
          .usingRecursiveComparison()
          .ignoringFields("caveats", "ledgerPosition")
          .isEqualTo(then);
    }
  }

  private static PostingsQuery.Asked asked(AsOf asOf) {
    return new PostingsQuery.Asked(ALL, null, null, asOf, PostingsQuery.Cursor.NEWEST, 500);
  }

  @Test
  void aFactThatIsSetAsideLetsItsProjectionGoOnAndIsPassedOverByARebuildToo() throws Exception {
    following.close();
    rebuilder.stop();
    long refused = ledger.reader().head() + 2;
    Projection refusing =
        new Projection() {
          private final Projection accounts = AccountsProjections.accounts();

          @Override
          public String name() {
            return accounts.name();
          }

          @Override
          public Tables tables() {
            return accounts.tables();
          }

          @Override
          public Changes fold(List<RecordedFact> facts) {
            if (facts.stream().anyMatch(fact -> fact.position() == refused)) {
              throw new UnfoldableFactException("nobody can accept this");
            }
            return accounts.fold(facts);
          }
        };
    following = Following.directly(database, ledger, refusing);
    rebuilder =
        new Rebuilder(
            List.of(refusing), ledger.reader(), database.projections(), Clock.systemUTC());
    rebuilder.start();
    ledger.record(
        List.of(
            Story.slip(Story.LIBRARY, "before", Story.LIBRARY_DESK, 401, 402),
            Story.slip(Story.LIBRARY, "refused", Story.LIBRARY_DESK, 403, 404),
            Story.slip(Story.LIBRARY, "after", Story.LIBRARY_DESK, 405, 406)));
    Lags lags =
        new Lags(database.reader(), ledger.reader(), following.runners(), Clock.systemUTC());
    assertThat(following.awaitStop("accounts").stoppedAt()).isEqualTo(refused);
    awaitTrue(() -> lags.read().getFirst().stopped() != null);
    ProjectionLag stopped = lags.read().getFirst();
    assertThat(stopped.state()).isEqualTo(ProjectionLag.State.STOPPED);
    assertThat(stopped.stopped().position()).isEqualTo(refused);
    assertThat(stopped.stopped().fact()).isEqualTo("SlipJudged");
    assertThat(stopped.stopped().reason()).contains("nobody can accept this");
    assertThat(stopped.stopped().remedy()).contains("setFactAside");
    assertThat(stopped.lagFacts()).isEqualTo(2);
    assertThat(stopped.lagPositions()).isEqualTo(2);
    assertThat(stopped.oldestUnfoldedAt()).isNotNull();

    // Of another projection it lets nobody go on.
    ledger.record(
        new FactSetAside(
            "claims", refused, SetAsideReason.DEFECT_OF_THE_FOLD, "clerk-1", "clerk-2"));
    Thread.sleep(1_500);
    assertThat(following.status("accounts").state()).isEqualTo(ProjectionStatus.State.STOPPED);
    long head =
        ledger.record(
            new FactSetAside(
                "accounts", refused, SetAsideReason.DEFECT_OF_THE_FOLD, "clerk-1", "clerk-2"));
    awaitTrue(() -> following.status("accounts").position() == head);
    assertThat(following.status("accounts").state()).isEqualTo(ProjectionStatus.State.RUNNING);
    assertThat(AccountsProjections.read(database.reader()).totals().redeemedCents())
        .isEqualTo(slips * 2_000L + 4_000);
    ProjectionLag goesOn = lags.read().getFirst();
    assertThat(goesOn.stopped()).isNull();
    assertThat(goesOn.lagFacts()).isZero();
    assertThat(goesOn.setAside())
        .containsExactly(
            new ProjectionLag.PassedOver(
                refused, SetAsideReason.DEFECT_OF_THE_FOLD, "clerk-1", "clerk-2", null));

    // Every answer that it is made for says so; those of before do not.
    Balances without = AccountsProjections.read(database.reader());
    Caveats.PassedOver passedOver = without.caveats().passedOver().getFirst();
    assertThat(passedOver.projection()).isEqualTo("accounts");
    assertThat(passedOver.position()).isEqualTo(refused);
    assertThat(passedOver.fact()).isEqualTo("SlipJudged");
    assertThat(passedOver.signedAt()).isEqualTo(head);
    BalancesQuery balances = new BalancesQuery(database.reader());
    assertThat(balances.read(ALL, GROUPINGS, head, AsOf.at(refused - 1)).caveats()).isNull();
    PostingsQuery postings = new PostingsQuery(database.reader());
    assertThat(postings.read(asked(AsOf.at(refused))).caveats().passedOver())
        .containsExactly(passedOver);

    earlierReleasesListedNothing(refused, head);

    rebuilder.ask("r-1", "accounts", "clerk-1");
    assertThat(await("r-1", Rebuild.State.SWITCHED).differences()).isZero();
    assertThat(AccountsProjections.read(database.reader()).caveats()).isEqualTo(without.caveats());

    // A release takes it, and two people take back that it is passed over: it is until a rebuild.
    rebuilder.stop();
    following.close();
    following = Following.directly(database, ledger, AccountsProjections.accounts());
    rebuilder =
        new Rebuilder(
            List.of(AccountsProjections.accounts()),
            ledger.reader(),
            database.projections(),
            Clock.systemUTC());
    rebuilder.start();
    following.await(
        "accounts",
        ledger.record(
            new SettingAsideLifted(
                "accounts", refused, SetAsideReason.DEFECT_OF_THE_FOLD, "clerk-2", "clerk-1")));
    assertThat(AccountsProjections.read(database.reader()).caveats()).isEqualTo(without.caveats());
    rebuilder.ask("r-2", "accounts", "clerk-1");
    Rebuild differs = await("r-2", Rebuild.State.DIFFERS);
    assertThat(rebuilds.differences(differs, 100))
        .anySatisfy(
            d -> {
              assertThat(d.source()).isEqualTo("posting");
              assertThat(d.position()).isEqualTo(refused);
              assertThat(d.before()).isNull();
            });
    accept(differs, differs.digest());
    await("r-2", Rebuild.State.SWITCHED);
    Balances whole = AccountsProjections.read(database.reader());
    assertThat(whole.totals().redeemedCents()).isEqualTo(without.totals().redeemedCents() + 2_000);
    assertThat(whole.caveats()).isNotNull();
    assertThat(whole.caveats().passedOver()).isEmpty();
    Generation before =
        Generation.find("r-2", List.of("accounts"), database.reader()).orElseThrow();
    assertThat(balances.of(before).read(ALL, GROUPINGS, 0, AsOf.NOW).caveats().passedOver())
        .containsExactly(passedOver);
  }

  /** A venue that asks for everything gets what is its own, of the tables of now and of before. */
  private void rowsAreSecuredInWhatIsSwitchedInAndInWhatIsSetAside(Generation before, long head) {
    Actor library = new Actor("library", Role.VENUE, Story.LIBRARY.value());
    Snapshot asked = new Snapshot(database.reader(), new RowSecurity(() -> library));
    Filter own = Filter.ofVenue(library.subject());
    for (Generation shown : new Generation[] {null, before}) {
      Balances balances =
          new BalancesQuery(database.reader()).of(shown).read(own, GROUPINGS, head, AsOf.at(32));
      assertThat(balances.venues()).isNotEmpty();
      assertThat(
              new BalancesQuery(asked).of(shown).read(ALL, GROUPINGS, head, AsOf.at(32)).accounts())
          .isEqualTo(balances.accounts());
      PostingsPage postings =
          new PostingsQuery(database.reader())
              .of(shown)
              .read(new Asked(own, null, null, AsOf.at(32), Cursor.NEWEST, 100));
      assertThat(postings.postings()).isNotEmpty();
      assertThat(
              new PostingsQuery(asked)
                  .of(shown)
                  .read(new Asked(ALL, null, null, AsOf.at(32), Cursor.NEWEST, 100)))
          .isEqualTo(postings);
    }
  }

  /** The migration lists what the tables leave out that were replaced before. */
  private void earlierReleasesListedNothing(long refused, long signed) throws Exception {
    execute(
        database.projections(),
        """
        insert into projections.rebuild (id, projection, state, kept, compared_position, asked_by, asked_at) values
          ('before-it', 'accounts', 'SWITCHED', true, %1$d - 1, 'clerk-1', now()),
          ('of-another', 'claims', 'SWITCHED', true, %1$d, 'clerk-1', now()),
          ('kept', 'accounts', 'SWITCHED', true, %1$d, 'clerk-1', now()),
          ('abandoned', 'accounts', 'ABANDONED', false, 0, 'clerk-1', now())
        """
            .formatted(signed));
    String ofAbandoned =
        """
        insert into projections.passed_over
        select 'accounts', number, 1, 'SlipJudged', 2, now() from projections.rebuild where id = 'abandoned'
        """;
    execute(database.projections(), ofAbandoned);
    try (InputStream script =
        Tables.class.getResourceAsStream(
            "/db/migration/projections/V440__passed_over_before.sql")) {
      execute(database.owner(), new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    String listed =
        "select count(*) from projections.passed_over p join projections.rebuild r on r.number in"
            + " (p.generation, -p.generation)";
    assertThat(number(database.reader(), listed)).isEqualTo(2);
    execute(database.projections(), ofAbandoned);
    assertThat(number(database.reader(), listed)).isEqualTo(3);
    rebuilder.cancel("abandoned", "clerk-2");
    assertThat(number(database.reader(), listed)).isEqualTo(2);
    assertThat(
            number(
                database.reader(),
                listed
                    + " where r.id = 'kept' and p.position = %d and p.signed_at = %d and p.fact = 'SlipJudged'"
                        .formatted(refused, signed)))
        .isOne();
    execute(database.owner(), "delete from projections.passed_over where generation <> 0");
    execute(database.owner(), "delete from projections.rebuild");
  }

  @Test
  void whereNoFactIsAtFaultNoneIsNamedSoThatNoneIsSetAside(CapturedOutput output) throws Exception {
    rebuilder.stop();
    Projection doubling =
        new Projection() {
          private final Projection accounts = AccountsProjections.accounts();

          @Override
          public String name() {
            return accounts.name();
          }

          @Override
          public Tables tables() {
            return accounts.tables();
          }

          @Override
          public Changes fold(List<RecordedFact> facts) {
            Changes changes = accounts.fold(facts);
            return connection -> {
              changes.writeInBulk(connection);
              // Without keys it goes in; it shows when they are made, many facts later.
              for (String table : List.of("posting", "journal")) {
                try (PreparedStatement doubled =
                    connection.prepareStatement(
                        "insert into projections.%1$s select * from projections.%1$s limit 1"
                            .formatted(table))) {
                  doubled.executeUpdate();
                }
              }
            };
          }
        };
    rebuilder =
        new Rebuilder(
            List.of(doubling),
            ledger.reader(),
            database.projections(),
            Clock.systemUTC(),
            new RebuildRun.Pace(100, 10, 5));
    rebuilder.start();

    rebuilder.ask("r-1", "accounts", "clerk-1");
    awaitTrue(() -> find("r-1").stopped());

    Rebuild stopped = find("r-1");
    assertThat(stopped.stoppedAt()).isEqualTo(Rebuild.NO_FACT);
    assertThat(stopped.reason()).contains("posting");
    assertThat(output)
        .as("and the other, which was made beside it")
        .containsPattern("Suppressed: .*journal");
    assertThat(Progress.of(stopped, Instant.now()).state()).isEqualTo("STOPPED");
  }

  @Test
  void whatHasEndedIsNotBegunAgainByWhoeverStillTakesItForOpen() throws Exception {
    rebuilder.ask("r-1", "accounts", "clerk-1");
    Rebuild done = await("r-1", Rebuild.State.SWITCHED);

    assertThatThrownBy(
            () ->
                new RebuildRow(done.number(), database.projections())
                    .state(Rebuild.State.CATCHING_UP, Rebuild.State.CATCHING_UP))
        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(Standing.passing(e)).isTrue());
    assertThatThrownBy(() -> rebuilder.cancel("r-1", "clerk-1"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("REBUILD_ENDED"));
    assertThat(find("r-1").state()).isEqualTo(Rebuild.State.SWITCHED);
  }

  @Test
  void oneAtATimeAndTheSameIdIsTheSameRebuild() throws Exception {
    Rebuild asked = rebuilder.ask("r-1", "accounts", "clerk-1");
    assertThat(rebuilder.ask("r-1", "accounts", "clerk-1").number()).isEqualTo(asked.number());
    await("r-1", Rebuild.State.SWITCHED);
    assertThat(rebuilder.ask("r-1", "accounts", "clerk-2").state())
        .isEqualTo(Rebuild.State.SWITCHED);
    assertThatThrownBy(() -> rebuilder.ask("r-2", "nothing", "clerk-1"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("UNKNOWN_PROJECTION"));
  }

  /** These, and no others, until they stand at the head. */
  private List<Projection> follow(Projection... projections) throws InterruptedException {
    following.close();
    rebuilder.stop();
    List<Projection> all = List.of(projections);
    following = Following.directly(database, ledger, projections);
    rebuilder = new Rebuilder(all, ledger.reader(), database.projections(), Clock.systemUTC());
    rebuilder.start();
    for (Projection each : all) {
      following.await(each.name(), ledger.reader().head());
    }
    return all;
  }

  private void accept(Rebuild rebuild, String digest) {
    ledger.record(
        new RebuildDifferencesAccepted(
            new RebuildDifferences(
                new RebuildId(rebuild.id()),
                rebuild.projection(),
                rebuild.comparedPosition(),
                digest,
                2,
                List.of(
                    new DifferingSum(
                        "balance",
                        "one",
                        Optional.of(1L),
                        Optional.of(8L),
                        Optional.empty(),
                        Optional.of("cents"),
                        Optional.empty(),
                        Optional.empty()))),
            "clerk-1",
            "clerk-2"));
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
    return head;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void awaitTrue(Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private Rebuild find(String id) {
    return rebuilds.find(id).orElseThrow();
  }

  private Rebuild await(String id, Rebuild.State state) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (find(id).state() != state && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(find(id).state()).as(find(id).toString()).isEqualTo(state);
    return find(id);
  }

  private long tableOf(String name) throws Exception {
    return number(
        database.reader(), "select '%s'::regclass::oid::bigint".formatted("projections." + name));
  }

  private long schemasOnceThereAre(long wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String sql = "select count(*) from pg_namespace where nspname ~ '^(rebuild|before)_'";
    while (number(database.reader(), sql) != wanted && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    return number(database.reader(), sql);
  }

  private String text(String sql) throws Exception {
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }
}
