package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.TPE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.part;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Slips and transfers as they are listed, on the real register. */
class SlipListTest {
  private static final Actor ENGINE = Actor.ENGINE;
  private static final Actor ALPHAS = new Actor("alpha-1", Role.VENUE, ALPHA.value());

  private final SettlementWorld world = new SettlementWorld();
  private final SlipList slips =
      new SlipList(world.register, Supplier::get, new FixtureReader(world.ledger));
  private final ListedVenues venues = new ListedVenues(world.register, Supplier::get);
  private final TransferList transfers = new TransferList(world.register, Supplier::get);

  @BeforeEach
  void twoVenues() {
    world.ledger.given(listed(ALPHA), listed(BETA), account(ALPHA, "v-a", "iban-a"));
  }

  private static VenueListed listed(VenueId venue) {
    return new VenueListed(
        venue,
        VenueListed.IdentifiedBy.SIRET,
        "Médiathèque",
        true,
        List.of(),
        Optional.empty(),
        "test");
  }

  private List<String> states(Actor actor, SlipList.Filter filter) {
    return endpoint().readSlips(actor, filter, SlipSort.NEWEST, null, 50).slips().stream()
        .map(row -> row.reference() + told(row))
        .toList();
  }

  private static String told(SlipList.Row row) {
    List<String> parts = new ArrayList<>();
    for (SlipPart part : row.states()) {
      parts.add(
          " %s %d%s%s"
              .formatted(
                  part.state(),
                  part.cents(),
                  part.transferId().map(id -> " " + id).orElse(""),
                  part.on().map(on -> " " + on).orElse("")));
    }
    assertThat(row.states().stream().mapToLong(SlipPart::cents).sum())
        .isEqualTo(row.acceptedCents());
    return String.join("", parts);
  }

  private SlipListEndpoint endpoint() {
    return new SlipListEndpoint(slips, venues);
  }

  private static SlipList.Filter all() {
    return SlipList.Filter.ALL;
  }

  private static SlipList.Filter of(@Nullable SlipState state) {
    return new SlipList.Filter(null, state, null, null, null, null);
  }

  @Test
  void aSlipOfTwoProgrammesIsPaidToThePartThatARunOfOneOfThemPaid() {
    world.ledger.given(slip(ALPHA, "S-1", part(PASS, STATE, 3_000), part(TPE, STATE, 2_000)));
    world.begin(CUT_OFF);
    world.openAndHandOut(run("R-1"));
    assertThat(states(ENGINE, all())).containsExactly("S-1 SENT 3000 R-1-1 2026-04-02 OWED 2000");

    world.ledger.send(confirm("R-1", "R-1-1", CUT_OFF));

    assertThat(states(ENGINE, all())).containsExactly("S-1 PAID 3000 R-1-1 2026-04-01 OWED 2000");
    assertThat(states(ENGINE, of(SlipState.PAID))).hasSize(1);
    assertThat(states(ENGINE, of(SlipState.OWED))).hasSize(1);
    assertThat(states(ENGINE, of(SlipState.SENT))).isEmpty();
  }

  @Test
  void aFileHasWhatIsOfAWholeSlipOnceSoThatItsColumnsCanBeSummed() throws Exception {
    world.ledger.given(slip(ALPHA, "S-1", part(PASS, STATE, 3_000), part(TPE, STATE, 2_000)));
    world.begin(CUT_OFF);
    world.openAndHandOut(run("R-1"));
    MockHttpServletResponse file = new MockHttpServletResponse();
    endpoint().exportSlips(ENGINE, all(), new TableDownload(TableFormat.CSV, file));

    List<String[]> rows =
        file.getContentAsString().lines().skip(1).map(row -> row.split(",", -1)).toList();
    assertThat(rows).extracting(row -> row[1]).containsExactly("S-1", "S-1");
    assertThat(rows).extracting(row -> row[6]).containsExactly("5000", "");
    assertThat(rows).extracting(row -> row[9]).containsExactly("3000", "2000");
  }

  @Test
  void whatTheBankSentBackIsToldSoUntilALaterTransferTakesIt() {
    world.ledger.given(slip(ALPHA, "S-1", 3_000));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
    assertThat(states(ENGINE, all())).containsExactly("S-1 IN_RUN 3000 R-1-1");
    world.ledger.send(release("R-1", SettlementWorld.SECOND_CLERK));
    assertThat(states(ENGINE, all())).containsExactly("S-1 RELEASED 3000 R-1-1 2026-04-02");
    world.handOut("R-1");
    world.ledger.send(reject("R-1", "R-1-1", CUT_OFF, "AC04"));

    assertThat(states(ENGINE, all())).containsExactly("S-1 SENT_BACK 3000 R-1-1 2026-04-01");

    world.ledger.given(account(ALPHA, "v-a2", "iban-a2"));
    world.begin(CUT_OFF.plusDays(1));
    world.openAndHandOut(run("R-2", CUT_OFF.plusDays(1)));
    world.ledger.send(confirm("R-2", "R-2-1", CUT_OFF.plusDays(1)));
    assertThat(states(ENGINE, all())).containsExactly("S-1 PAID 3000 R-2-1 2026-04-02");
    assertThat(transfers.newest(filter(null), null, 10).transfers())
        .extracting(
            row -> row.transfer().value(), TransferList.Row::state, TransferList.Row::paidAgainBy)
        .containsExactly(
            tuple("R-2-1", TransferList.State.CONFIRMED, List.of()),
            tuple("R-1-1", TransferList.State.REJECTED, List.of(new TransferId("R-2-1"))));
  }

  @Test
  void aCancelledRunLeavesItsSlipsOwedAndItsTransfersUnlisted() {
    world.ledger.given(slip(ALPHA, "S-1", 3_000));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
    world.ledger.send(cancel("R-1"));

    assertThat(states(ENGINE, all())).containsExactly("S-1 OWED 3000");
    assertThat(transfers.newest(filter(null), null, 10).transfers()).isEmpty();
  }

  @Test
  void aSlipThatIsTakenBackOrHasNothingAcceptedIsToldSo() {
    world.ledger.given(slip(ALPHA, "S-1", 3_000));
    long position = world.ledger.facts().size();
    world.ledger.given(
        new SlipWithdrawn(
            ALPHA,
            new SlipReference("S-1"),
            position,
            Instant.parse("2026-03-20T11:00:00Z"),
            List.of(),
            slip(ALPHA, "S-1", 3_000).owed(),
            List.of(),
            List.of()),
        slip(ALPHA, "S-2"));

    assertThat(states(ENGINE, all()))
        .containsExactly("S-2 REFUSED 0", "S-1 WITHDRAWN 3000 2026-03-20");
    assertThat(states(ENGINE, of(SlipState.REFUSED))).containsExactly("S-2 REFUSED 0");
    assertThat(states(ENGINE, of(SlipState.WAIVED))).isEmpty();
    assertThat(states(ENGINE, new SlipList.Filter(null, null, PASS, null, null, null))).hasSize(1);
  }

  @Test
  void oneOfWhichNothingWasOwedIsTakenBackAndToldAsItWas() {
    world.ledger.given(slip(ALPHA, "S-1"));
    world.ledger.given(
        new SlipWithdrawn(
            ALPHA,
            new SlipReference("S-1"),
            world.ledger.facts().size(),
            Instant.parse("2026-03-20T11:00:00Z"),
            List.of(),
            List.of(),
            List.of(),
            List.of()));

    assertThat(states(ENGINE, all())).containsExactly("S-1 REFUSED 0");
    assertThat(states(ENGINE, of(SlipState.REFUSED))).containsExactly("S-1 REFUSED 0");
  }

  @Test
  void aVenueReadsItsOwnWhateverItAsksForAndAClerkThoseOfOneThatExists() {
    world.ledger.given(slip(ALPHA, "S-1", 1_000), slip(BETA, "S-2", 2_000));

    assertThat(states(ALPHAS, SlipList.Filter.of(BETA))).containsExactly("S-1 OWED 1000");
    assertThat(states(ENGINE, SlipList.Filter.of(BETA))).containsExactly("S-2 OWED 2000");
    assertThatThrownBy(() -> states(ENGINE, SlipList.Filter.of(new VenueId("99999999999999"))))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> states(new Actor("f-1", Role.FUNDER, ALPHA.value()), all()))
        .isInstanceOf(Problem.class);
  }

  @Test
  void thoseWithRejectedLinesAreFoundWithoutALookAtTheOthers() {
    for (int i = 1; i <= 700; i++) {
      world.ledger.given(i % 300 == 0 ? ofAnUnknownCheque("R-" + i) : slip(ALPHA, "S-" + i, 1_000));
    }

    assertThat(states(ENGINE, rejected(true, null)))
        .containsExactly("R-600 REFUSED 0", "R-300 REFUSED 0");
    assertThat(lookedAt(rejected(true, null), SlipSort.NEWEST)).isEqualTo(2);
    assertThat(states(ENGINE, rejected(true, SlipState.OWED))).isEmpty();
    assertThat(states(ENGINE, rejected(false, SlipState.REFUSED))).isEmpty();
    assertThat(lookedAt(rejected(false, null), SlipSort.NEWEST))
        .as("a page and one more")
        .isEqualTo(26);
  }

  private static SlipJudged ofAnUnknownCheque(String reference) {
    SlipJudged.Line line =
        new SlipJudged.Line(
            Optional.empty(), 0, Optional.of(Verdict.UNKNOWN_CHEQUE), Optional.empty());
    return new SlipJudged(
        ALPHA,
        new SlipReference(reference),
        "digest",
        Instant.parse("2026-03-20T10:00:00Z"),
        List.of(),
        List.of(line),
        List.of());
  }

  private static SlipList.Filter rejected(boolean with, @Nullable SlipState state) {
    return new SlipList.Filter(null, state, null, null, null, with);
  }

  @Test
  void daysAreThoseOnWhichSlipsWerePresented() {
    world.ledger.given(slip(ALPHA, "S-1", 1_000));
    LocalDate day = LocalDate.of(2026, 3, 20);

    assertThat(states(ENGINE, new SlipList.Filter(null, null, null, day, day, null))).hasSize(1);
    assertThat(states(ENGINE, new SlipList.Filter(null, null, null, day.plusDays(1), null, null)))
        .isEmpty();
    assertThat(states(ENGINE, new SlipList.Filter(null, null, null, null, day.minusDays(1), null)))
        .isEmpty();
  }

  @Test
  void pagesGoOnWhereTheyEndedThoughOnlyAFewAreAskedFor() {
    for (int i = 1; i <= 1_203; i++) {
      world.ledger.given(i % 400 == 0 ? slip(ALPHA, "R-" + i) : slip(ALPHA, "S-" + i, 1_000));
    }
    List<String> found = new ArrayList<>();
    Long before = null;
    do {
      SlipList.Rows page = slips.page(of(SlipState.REFUSED), SlipSort.NEWEST, before, 2);
      page.slips().forEach(row -> found.add(row.reference().value()));
      before = page.next().orElse(null);
    } while (before != null);
    assertThat(found).containsExactly("R-1200", "R-800", "R-400");
    assertThat(slips.page(all(), SlipSort.NEWEST, null, 3).slips())
        .extracting(row -> row.reference().value())
        .containsExactly("S-1203", "S-1202", "S-1201");
    assertThat(slips.page(all(), SlipSort.NEWEST, null, 3).next()).isPresent();
    assertThat(slips.page(of(SlipState.OWED), SlipSort.NEWEST, null, 1_200).next()).isEmpty();
  }

  /** In an old ledger nearly all slips are paid. */
  @Test
  void ofARareStateOnlySlipsThatAreInItAreLookedAt() {
    for (int i = 1; i <= 1_000; i++) {
      world.ledger.given(i % 400 == 0 ? slip(ALPHA, "R-" + i) : slip(ALPHA, "S-" + i, 1_000));
    }
    world.begin(CUT_OFF);
    world.openAndHandOut(run("R-1"));
    world.ledger.given(slip(BETA, "T-1", part(TPE, STATE, 2_000)));

    for (SlipSort sort : SlipSort.values()) {
      assertThat(lookedAt(of(SlipState.REFUSED), sort)).as("%s", sort).isEqualTo(2);
      assertThat(lookedAt(of(SlipState.OWED), sort)).isEqualTo(1);
      assertThat(lookedAt(new SlipList.Filter(null, null, TPE, null, null, null), sort))
          .isEqualTo(1);
      assertThat(lookedAt(of(SlipState.SENT_BACK), sort)).isZero();
      assertThat(lookedAt(new SlipList.Filter(BETA, SlipState.SENT, null, null, null, null), sort))
          .isZero();
      assertThat(lookedAt(of(SlipState.SENT), sort)).as("a page and one more").isEqualTo(26);
      assertThat(lookedAt(all(), sort)).isEqualTo(26);
    }
  }

  /** Of a hundred thousand slips each would be looked at while every other fold waits. */
  @Test
  void aRunThatIsReleasedOrHandedOutMovesItsSlipsWithoutALookAtEach() {
    // Once for what is made at the first time alone.
    var _ = allocatedByRun(100);
    long few = allocatedByRun(100);
    long many = allocatedByRun(1_100);

    assertThat(many - few).as("bytes for 1000 slips more").isLessThan(8_000);
  }

  /** What the folds of its release and of its file come to, in bytes of this thread. */
  private static long allocatedByRun(int slips) {
    SettlementWorld recorded = new SettlementWorld();
    recorded.ledger.given(account(ALPHA, "v-a", "iban-a"));
    for (int i = 1; i <= slips; i++) {
      recorded.ledger.given(slip(ALPHA, "S-" + i, 1_000));
    }
    recorded.begin(CUT_OFF);
    recorded.openAndHandOut(run("R-1"));
    SettlementRegister register = new SettlementRegister();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    long position = 0;
    for (Fact fact : recorded.ledger.facts()) {
      position++;
      long before = threads.getCurrentThreadAllocatedBytes();
      register.fold(fact, position, Instant.parse("2026-04-01T10:00:00Z"));
      if (fact instanceof SettlementRunReleased || fact instanceof CreditTransferFileDownloaded) {
        allocated += threads.getCurrentThreadAllocatedBytes() - before;
      }
    }
    SlipOrder sent = register.slips().asked(of(SlipState.SENT));
    assertThat(sent.inOrder(SlipSort.OLDEST, null, slips + 1)).hasSize(slips);
    return allocated;
  }

  /** How many slips' facts a page of 25 reads. */
  private int lookedAt(SlipList.Filter filter, SlipSort sort) {
    CountedReader reader = new CountedReader(new FixtureReader(world.ledger));
    new SlipList(world.register, Supplier::get, reader).page(filter, sort, null, 25);
    return reader.facts();
  }

  @Test
  void inEachOrderPagesGoOnAfterTheirLastAndEqualOnesAreTheNewerFirst() {
    world.ledger.given(
        slip(ALPHA, "S-1", 3_000),
        slip(BETA, "S-2", 9_000),
        slip(ALPHA, "S-3", 1_000),
        slip(ALPHA, "S-4", 3_000),
        slip(ALPHA, "S-5"));

    assertThat(inPages(SlipList.Filter.of(ALPHA), SlipSort.NEWEST))
        .containsExactly("S-5", "S-4", "S-3", "S-1");
    assertThat(inPages(SlipList.Filter.of(ALPHA), SlipSort.OLDEST))
        .containsExactly("S-1", "S-3", "S-4", "S-5");
    assertThat(inPages(all(), SlipSort.HIGHEST)).containsExactly("S-2", "S-4", "S-1", "S-3", "S-5");
    assertThat(inPages(SlipList.Filter.of(ALPHA), SlipSort.LOWEST))
        .containsExactly("S-5", "S-3", "S-4", "S-1");
    assertThat(inPages(of(SlipState.OWED), SlipSort.LOWEST))
        .containsExactly("S-3", "S-4", "S-1", "S-2");
  }

  /** By going on after another's slip a venue would learn what that comes to. */
  @Test
  void aSlipOfAnotherVenueIsNotWeighedAgainstOnesOwn() {
    world.ledger.given(slip(ALPHA, "S-1", 1_000), slip(BETA, "S-2", 2_000));
    long anothers =
        slips
            .page(SlipList.Filter.of(BETA), SlipSort.NEWEST, null, 1)
            .slips()
            .getFirst()
            .position();

    for (SlipSort byAmount : List.of(SlipSort.HIGHEST, SlipSort.LOWEST)) {
      for (long notOnesOwn : List.of(anothers, anothers + 1_000)) {
        assertThatThrownBy(() -> slips.page(SlipList.Filter.of(ALPHA), byAmount, notOnesOwn, 1))
            .as("another's and nobody's alike")
            .isInstanceOf(Problem.class)
            .hasMessageContaining("the parameter before must be what the page before names as next")
            .extracting(refused -> ((Problem) refused).code())
            .isEqualTo("INVALID_PARAMETER");
      }
    }
    assertThat(slips.page(SlipList.Filter.of(ALPHA), SlipSort.NEWEST, anothers, 1).slips())
        .as("where no amount is told by it")
        .hasSize(1);
  }

  /** However long it takes to bring those in order: no fold waits for it. */
  @Test
  void whatIsRecordedWhileSlipsAreBroughtInOrderIsOfAnotherPage() {
    PresentedSlips presented = new PresentedSlips();
    LocalDate day = LocalDate.of(2026, 3, 20);
    for (int i = 1; i <= 16; i++) {
      presented.add(ALPHA, i, day, 100 * i, false);
    }
    SlipOrder full = presented.asked(SlipList.Filter.of(ALPHA));
    presented.add(ALPHA, 17, day, 1_700, false);
    SlipOrder grown = presented.asked(SlipList.Filter.of(ALPHA));
    presented.add(ALPHA, 18, day, 1_800, false);

    assertThat(full.inOrder(SlipSort.HIGHEST, null, 1)).containsExactly(16L);
    assertThat(full.inOrder(SlipSort.NEWEST, null, 1)).containsExactly(16L);
    assertThat(full.inOrder(SlipSort.OLDEST, 15L, 9)).containsExactly(16L);
    assertThat(grown.inOrder(SlipSort.HIGHEST, null, 1)).containsExactly(17L);
    assertThat(grown.has(18)).isFalse();
  }

  @Test
  void aPageIsInTheOrderOfWhenItWasAskedFor() {
    for (int i = 1; i <= 30; i++) {
      world.ledger.given(slip(ALPHA, "S-" + i, 1_000));
    }
    SlipList whileOthersAreRecorded =
        new SlipList(
            world.register,
            new ReadLock() {
              private int meanwhile;

              @Override
              public <T> T read(Supplier<T> query) {
                T answer = query.get();
                world.ledger.given(slip(ALPHA, "R-" + meanwhile++));
                return answer;
              }
            },
            new FixtureReader(world.ledger));

    assertThat(
            whileOthersAreRecorded.page(of(SlipState.REFUSED), SlipSort.HIGHEST, null, 1).slips())
        .isEmpty();
  }

  /** By twos. */
  private List<String> inPages(SlipList.Filter filter, SlipSort sort) {
    List<String> found = new ArrayList<>();
    Long after = null;
    do {
      SlipList.Rows page = slips.page(filter, sort, after, 2);
      page.slips().forEach(row -> found.add(row.reference().value()));
      after = page.next().orElse(null);
    } while (after != null);
    return found;
  }

  @Test
  void ofATransferThatPaysTwoVenuesEachIsToldItsPartAndAPageEndsWithinARun() {
    world.ledger.given(
        account(BETA, "v-b", "iban-a"),
        slip(ALPHA, "S-1", 1_000),
        slip(BETA, "S-2", 2_000),
        slip(BETA, "S-3", 4_000));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
    TransferListEndpoint endpoint = new TransferListEndpoint(transfers, venues);

    TransferList.Row own =
        endpoint
            .readTransfers(ALPHAS, new TransferList.Filter(BETA, null, null, null, null), null, 10)
            .transfers()
            .getFirst();
    assertThat(own.amountCents()).isEqualTo(1_000);
    assertThat(own.venues()).containsExactly(new TransferList.OfVenue(ALPHA, 1, 1_000));
    assertThat(states(ENGINE, all()))
        .as("each with its own piece of the transfer")
        .containsExactly("S-3 IN_RUN 4000 R-1-1", "S-2 IN_RUN 2000 R-1-1", "S-1 IN_RUN 1000 R-1-1");
    TransferList.Row whole = transfers.newest(filter(null), null, 10).transfers().getFirst();
    assertThat(whole.amountCents()).isEqualTo(7_000);
    assertThat(whole.state()).isEqualTo(TransferList.State.IN_RUN);
    assertThat(transfers.newest(filter(TransferList.State.SENT), null, 10).transfers()).isEmpty();
  }

  @Test
  void transfersOfOneRunAreReadInPages() {
    world.ledger.given(
        account(BETA, "v-b", "iban-b"), slip(ALPHA, "S-1", 1_000), slip(BETA, "S-2", 2_000));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));

    TransferList.Rows first = transfers.newest(filter(null), null, 1);
    TransferList.Rows second = transfers.newest(filter(null), first.next().orElseThrow(), 1);

    assertThat(first.transfers().getFirst().transfer()).isEqualTo(new TransferId("R-1-2"));
    assertThat(second.transfers().getFirst().transfer()).isEqualTo(new TransferId("R-1-1"));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aVenueIsToldItsOwnTransfersOfAllRunsTheNewestFirst() {
    world.ledger.given(
        account(BETA, "v-b", "iban-b"), slip(ALPHA, "S-1", 1_000), slip(BETA, "S-2", 2_000));
    world.begin(CUT_OFF);
    world.openAndHandOut(run("R-1"));
    world.ledger.send(confirm("R-1", "R-1-1", CUT_OFF));
    world.ledger.given(slip(ALPHA, "S-3", 4_000), slip(BETA, "S-4", 8_000));
    world.begin(CUT_OFF.plusDays(1));
    world.ledger.send(run("R-2", CUT_OFF.plusDays(1)));
    world.ledger.send(cancel("R-2"));
    world.ledger.send(run("R-3", CUT_OFF.plusDays(1)));
    TransferList.Filter own = new TransferList.Filter(ALPHA, null, null, null, null);

    TransferList.Rows first = transfers.newest(own, null, 1);
    TransferList.Rows second = transfers.newest(own, first.next().orElseThrow(), 1);

    assertThat(first.transfers().getFirst().transfer()).isEqualTo(new TransferId("R-3-1"));
    assertThat(second.transfers().getFirst().transfer()).isEqualTo(new TransferId("R-1-1"));
    assertThat(second.next()).isEmpty();
    assertThat(transfers.newest(own, null, 10).transfers())
        .isEqualTo(List.of(first.transfers().getFirst(), second.transfers().getFirst()));
  }

  private static TransferList.Filter filter(TransferList.@Nullable State state) {
    return new TransferList.Filter(null, state, null, null, null);
  }
}
