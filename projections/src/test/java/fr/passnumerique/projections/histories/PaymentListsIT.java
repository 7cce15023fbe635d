package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.histories.PaymentListsEndpoint.WhichSlips;
import fr.passnumerique.projections.histories.PaymentListsEndpoint.WhichTransfers;
import fr.passnumerique.projections.histories.PresentedSlips.State;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** The lists of slips and of transfers. */
class PaymentListsIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor OF_LIBRARY = new Actor("library", Role.VENUE, Story.LIBRARY.value());
  private static final WhichSlips ALL_SLIPS = new WhichSlips(null, null, null, null, null);
  private static final WhichTransfers ALL_TRANSFERS = new WhichTransfers(null, null, null);

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private PaymentListsEndpoint endpoint;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database, ledger, RegistersProjections.registers(), new HistoriesProjection());
    endpoint =
        new PaymentListsEndpoint(
            new PresentedSlips(database.reader()),
            new OrderedTransfers(database.reader()),
            following.runners());
    ledger.record(Story.untilHandedOut());
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  private long slip(SlipJudged slip) {
    return ledger.record(slip);
  }

  private PresentedSlips.Page slips(Actor actor, WhichSlips which) {
    return endpoint.readSlips(actor, which, true, null, 100);
  }

  private OrderedTransfers.Page transfers(Actor actor, WhichTransfers which) {
    return endpoint.readTransfers(actor, which, true, null, 100);
  }

  private PresentedSlips.Row slip(String reference) {
    return slips(CLERK, ALL_SLIPS).slips().stream()
        .filter(row -> row.reference().equals(reference))
        .findFirst()
        .orElseThrow();
  }

  private static WhichSlips inState(State state) {
    return new WhichSlips(null, state, null, null, null);
  }

  @Test
  void aSlipIsFollowedFromItsVerdictsToTheBanksTransfer() {
    SlipJudged bad =
        Story.slip(
            Story.LIBRARY,
            "BAD",
            Story.LIBRARY_DESK,
            List.of(Story.rejected(1, Verdict.OPPOSED), Story.rejected(2, Verdict.OPPOSED)));
    slip(bad);
    SlipJudged good = Story.slip(Story.LIBRARY, "GOOD", Story.LIBRARY_DESK, 5, 9);
    long ofGood = slip(good);
    SlipJudged taken = Story.slip(Story.BUS, "TAKEN", Story.BUS_LIMOGES, 20, 21);
    ledger.record(Story.withdrawn(taken, slip(taken)));
    SlipJudged ofBus = Story.slip(Story.BUS, "BUS", Story.BUS_LIMOGES, 22, 29);
    long bus = slip(ofBus);

    assertThat(slip("BAD").state()).isEqualTo(State.REJECTED);
    assertThat(slip("BAD").rejected()).isEqualTo(2);
    assertThat(slip("TAKEN").state()).isEqualTo(State.WITHDRAWN);
    assertThat(slip("GOOD").state()).isEqualTo(State.ACCEPTED);
    assertThat(slip("GOOD").acceptedCents()).isEqualTo(good.acceptedCents());
    assertThat(slip("GOOD").transfers()).isEmpty();

    SettlementRunOpened dropped = Story.run("R-0", Map.of(ofGood, good));
    ledger.record(dropped);
    assertThat(slip("GOOD").state()).isEqualTo(State.IN_RUN);
    ledger.record(cancelled(dropped));
    assertThat(slip("GOOD").state()).isEqualTo(State.ACCEPTED);

    SettlementRunOpened run = Story.run("R-1", Map.of(ofGood, good, bus, ofBus));
    ledger.record(run);
    assertThat(slip("GOOD").state()).isEqualTo(State.IN_RUN);
    assertThat(slip("GOOD").inRunCents()).isEqualTo(good.acceptedCents());
    assertThat(slip("GOOD").paidCents()).isZero();
    ledger.record(Story.rejected(run, Story.LIBRARY), Story.confirmed(run, Story.BUS));
    assertThat(slip("GOOD").state()).isEqualTo(State.OWED_AGAIN);
    assertThat(slip("BUS").state()).isEqualTo(State.PAID);
    assertThat(slip("BUS").paidOn()).isEqualTo(LocalDate.of(2026, 4, 3));
    assertThat(slip("BUS").paidCents()).isEqualTo(ofBus.acceptedCents());

    SettlementRunOpened again = Story.run("R-2", Map.of(ofGood, good));
    ledger.record(again, Story.executed(again, Story.LIBRARY));
    PresentedSlips.Row paid = slip("GOOD");
    assertThat(paid.state()).isEqualTo(State.PAID);
    assertThat(paid.paidOn()).isEqualTo(LocalDate.of(2026, 4, 2));
    assertThat(paid.paidCents()).isEqualTo(good.acceptedCents());
    assertThat(paid.transfers())
        .extracting(PresentedSlips.OfTransfer::run, PresentedSlips.OfTransfer::state)
        .containsExactly(
            tuple("R-0", TransferState.CANCELLED),
            tuple("R-1", TransferState.REJECTED),
            tuple("R-2", TransferState.PAID));
    ledger.record(Story.takenBack(again, Story.LIBRARY, false));
    assertThat(slip("GOOD").state()).isEqualTo(State.IN_RUN);
  }

  private static SettlementRunCancelled cancelled(SettlementRunOpened run) {
    return new SettlementRunCancelled(
        run.run(),
        run.programme(),
        "clerk-1",
        1,
        1,
        run.transfers().stream().flatMap(transfer -> transfer.parts().stream()).toList(),
        List.of());
  }

  /** All were presented at the same instant, so that their positions alone order them. */
  @Test
  void slipsArePagedNewestFirstAlsoWhereSeveralWerePresentedAtOnce() throws Exception {
    for (int i = 1; i <= 7; i++) {
      slip(Story.slip(Story.LIBRARY, "S-" + i, Story.LIBRARY_DESK, i, i));
    }
    List<String> paged = new ArrayList<>();
    String before = null;
    do {
      PresentedSlips.Page page = endpoint.readSlips(CLERK, ALL_SLIPS, false, before, 3);
      assertThat(page.slips()).hasSizeLessThanOrEqualTo(3);
      assertThat(page.totals()).isNull();
      page.slips().forEach(row -> paged.add(row.reference()));
      before = page.next();
    } while (before != null);

    assertThat(paged).containsExactly("S-7", "S-6", "S-5", "S-4", "S-3", "S-2", "S-1");
    assertThat(endpoint.readSlips(CLERK, ALL_SLIPS, false, null, 7).next()).isNull();
    assertThatThrownBy(() -> endpoint.readSlips(CLERK, ALL_SLIPS, false, "S-4", 3))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("before");
    assertThatThrownBy(() -> endpoint.readSlips(CLERK, ALL_SLIPS, false, null, 501))
        .isInstanceOf(Problem.class);

    MockHttpServletResponse file = new MockHttpServletResponse();
    endpoint.exportSlips(CLERK, ALL_SLIPS, new TableDownload(TableFormat.CSV, file));
    List<String> lines = file.getContentAsString().lines().toList();
    assertThat(lines).hasSize(8);
    assertThat(lines.getFirst())
        .isEqualTo(
            "venue,reference,position,presentedAt,state,accepted,rejected,acceptedCents,"
                + "inRunCents,paidCents,paidOn,transfers,caveats");
    assertThat(lines.get(1))
        .startsWith(Story.LIBRARY + ",S-7,")
        .contains(",ACCEPTED,1,0,1000,0,0,,");
  }

  @Test
  void slipsAreFoundByVenueStateDaysAndRejectedLines() {
    SlipJudged both =
        Story.slip(
            Story.LIBRARY,
            "BOTH",
            Story.LIBRARY_DESK,
            List.of(Story.accepted(1), Story.rejected(2, Verdict.OPPOSED)));
    slip(both);
    slip(Story.slip(Story.BUS, "BUS", Story.BUS_LIMOGES, 5, 6));
    SlipJudged later = presented(Story.slip(Story.BUS, "LATER", Story.BUS_LIMOGES, 7, 7));
    slip(later);

    assertThat(references(new WhichSlips(Story.BUS, null, null, null, null)))
        .containsExactly("LATER", "BUS");
    assertThat(references(inState(State.ACCEPTED))).containsExactly("LATER", "BUS", "BOTH");
    assertThat(references(inState(State.PAID))).isEmpty();
    assertThat(slips(CLERK, inState(State.PAID)).totals())
        .isEqualTo(new PresentedSlips.Totals(0, 0));
    assertThat(references(new WhichSlips(null, null, true, null, null))).containsExactly("BOTH");
    assertThat(references(new WhichSlips(null, null, false, null, null)))
        .containsExactly("LATER", "BUS");
    // Presented at 23:30 in Paris, which is the 21st there as well, and 22:30 in UTC.
    LocalDate last = LocalDate.of(2026, 3, 21);
    assertThat(references(new WhichSlips(null, null, null, last, null))).containsExactly("LATER");
    assertThat(references(new WhichSlips(null, null, null, last.plusDays(1), null))).isEmpty();
    assertThat(references(new WhichSlips(null, null, null, null, last.minusDays(1))))
        .containsExactly("BUS", "BOTH");
    assertThat(references(new WhichSlips(null, null, null, null, last)))
        .containsExactly("LATER", "BUS", "BOTH");
    assertThat(slips(CLERK, new WhichSlips(Story.BUS, null, null, null, null)).totals())
        .isEqualTo(new PresentedSlips.Totals(2, 3_000));
    assertThat(references(new WhichSlips(new VenueId("13002526500039"), null, null, null, null)))
        .isEmpty();
  }

  private List<String> references(WhichSlips which) {
    return slips(CLERK, which).slips().stream().map(PresentedSlips.Row::reference).toList();
  }

  private static SlipJudged presented(SlipJudged slip) {
    return new SlipJudged(
        slip.venue(),
        slip.reference(),
        slip.contentDigest(),
        Instant.parse("2026-03-21T22:30:00Z"),
        slip.visits(),
        slip.lines(),
        slip.owed());
  }

  @Test
  void aVenueReadsItsOwnSlipsAndTransfersWhateverItAsksFor() throws Exception {
    SlipJudged ofLibrary = Story.slip(Story.LIBRARY, "OURS", Story.LIBRARY_DESK, 5, 9);
    SlipJudged ofBus = Story.slip(Story.BUS, "THEIRS", Story.BUS_LIMOGES, 22, 29);
    SettlementRunOpened run =
        Story.run("R-1", Map.of(slip(ofLibrary), ofLibrary, slip(ofBus), ofBus));
    ledger.record(run);

    PresentedSlips.Page own = slips(OF_LIBRARY, ALL_SLIPS);
    assertThat(own.slips()).extracting(PresentedSlips.Row::reference).containsExactly("OURS");
    assertThat(own.totals()).isEqualTo(new PresentedSlips.Totals(1, ofLibrary.acceptedCents()));
    assertThat(slips(OF_LIBRARY, new WhichSlips(Story.BUS, null, null, null, null)).slips())
        .extracting(PresentedSlips.Row::reference)
        .containsExactly("OURS");
    MockHttpServletResponse file = new MockHttpServletResponse();
    endpoint.exportSlips(OF_LIBRARY, ALL_SLIPS, new TableDownload(TableFormat.CSV, file));
    assertThat(file.getContentAsString()).contains("OURS").doesNotContain("THEIRS");

    OrderedTransfers.Page paid = transfers(OF_LIBRARY, ALL_TRANSFERS);
    assertThat(paid.transfers())
        .extracting(OrderedTransfers.Row::transfer)
        .containsExactly(Story.transfer("R-1", Story.LIBRARY).value());
    assertThat(paid.totals()).isEqualTo(new OrderedTransfers.Totals(1, ofLibrary.acceptedCents()));
    assertThat(transfers(OF_LIBRARY, new WhichTransfers(null, Story.BUS, null)).transfers())
        .extracting(OrderedTransfers.Row::transfer)
        .containsExactly(Story.transfer("R-1", Story.LIBRARY).value());
    file = new MockHttpServletResponse();
    endpoint.exportTransfers(OF_LIBRARY, ALL_TRANSFERS, new TableDownload(TableFormat.CSV, file));
    assertThat(file.getContentAsString().lines()).hasSize(2);
    assertThat(file.getContentAsString()).doesNotContain(Story.BUS.value());
    assertThat(transfers(CLERK, ALL_TRANSFERS).transfers()).hasSize(2);
  }

  /** Two that share an IBAN: each is told its part, and not who else is paid. */
  @Test
  void ofATransferThatPaysTwoVenuesEachReadsItsPart() {
    SlipJudged ofLibrary = Story.slip(Story.LIBRARY, "OURS", Story.LIBRARY_DESK, 5, 9);
    SlipJudged ofBus = Story.slip(Story.BUS, "THEIRS", Story.BUS_LIMOGES, 22, 29);
    ledger.record(shared(Story.run("R-1", Map.of(slip(ofLibrary), ofLibrary, slip(ofBus), ofBus))));

    OrderedTransfers.Row whole = transfers(CLERK, ALL_TRANSFERS).transfers().getFirst();
    assertThat(whole.amountCents()).isEqualTo(ofLibrary.acceptedCents() + ofBus.acceptedCents());
    assertThat(whole.venues())
        .extracting(OrderedTransfers.OfVenue::venue)
        .containsExactlyInAnyOrder(Story.LIBRARY.value(), Story.BUS.value());
    OrderedTransfers.Page asked =
        transfers(CLERK, new WhichTransfers(null, Story.BUS, new SettlementRunId("R-1")));
    assertThat(asked.transfers()).containsExactly(whole);

    OrderedTransfers.Page own = transfers(OF_LIBRARY, ALL_TRANSFERS);
    assertThat(own.totals()).isEqualTo(new OrderedTransfers.Totals(1, ofLibrary.acceptedCents()));
    OrderedTransfers.Row part = own.transfers().getFirst();
    assertThat(part.amountCents()).isEqualTo(ofLibrary.acceptedCents());
    assertThat(part.venues())
        .containsExactly(
            new OrderedTransfers.OfVenue(
                Story.LIBRARY.value(), 1, ofLibrary.acceptedCents(), true));
  }

  /** All by one transfer. */
  private static SettlementRunOpened shared(SettlementRunOpened run) {
    return new SettlementRunOpened(
        run.run(),
        run.programme(),
        run.cutOff(),
        run.executionOn(),
        List.of(
            new SettlementRunOpened.Transfer(
                new TransferId("R-1-both"),
                run.transfers().getFirst().account(),
                run.transfers().stream().mapToLong(t -> t.amountCents()).sum(),
                run.transfers().stream().flatMap(t -> t.slips().stream()).toList(),
                run.transfers().stream().flatMap(t -> t.parts().stream()).toList())),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  @Test
  void aTransferThatCameToNothingSaysWhetherTheAccountIsToBeAskedFor() {
    SlipJudged ofLibrary = Story.slip(Story.LIBRARY, "L", Story.LIBRARY_DESK, 5, 9);
    SlipJudged ofBus = Story.slip(Story.BUS, "B", Story.BUS_LIMOGES, 22, 29);
    SettlementRunOpened run =
        Story.run("R-1", Map.of(slip(ofLibrary), ofLibrary, slip(ofBus), ofBus));
    ledger.record(
        run,
        Story.rejected(run, Story.LIBRARY),
        Story.confirmed(run, Story.BUS),
        returned(run, Story.BUS));

    assertThat(inState(TransferState.REJECTED))
        .extracting(OrderedTransfers.Row::transfer, OrderedTransfers.Row::askForAccount)
        .containsExactly(tuple(Story.transfer("R-1", Story.LIBRARY).value(), true));
    OrderedTransfers.Row returned = inState(TransferState.RETURNED).getFirst();
    assertThat(returned.transfer()).isEqualTo(Story.transfer("R-1", Story.BUS).value());
    assertThat(returned.askForAccount()).isTrue();
    assertThat(returned.reason()).isEqualTo("AC04");
    assertThat(returned.endedOn()).isEqualTo(LocalDate.of(2026, 4, 8));
    assertThat(inState(TransferState.PAID)).isEmpty();
    assertThat(slip("B").state()).isEqualTo(State.OWED_AGAIN);
    assertThat(slip("B").transfers().getFirst().state()).isEqualTo(TransferState.RETURNED);

    ledger.record(
        new VenueAccountOpened(Story.LIBRARY, new VaultReference("account-9"), "fingerprint-9"));
    assertThat(inState(TransferState.REJECTED).getFirst().askForAccount()).isFalse();
    assertThat(inState(TransferState.RETURNED).getFirst().askForAccount()).isTrue();
  }

  private List<OrderedTransfers.Row> inState(TransferState state) {
    return transfers(CLERK, new WhichTransfers(state, null, null)).transfers();
  }

  private static TransferReturned returned(SettlementRunOpened run, VenueId venue) {
    SettlementRunOpened.Transfer transfer =
        run.transfers().stream()
            .filter(t -> t.transfer().equals(Story.transfer(run.run().value(), venue)))
            .findFirst()
            .orElseThrow();
    LocalDate on = LocalDate.of(2026, 4, 8);
    return new TransferReturned(
        run.run(),
        transfer.transfer(),
        on,
        "AC04",
        transfer.account(),
        transfer.amountCents(),
        transfer.slips(),
        transfer.parts(),
        new BankEntry(
            "E0123456789ABCDEF0124",
            Optional.empty(),
            on,
            on,
            transfer.amountCents(),
            Optional.empty(),
            Optional.empty()),
        List.of());
  }

  /** Those of a run are ordered by one fact. */
  @Test
  void transfersArePagedThoughAFactOrdersSeveral() {
    SlipJudged ofLibrary = Story.slip(Story.LIBRARY, "L", Story.LIBRARY_DESK, 5, 9);
    SlipJudged ofBus = Story.slip(Story.BUS, "B", Story.BUS_LIMOGES, 22, 29);
    Map<Long, SlipJudged> all = Map.of(slip(ofLibrary), ofLibrary, slip(ofBus), ofBus);
    ledger.record(cancelledAtOnce(Story.run("R-1", all)));
    ledger.record(cancelledAtOnce(Story.run("R-2", all)));

    for (WhichTransfers which :
        List.of(
            ALL_TRANSFERS,
            new WhichTransfers(TransferState.CANCELLED, null, null),
            new WhichTransfers(null, Story.BUS, null))) {
      List<String> paged = new ArrayList<>();
      String before = null;
      do {
        OrderedTransfers.Page page = endpoint.readTransfers(CLERK, which, false, before, 1);
        page.transfers().forEach(row -> paged.add(row.transfer()));
        before = page.next();
      } while (before != null);
      assertThat(paged)
          .isEqualTo(
              transfers(CLERK, which).transfers().stream()
                  .map(OrderedTransfers.Row::transfer)
                  .toList())
          .doesNotHaveDuplicates()
          .hasSize(which.venue() == null ? 4 : 2);
    }
    assertThat(
            transfers(CLERK, new WhichTransfers(null, null, new SettlementRunId("R-2")))
                .transfers())
        .extracting(OrderedTransfers.Row::run)
        .containsExactly("R-2", "R-2");
    assertThatThrownBy(() -> endpoint.readTransfers(CLERK, ALL_TRANSFERS, false, "R-2", 1))
        .isInstanceOf(Problem.class);
  }

  private static List<Fact> cancelledAtOnce(SettlementRunOpened run) {
    return List.of(run, cancelled(run));
  }

  @Test
  void beforeTheFirstThereIsNothing() {
    assertThat(slips(CLERK, ALL_SLIPS).slips()).isEmpty();
    assertThat(transfers(CLERK, ALL_TRANSFERS).transfers()).isEmpty();
    assertThat(transfers(CLERK, ALL_TRANSFERS).totals())
        .isEqualTo(new OrderedTransfers.Totals(0, 0));
  }
}
