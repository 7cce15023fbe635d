package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.FoundWrong;
import fr.passnumerique.projections.FoundWrong.Kept;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.Cause;
import fr.passnumerique.projections.accounts.PostingsPage;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.histories.ChequeHistory.State;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.ProjectionStatus;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class ChequeHistoriesIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor AUDITOR = new Actor("auditor-1", Role.AUDITOR, "");

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private ChequeHistories histories;
  private PostingsQuery postings;
  private ChequeHistoryEndpoint endpoint;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            ClaimsProjections.claims(),
            AccountsProjections.accounts(),
            new HistoriesProjection());
    histories = new ChequeHistories(database.reader(), ledger.reader());
    postings = new PostingsQuery(database.reader());
    endpoint =
        new ChequeHistoryEndpoint(
            histories,
            postings,
            new BalancesQuery(database.reader()),
            following.runners(),
            database.reader());
    ledger.record(Story.untilHandedOut());
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  /** A trace is labelled with the position that every part of it has reached. */
  @Test
  void aTraceIsToldUpToWhereTheAccountsStandThoughTheHistoryIsFurther() throws Exception {
    long before = ledger.reader().head();
    following.await("accounts", before);
    // Until then other histories were shown, of a rebuild between the two positions.
    replaced("histories-1", "histories", before);
    try (Connection holding = holding("accounts")) {
      long slip = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9));
      following.await("histories", slip);

      ChequeHistory history = endpoint.readChequeHistory(CLERK, "00007-0007", null, null, null);
      assertThat(history.position()).isEqualTo(slip);
      assertThat(history.caveats()).isNull();
      assertThat(
              replacedBy(
                  endpoint.readChequeHistory(CLERK, "00007-0007", before, null, null).caveats()))
          .containsExactly("histories-1");
      ChequePostings cheque = endpoint.readChequePostings(CLERK, "00007-0007", null);
      assertThat(cheque.position()).isEqualTo(before);
      assertThat(replacedBy(cheque.caveats())).containsExactly("histories-1");
      assertThat(cheque.recordedAt())
          .isEqualTo(ledger.reader().read(before - 1, 1).getFirst().recordedAt());
      assertThat(cheque.facts())
          .extracting(ChequePostings.OfFact::fact)
          .doesNotContain("SlipJudged");
      holding.rollback();
      following.await("accounts", slip);
      cheque = endpoint.readChequePostings(CLERK, "00007-0007", null);
      assertThat(cheque.facts()).extracting(ChequePostings.OfFact::fact).contains("SlipJudged");
      assertThat(cheque.caveats()).isNull();
    }
  }

  @Test
  void aTraceIsToldUpToWhereTheHistoryStandsThoughTheAccountsAreFurther() throws Exception {
    long before = ledger.reader().head();
    following.await("histories", before);
    replaced("accounts-1", "accounts", before);
    try (Connection holding = holding("histories")) {
      following.await(
          "accounts", ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9)));

      ChequePostings cheque = endpoint.readChequePostings(CLERK, "00007-0007", null);
      assertThat(cheque.position()).isEqualTo(before);
      assertThat(replacedBy(cheque.caveats())).containsExactly("accounts-1");
      holding.rollback();
    }
  }

  @Test
  void theAcceptedAndTheRejectedLinesOfASlipAreCounted() throws Exception {
    long position =
        ledger.record(
            Story.slip(
                Story.BUS,
                "S-0",
                Story.BUS_GUERET,
                List.of(
                    Story.rejected(7, Verdict.BAD_CHECK_CODE),
                    new SlipJudged.Line(
                        Optional.empty(), 0, Optional.of(Verdict.UNKNOWN_CHEQUE), Optional.empty()),
                    new SlipJudged.Line(
                        Optional.of(new Serial(Batch.of(7), 8)),
                        0,
                        Optional.empty(),
                        Optional.empty()))));
    following.await("histories", position);

    try (Connection connection = database.owner().getConnection();
        Statement select = connection.createStatement();
        ResultSet slip =
            select.executeQuery(
                "select accepted, rejected from projections.slip where position = " + position)) {
      assertThat(slip.next()).isTrue();
      assertThat(slip.getInt("accepted")).isEqualTo(1);
      assertThat(slip.getInt("rejected")).isEqualTo(2);
    }
  }

  @Test
  void theCentsOfAChequeAreShownAsTheyWereBeforeARebuild() throws Exception {
    following.await("accounts", ledger.reader().head());
    ChequePostings now = endpoint.readChequePostings(CLERK, "00007-0007", null);
    replaced("accounts-1", "accounts", now.position());
    // Every posting had a cent more.
    Following.execute(
        database.owner(),
        """
        do $$
        declare aside text := (select projections.before_schema(number) from projections.rebuild where id = 'accounts-1');
        begin
          execute format('create schema %I', aside);
          execute format('create table %I.projection as select * from projections.projection where name = %L', aside, 'accounts');
          execute format('create table %I.posting as select * from projections.posting', aside);
          execute format('update %I.posting set cents = cents + 1', aside);
          execute format('grant usage on schema %I to pass_reader', aside);
          execute format('grant select on all tables in schema %I to pass_reader', aside);
        end $$
        """);

    ChequePostings before =
        endpoint.readChequePostings(CLERK, "00007-0007", new RebuildId("accounts-1"));

    assertThat(before.caveats()).isNotNull();
    assertThat(before.caveats().shownBefore()).isEqualTo("accounts-1");
    assertThat(cents(before)).isNotEmpty().isEqualTo(cents(now).stream().map(c -> c + 1).toList());
    assertThat(cents(endpoint.readChequePostings(CLERK, "00007-0007", null))).isEqualTo(cents(now));
    assertThatThrownBy(
            () -> endpoint.readChequePostings(CLERK, "00007-0007", new RebuildId("other-1")))
        .isInstanceOf(Problem.class);
  }

  private static List<Long> cents(ChequePostings cheque) {
    return cheque.facts().stream()
        .flatMap(fact -> fact.postings().stream())
        .map(PostingsPage.Posting::cents)
        .toList();
  }

  /** It stands still until it is let go. */
  private Connection holding(String projection) throws SQLException {
    Connection holding = database.owner().getConnection();
    holding.setAutoCommit(false);
    try (Statement hold = holding.createStatement()) {
      hold.execute(
          "select from projections.projection where name = '%s' for update".formatted(projection));
    }
    return holding;
  }

  private void replaced(String rebuild, String projection, long until) throws SQLException {
    Following.execute(
        database.owner(),
        """
        insert into projections.rebuild (id, projection, state, kept, compared_position, asked_by, asked_at)
        values ('%s', '%s', 'SWITCHED', true, %d, 'clerk-1', now())
        """
            .formatted(rebuild, projection, until));
  }

  private static List<String> replacedBy(@Nullable Caveats caveats) {
    return caveats == null
        ? List.of()
        : caveats.otherFiguresBefore().stream().map(Caveats.OtherFigures::rebuild).toList();
  }

  /** From a number to its cause, to the cheque, and back to the same number. */
  @Test
  void theWayFromABalanceToAChequeLeadsBackToTheSameFigure() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9);
    long slipPosition = ledger.record(slip);
    ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 20, 29));
    SettlementRunOpened run = Story.run("R-1", Map.of(slipPosition, slip));
    ledger.record(run);
    long head = ledger.record(Story.confirmed(run, Story.LIBRARY));

    ChequePostings cheque = endpoint.readChequePostings(CLERK, "00007-0007", null);

    assertThat(cheque.position()).isEqualTo(head);
    assertThat(cheque.facts())
        .extracting(ChequePostings.OfFact::fact)
        .containsExactly(
            "ChequesIssued",
            "ChequesDelivered",
            "ChequesActivated",
            "ChequesHandedOut",
            "SlipJudged",
            "SettlementRunOpened",
            "TransferConfirmed");
    // The number: what each of the venue's accounts comes to, posting by posting.
    List<PostingsPage.Posting> ofTheLibrary =
        postings
            .read(
                new PostingsQuery.Asked(
                    BalancesQuery.Filter.ofVenue(Story.LIBRARY.value()),
                    null,
                    null,
                    AsOf.NOW,
                    PostingsQuery.Cursor.NEWEST,
                    500))
            .postings();
    assertThat(ofTheLibrary).isNotEmpty();
    for (PostingsPage.Posting posting : ofTheLibrary) {
      // Its cause, and from there the slip's line and its serial.
      String cause = posting.causes().getFirst().kind();
      assertThat(cause).isIn("slip", "settlementRun", "transfer");
      assertThat(slip.lines().get(2).cheque().orElseThrow()).hasToString("00007-0007");
      assertThat(cheque.facts().stream().flatMap(fact -> fact.postings().stream()))
          .as("the cheque leads back to " + posting)
          .contains(posting);
    }
    // Of each posting at least its funder's share is this cheque's, and no other venue's is told.
    Map<String, Long> shares =
        cheque.shares().stream()
            .collect(Collectors.toMap(ChequeHistory.Share::funder, ChequeHistory.Share::cents));
    cheque
        .facts()
        .forEach(
            fact ->
                assertThat(fact.postings())
                    .isNotEmpty()
                    .allMatch(p -> Math.abs(p.cents()) >= shares.get(p.funder()))
                    .noneMatch(p -> p.venue().equals(Story.BUS.value())));
    assertThat(cheque.facts().getLast().causes())
        .extracting(Cause::kind)
        .containsExactly("transfer", "settlementRun");
    assertThat(cheque.receipts())
        .isNotEmpty()
        .allMatch(receipt -> receipt.cents() > 0)
        .extracting(ChequePostings.Receipt::funder)
        .contains(Story.STATE.value(), Story.REGION.value());

    ChequePostings own =
        endpoint.readChequePostings(
            new Actor("state", Role.FUNDER, Story.STATE.value()), "00007-0007", null);
    assertThat(own.facts().stream().flatMap(fact -> fact.postings().stream()))
        .isNotEmpty()
        .allMatch(p -> p.funder().equals(Story.STATE.value()));
    ChequePostings ofTheVenue =
        endpoint.readChequePostings(
            new Actor("library", Role.VENUE, Story.LIBRARY.value()), "00007-0007", null);
    assertThat(ofTheVenue.facts().stream().flatMap(fact -> fact.postings().stream()))
        .containsExactlyInAnyOrderElementsOf(ofTheLibrary);
    assertThat(ofTheVenue.receipts()).isNull();
    assertThatThrownBy(
            () ->
                endpoint.readChequePostings(
                    new Actor("bus", Role.VENUE, Story.BUS.value()), "00007-0007", null))
        .isInstanceOf(Problem.class);
  }

  /** What was told of it after each fact is told again, however much is recorded since. */
  @Test
  void itsHistoryOfThenIsToldAgain() throws InterruptedException {
    List<ChequeHistory> told = new ArrayList<>();
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9);
    long slipPosition = ledger.record(slip);
    told.add(endpoint.readChequeHistory(CLERK, "00007-0007", null, null, null));
    SettlementRunOpened run = Story.run("R-1", Map.of(slipPosition, slip));
    ledger.record(run);
    told.add(endpoint.readChequeHistory(CLERK, "00007-0007", null, null, null));
    long head = ledger.record(Story.rejected(run, Story.LIBRARY));
    told.add(endpoint.readChequeHistory(CLERK, "00007-0007", null, null, null));
    following.await("accounts", head);

    for (ChequeHistory then : told) {
      ChequeHistory again =
          endpoint.readChequeHistory(CLERK, "00007-0007", then.position(), null, null);
      assertThat(again).isEqualTo(then);
    }
    assertThat(
            endpoint.readChequeHistory(CLERK, "00007-0007", slipPosition - 1, null, null).state())
        .isEqualTo(State.HANDED_OUT);
    assertThatThrownBy(() -> endpoint.readChequeHistory(CLERK, "00007-0007", 0L, null, null))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    assertThatThrownBy(() -> endpoint.readChequeHistory(CLERK, "00007-0007", head + 1, null, null))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("AS_OF_TOO_LATE"));
  }

  @Test
  void aChequesWholeLifeIsTold() {
    ledger.record(
        Story.slip(
            Story.BUS,
            "S-0",
            Story.BUS_GUERET,
            List.of(
                Story.rejected(7, Verdict.BAD_CHECK_CODE),
                Story.rejected(7, Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE))));
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9);
    long slipPosition = ledger.record(slip);
    SettlementRunOpened first = Story.run("R-1", Map.of(slipPosition, slip));
    ledger.record(first, Story.rejected(first, Story.LIBRARY));
    SettlementRunOpened second = Story.run("R-2", Map.of(slipPosition, slip));
    long head = ledger.record(second, Story.confirmed(second, Story.LIBRARY));

    ChequeHistory history = endpoint.readChequeHistory(CLERK, "00007-0007", null, null, null);

    assertThat(history.position()).isEqualTo(head);
    assertThat(history.state()).isEqualTo(State.PAID);
    assertThat(history.activated()).isTrue();
    assertThat(history.faceValueCents()).isEqualTo(1_000);
    assertThat(history.order()).isEqualTo("o-1");
    assertThat(history.carnet()).isEqualTo(1);
    assertThat(history.programmeName()).isEqualTo("Pass numérique");
    assertThat(history.shares()).extracting(ChequeHistory.Share::funder).hasSize(2);
    assertThat(history.shares().stream().mapToLong(ChequeHistory.Share::cents).sum())
        .isEqualTo(1_000);
    assertThat(history.shares().getFirst().cents())
        .isEqualTo(Story.cents().shares(7, 7).getFirst().cents());
    // 2 March and 90 days; the order ends at the year's end.
    assertThat(history.lastServiceDay()).isEqualTo(LocalDate.of(2026, 5, 31));
    assertThat(history.events())
        .hasExactlyElementsOfTypes(
            HistoryEvent.Issued.class,
            HistoryEvent.Delivered.class,
            HistoryEvent.Activated.class,
            HistoryEvent.HandedOut.class,
            HistoryEvent.Rejected.class,
            HistoryEvent.Rejected.class,
            HistoryEvent.Redeemed.class,
            HistoryEvent.TransferOrdered.class,
            HistoryEvent.TransferRejected.class,
            HistoryEvent.TransferOrdered.class,
            HistoryEvent.Paid.class);
    HistoryEvent.Redeemed redeemed = (HistoryEvent.Redeemed) history.events().get(6);
    assertThat(redeemed.position()).isEqualTo(slipPosition);
    assertThat(redeemed.venueName()).isEqualTo("Médiathèque");
    assertThat(redeemed.slip()).isEqualTo("S-1");
    assertThat(redeemed.line()).isEqualTo(3);
    assertThat(redeemed.departement()).isEqualTo("23");
    assertThat(redeemed.pointOfServiceName()).isEqualTo("Accueil gueret");
    assertThat(redeemed.servedOn()).isEqualTo(LocalDate.of(2026, 3, 16));
    HistoryEvent.Rejected rejected = (HistoryEvent.Rejected) history.events().get(4);
    assertThat(rejected.line()).isEqualTo(1);
    assertThat(rejected.verdict()).isEqualTo("BAD_CHECK_CODE");
    assertThat(((HistoryEvent.TransferRejected) history.events().get(8)).reason())
        .isEqualTo("AC04");
    assertThat(endpoint.readChequeHistory(AUDITOR, "000070007", null, null, null))
        .isEqualTo(history);
  }

  @Test
  void aRangeCoversItsFirstAndItsLastChequeAndNotTheNext() {
    assertThat(stateOf(1)).isEqualTo(State.HANDED_OUT);
    assertThat(stateOf(500)).isEqualTo(State.HANDED_OUT);
    assertThat(stateOf(501)).isEqualTo(State.DELIVERED);
    assertThat(stateOf(800)).isEqualTo(State.DELIVERED);
    assertThat(stateOf(801)).isEqualTo(State.ISSUED);
    assertThat(
            endpoint
                .readChequeHistory(CLERK, Story.serial(900).text(), null, null, null)
                .activated())
        .isTrue();
    assertThat(
            endpoint
                .readChequeHistory(CLERK, Story.serial(901).text(), null, null, null)
                .activated())
        .isFalse();
    assertThat(
            endpoint
                .readChequeHistory(CLERK, Story.serial(1_000).text(), null, null, null)
                .carnet())
        .isEqualTo(100);
  }

  @Test
  void aChequeThatWasNeverIssuedDoesNotExist() {
    unknown(CLERK, Story.serial(1_001).text());
    unknown(CLERK, new Serial(Batch.of(8), 1).text());
  }

  @Test
  void aVenueIsToldOfTheChequesThatItRedeemed() {
    ledger.record(
        Story.slip(
            Story.BUS,
            "S-0",
            Story.BUS_GUERET,
            List.of(Story.rejected(1, Verdict.NOT_DISTRIBUTED))));
    ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1));
    Actor library = new Actor("library", Role.VENUE, Story.LIBRARY.value());
    Actor bus = new Actor("bus", Role.VENUE, Story.BUS.value());

    assertThat(endpoint.readChequeHistory(library, "000070001", null, null, null).events())
        .hasExactlyElementsOfTypes(
            HistoryEvent.Issued.class,
            HistoryEvent.Delivered.class,
            HistoryEvent.Activated.class,
            HistoryEvent.HandedOut.class,
            HistoryEvent.Redeemed.class);
    unknown(bus, "000070001");
    unknown(library, "000070002");
  }

  @Test
  void aFunderIsToldOfTheChequesThatItCoFinancesAndWhereTheyWereSpent() {
    ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1));
    Actor state = new Actor("state", Role.FUNDER, Story.STATE.value());
    ChequeHistory told = endpoint.readChequeHistory(state, "000070001", null, null, null);
    assertThat(((HistoryEvent.Redeemed) told.events().getLast()).venue())
        .isEqualTo(Story.LIBRARY.value());
    assertThat(told.events())
        .filteredOn(HistoryEvent.HandedOut.class::isInstance)
        .extracting("publicCode")
        .containsOnlyNulls();
    unknown(new Actor("other", Role.FUNDER, "another-funder"), "000070001");
  }

  @Test
  void aPrescriberIsToldThatItsChequesWereSpentAndNotWhere() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    SettlementRunOpened run = Story.run("R-1", Map.of(position, slip));
    ledger.record(run, Story.confirmed(run, Story.LIBRARY));
    Actor ccas = new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value());

    ChequeHistory told = endpoint.readChequeHistory(ccas, "000070001", null, null, null);

    assertThat(told.state()).isEqualTo(State.REDEEMED);
    HistoryEvent.Redeemed redeemed = (HistoryEvent.Redeemed) told.events().getLast();
    assertThat(redeemed.servedOn()).isEqualTo(LocalDate.of(2026, 3, 16));
    assertThat(redeemed)
        .hasNoNullFieldsOrPropertiesExcept(
            "presentedAt",
            "venue",
            "venueName",
            "slip",
            "line",
            "pointOfService",
            "pointOfServiceName",
            "departement",
            "service",
            "cents")
        .extracting("venue", "slip", "pointOfService", "departement", "cents")
        .containsOnlyNulls();
    unknown(new Actor("mission", Role.PRESCRIBER, Story.MISSION.value()), "000070001");
    // Not delivered to anybody.
    unknown(ccas, Story.serial(900).text());
  }

  @Test
  void aLineThatWasPaidBackInPartWhenItsReversalIsLiftedIsToldOnce() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    List<SlipJudged.SpentCents> parts = slip.owed();
    FoundWrong wrong = new FoundWrong(slip, position);
    ledger.record(
        wrong.reversed(ReversedLine.Standing.PAID),
        wrong.liftedInParts(parts.subList(0, 1), parts.subList(1, 2)));

    assertThat(endpoint.readChequeHistory(CLERK, Story.serial(1).text(), null, null, null).events())
        .filteredOn(HistoryEvent.ReversalLifted.class::isInstance)
        .extracting(HistoryEvent::position)
        .containsExactly(position + 2);
  }

  @Test
  void whatIsRecoveredIsToldAndTakenBackWithItsNetting() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    SettlementRunOpened run = Story.run("R-1", Map.of(position, slip));
    SlipJudged later = Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 2, 2);
    ledger.record(run, Story.confirmed(run, Story.LIBRARY));
    FoundWrong wrong = new FoundWrong(slip, position);
    long reversed = ledger.record(wrong.reversed(ReversedLine.Standing.PAID), later);
    ledger.record(wrong.netted(later, "R-2"));

    assertThat(history(1).events().getLast())
        .isInstanceOfSatisfying(
            HistoryEvent.Recovered.class,
            recovered -> {
              assertThat(recovered.position()).isEqualTo(reversed + 1);
              assertThat(recovered.run()).isEqualTo("R-2");
            });
    assertThat(history(1).state()).isEqualTo(ChequeHistory.State.VOID);
    assertThat(history(2).events().getLast()).isInstanceOf(HistoryEvent.Netted.class);

    ledger.record(wrong.paidBack(slip.owed()));
    assertThat(history(1).events().getLast())
        .isInstanceOfSatisfying(
            HistoryEvent.Recovered.class,
            recovered -> assertThat(recovered.debitNote()).isEqualTo("titre-1"));
  }

  @Test
  void whatIsOwedAgainSinceItsReversalWasLiftedIsToldToItsPayment() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    long lifted =
        ledger.record(
            new FoundWrong(slip, position).reversed(ReversedLine.Standing.OWED),
            new FoundWrong(slip, position).lifted(Kept.OWED_AGAIN));
    assertThat(history(1).state()).isEqualTo(ChequeHistory.State.REDEEMED);

    SettlementRunOpened run = Story.run("R-1", Map.of(lifted, slip));
    ledger.record(run, Story.confirmed(run, Story.LIBRARY));

    assertThat(history(1).events().reversed().subList(0, 2))
        .hasExactlyElementsOfTypes(HistoryEvent.Paid.class, HistoryEvent.TransferOrdered.class);
    assertThat(history(1).state()).isEqualTo(ChequeHistory.State.PAID);
    assertThat(
            endpoint.readChequeHistory(CLERK, Story.serial(1).text(), lifted, null, null).state())
        .isEqualTo(ChequeHistory.State.REDEEMED);
  }

  @Test
  void liftedOnItsWayItIsPaidByTheNextTransferOfItsSlip() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    SettlementRunOpened first = Story.run("R-1", Map.of(position, slip));
    SettlementRunOpened next = Story.run("R-2", Map.of(position, slip));
    ledger.record(
        first,
        new FoundWrong(slip, position).reversed(ReversedLine.Standing.IN_TRANSIT),
        new FoundWrong(slip, position).lifted(Kept.UNPAID));
    assertThat(history(1).state()).isEqualTo(ChequeHistory.State.IN_TRANSFER);

    ledger.record(Story.rejected(first, Story.LIBRARY), next, Story.confirmed(next, Story.LIBRARY));

    assertThat(history(1).events().getLast()).isInstanceOf(HistoryEvent.Paid.class);
    assertThat(history(1).state()).isEqualTo(ChequeHistory.State.PAID);
  }

  @Test
  void theRestOfASlipIsPaidWithoutItsReversedLine() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    ledger.record(new FoundWrong(slip, position).reversed(ReversedLine.Standing.OWED));
    SettlementRunOpened rest = Story.run("R-1", Map.of(position, slip));
    ledger.record(rest, Story.confirmed(rest, Story.LIBRARY));

    assertThat(history(1).events().getLast()).isInstanceOf(HistoryEvent.Reversed.class);
  }

  private ChequeHistory history(int ordinal) {
    return endpoint.readChequeHistory(CLERK, Story.serial(ordinal).text(), null, null, null);
  }

  @Test
  void aTransferThatEndsTwiceStopsTheHistories() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long position = ledger.record(slip);
    SettlementRunOpened run = Story.run("R-1", Map.of(position, slip));
    long paid = ledger.record(run, Story.confirmed(run, Story.LIBRARY));
    ledger.record(Story.rejected(run, Story.LIBRARY));
    ProjectionStatus stopped = following.awaitStop(HistoriesProjection.NAME);
    assertThat(stopped.stoppedAt()).isEqualTo(paid + 1);
    assertThat(stopped.reason()).contains("not in transit");
  }

  @Test
  void aWithdrawnSlipIsToldAndTheChequeIsLiveAgain() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 2);
    long first = ledger.record(slip);
    ledger.record(Story.withdrawn(slip, first));
    assertThat(stateOf(1)).isEqualTo(State.HANDED_OUT);
    ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 1, 1));

    ChequeHistory told = endpoint.readChequeHistory(CLERK, "000070001", null, null, null);

    assertThat(told.state()).isEqualTo(State.REDEEMED);
    assertThat(told.events().subList(4, 7))
        .hasExactlyElementsOfTypes(
            HistoryEvent.Redeemed.class, HistoryEvent.Released.class, HistoryEvent.Redeemed.class);
    assertThat(((HistoryEvent.Released) told.events().get(5)).slip()).isEqualTo("S-1");
    Actor ccas = new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value());
    HistoryEvent.Released toPrescriber =
        (HistoryEvent.Released)
            endpoint.readChequeHistory(ccas, "000070002", null, null, null).events().getLast();
    assertThat(toPrescriber.venue()).isNull();
    assertThat(toPrescriber.slip()).isNull();
  }

  @Test
  void anOpposedChequeIsOpposedAndOneRedeemedBeforeIsOnceItsSlipIsWithdrawn() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long first = ledger.record(slip);
    ledger.record(Story.opposed("lost-1", Whereabouts.HANDED_OUT, null, 1, 2));

    assertThat(stateOf(1)).isEqualTo(State.REDEEMED);
    assertThat(stateOf(2)).isEqualTo(State.OPPOSED);
    assertThat(stateOf(3)).isEqualTo(State.HANDED_OUT);
    ChequeHistory told = endpoint.readChequeHistory(CLERK, "000070002", null, null, null);
    assertThat(((HistoryEvent.Opposed) told.events().getLast()).reason()).isEqualTo("LOST");

    ledger.record(Story.withdrawn(slip, first));
    assertThat(stateOf(1)).isEqualTo(State.OPPOSED);
  }

  @Test
  void everyConflictOfInterestIsListedNewestFirst() throws Exception {
    SlipJudged first = conflicting("S-1", 1);
    long position = ledger.record(first);
    ledger.record(Story.withdrawn(first, position));
    long head = ledger.record(conflicting("S-2", 2), conflicting("S-3", 3));
    following.await(HistoriesProjection.NAME, head);
    following.await("claims", head);
    ConflictsOfInterest conflicts = new ConflictsOfInterest(database.reader());

    MockHttpServletResponse file = new MockHttpServletResponse();
    new ConflictsOfInterestEndpoint(conflicts, following.runners())
        .exportConflictsOfInterest(new TableDownload(TableFormat.CSV, file));
    List<String> lines = file.getContentAsString().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("position,recordedAt,venue,slip,line,cheque,prescriber,accepted,withdrawn");
    assertThat(lines.subList(1, 4))
        .extracting(line -> line.replaceFirst(",[^,]*,", ","))
        .containsExactly(
            head + ",%s,S-3,1,00007-0003,%s,oui,non".formatted(Story.LIBRARY, Story.CCAS),
            head - 1 + ",%s,S-2,1,00007-0002,%s,oui,non".formatted(Story.LIBRARY, Story.CCAS),
            position + ",%s,S-1,1,00007-0001,%s,oui,oui".formatted(Story.LIBRARY, Story.CCAS));
    assertThat(lines).hasSize(4);

    ConflictsOfInterest.Page page = conflicts.read(Long.MAX_VALUE, 2);
    assertThat(page.cases()).extracting("slip").containsExactly("S-3", "S-2");
    ConflictsOfInterest.Page last = conflicts.read(page.next(), 2);
    assertThat(last.next()).isNull();
    ConflictsOfInterest.Case told = last.cases().getFirst();
    assertThat(told.cheque()).isEqualTo("00007-0001");
    assertThat(told.prescriber()).isEqualTo(Story.CCAS.value());
    assertThat(told.accepted()).isTrue();
    assertThat(told.withdrawn()).isTrue();
  }

  private static SlipJudged conflicting(String reference, int ordinal) {
    SlipJudged slip = Story.slip(Story.LIBRARY, reference, Story.LIBRARY_DESK, ordinal, ordinal);
    return new SlipJudged(
        slip.venue(),
        slip.reference(),
        slip.contentDigest(),
        slip.presentedAt(),
        slip.visits(),
        slip.lines(),
        slip.owed(),
        List.of(new SlipJudged.Conflict(1, Story.CCAS)));
  }

  @Test
  void whoseCentsAChequeIsIsAFile() throws Exception {
    MockHttpServletResponse file = new MockHttpServletResponse();
    endpoint.exportChequeShares(CLERK, "000070001", new TableDownload(TableFormat.CSV, file));
    ChequeHistory read = endpoint.readChequeHistory(CLERK, "000070001", null, null, null);
    StringBuilder expected = new StringBuilder("funder,name,cents,caveats\r\n");
    for (ChequeHistory.Share share : read.shares()) {
      expected.append("%s,%s,%d,\r\n".formatted(share.funder(), share.name(), share.cents()));
    }
    assertThat(file.getContentAsString()).isEqualTo(expected.toString());
    assertThat(read.shares().stream().mapToLong(ChequeHistory.Share::cents).sum()).isEqualTo(1_000);
    assertThat(file.getHeader("Content-Disposition")).contains("financement-00007-0001.csv");
  }

  private State stateOf(int ordinal) {
    return endpoint
        .readChequeHistory(CLERK, Story.serial(ordinal).text(), null, null, null)
        .state();
  }

  private void unknown(Actor actor, String serial) {
    assertThatThrownBy(() -> endpoint.readChequeHistory(actor, serial, null, null, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(404);
              assertThat(problem.getMessage())
                  .startsWith("cheque " + Serial.parse(serial) + " does not exist; ");
            });
  }
}
