package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.histories.ChequeHistory.State;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a cheque that nobody used to the money that went back for it, funder by funder. */
class CreditedChequesIT {
  private static final Actor CLERK = new Actor("clerk", Role.CLERK, "");
  private static final OrderId ORDER = new OrderId("o-1");
  private static final CreditNoteId OF_STATE = new CreditNoteId("o-1~anct");
  private static final CreditNoteId OF_REGION = new CreditNoteId("o-1~nouvelle-aquitaine");
  private static final RefundOrderId REFUNDS = new RefundOrderId("rf-1");
  private static final LocalDate ON = LocalDate.of(2028, 4, 3);

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
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
            AccountsProjections.accountsAndStages(),
            new HistoriesProjection());
    endpoint =
        new ChequeHistoryEndpoint(
            new ChequeHistories(database.reader(), ledger.reader()),
            new PostingsQuery(database.reader()),
            new BalancesQuery(database.reader()),
            following.runners(),
            database.reader());
    ledger.record(Story.untilHandedOut());
    ledger.record(
        new FunderAccountOpened(
            Story.STATE, account(Story.STATE), "fingerprint-3", "clerk-1", "clerk-2"),
        new FunderAccountOpened(
            Story.REGION, account(Story.REGION), "fingerprint-4", "clerk-1", "clerk-2"));
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void anExpiredChequeIsFollowedToTheNotesAndTheirRefunds() {
    long expired = ledger.record(Story.expired());
    assertThat(kinds(CLERK, 510)).last().isEqualTo("Expired");

    long state = ledger.record(note(Story.STATE));
    assertThat(kinds(CLERK, 510)).endsWith("Expired", "Credited o-1~anct anct");
    long region = ledger.record(note(Story.REGION));
    long ordered = ledger.record(ordered());
    assertThat(kinds(CLERK, 510))
        .endsWith(
            "Credited o-1~nouvelle-aquitaine nouvelle-aquitaine",
            "ORDERED o-1~anct anct rf-1 rf-1-1",
            "ORDERED o-1~nouvelle-aquitaine nouvelle-aquitaine rf-1 rf-1-2");
    ledger.record(
        new RefundExecuted(REFUNDS, transfer(1), OF_STATE, ON),
        new RefundRejected(
            REFUNDS, transfer(2), OF_REGION, Story.REGION, ON, "AC04", account(Story.REGION)),
        new RefundReinstated(REFUNDS, transfer(2), OF_REGION));
    long refunded = ledger.record(refunded(Story.STATE));
    long returned = ledger.record(returned(Story.STATE));

    assertThat(kinds(CLERK, 510))
        .endsWith(
            "EXECUTED o-1~anct anct rf-1 rf-1-1",
            "REJECTED o-1~nouvelle-aquitaine nouvelle-aquitaine rf-1 rf-1-2 AC04",
            "REINSTATED o-1~nouvelle-aquitaine nouvelle-aquitaine rf-1 rf-1-2",
            "REFUNDED o-1~anct anct null rf-1-1 booking E-1",
            "RETURNED o-1~anct anct rf-1 rf-1-1 booking E-2 MD06");
    ChequeHistory history = history(CLERK, 510);
    assertThat(history.state()).isEqualTo(State.EXPIRED);
    assertThat(history.events()).isSortedAccordingTo(CreditedChequesIT::inOrder);

    // As of each moment what had been recorded by then, and no more.
    assertThat(last(expired)).isEqualTo("Expired");
    assertThat(last(state)).isEqualTo("Credited o-1~anct anct");
    assertThat(last(region)).isEqualTo("Credited o-1~nouvelle-aquitaine nouvelle-aquitaine");
    assertThat(last(ordered)).startsWith("ORDERED o-1~nouvelle-aquitaine");
    assertThat(last(refunded)).startsWith("REFUNDED");
    assertThat(last(returned)).startsWith("RETURNED");

    // The figures: what was due back to the State left the bank, and came back to it.
    assertThat(facts(CLERK, 510))
        .endsWith("ChequesExpired", "CreditNoteRefunded", "RefundReturned");
    assertThat(
            endpoint.readChequePostings(CLERK, Story.serial(510).toString(), null).facts().stream()
                .filter(fact -> fact.fact().equals("CreditNoteRefunded"))
                .flatMap(fact -> fact.postings().stream())
                .map(posting -> posting.kind() + " " + posting.funder() + " " + posting.cents()))
        .containsExactlyInAnyOrder(
            "DUE_BACK anct " + cents(Story.STATE), "BANK anct -" + cents(Story.STATE));
  }

  @Test
  void aFunderIsToldOfItsOwnNoteAndAVenueAndAPrescriberOfNone() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 5);
    ledger.record(slip);
    ledger.record(Story.expired(), note(Story.STATE), note(Story.REGION), recovering(slip));
    ledger.record(ordered(), refunded(Story.STATE), refunded(Story.REGION));

    assertThat(kinds(new Actor("region", Role.FUNDER, Story.REGION.value()), 510))
        .endsWith(
            "Expired",
            "Credited o-1~nouvelle-aquitaine nouvelle-aquitaine",
            "ORDERED o-1~nouvelle-aquitaine nouvelle-aquitaine rf-1 rf-1-2",
            "REFUNDED o-1~nouvelle-aquitaine nouvelle-aquitaine null rf-1-2 booking E-1")
        .noneMatch(kind -> kind.contains("anct"));
    assertThat(facts(new Actor("region", Role.FUNDER, Story.REGION.value()), 510))
        .containsOnlyOnce("CreditNoteRefunded");
    assertThat(kinds(new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value()), 510))
        .last()
        .isEqualTo("Expired");
    assertThat(kinds(new Actor("library", Role.VENUE, Story.LIBRARY.value()), 5))
        .last()
        .isEqualTo("Redeemed");
    assertThat(kinds(CLERK, 5)).last().isEqualTo("Credited o-1~anct~2 anct");
  }

  @Test
  void aCancelledOrderIsToldAndANoteRefundedByHandHasNoTransfer() {
    ledger.record(Story.expired(), note(Story.STATE), note(Story.REGION), ordered());
    ledger.record(new RefundsCancelled(REFUNDS, List.of(OF_STATE, OF_REGION), "clerk-1"));
    ledger.record(
        new CreditNoteRefunded(
            OF_STATE,
            Story.STATE,
            cents(Story.STATE),
            ON,
            parts(Story.STATE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    assertThat(kinds(CLERK, 510))
        .endsWith(
            "CANCELLED o-1~anct anct rf-1 null",
            "CANCELLED o-1~nouvelle-aquitaine nouvelle-aquitaine rf-1 null",
            "REFUNDED o-1~anct anct null null");

    ledger.record(
        new RefundTakenBack(
            OF_STATE,
            Story.STATE,
            cents(Story.STATE),
            ON,
            parts(Story.STATE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RefundTakenBack.Reason.WRONG_NOTE,
            "clerk-1"));
    assertThat(kinds(CLERK, 510)).last().isEqualTo("TAKEN_BACK o-1~anct anct null null");
    assertThat(facts(CLERK, 510)).endsWith("CreditNoteRefunded", "RefundTakenBack");

    ledger.record(
        new RefundExecutionTakenBack(
            REFUNDS, transfer(1), OF_STATE, ON, RefundTakenBack.Reason.REJECTED, "clerk-1"));
    assertThat(kinds(CLERK, 510)).last().isEqualTo("TAKEN_BACK o-1~anct anct rf-1 rf-1-1");
  }

  /** The note is of those that ended unused and had been paid in for: of no other of its order. */
  @Test
  void aNoteIsOfThoseChequesAloneWhichItCredits() {
    ledger.record(Story.opposed("op-1", Whereabouts.HANDED_OUT, null, 7, 7));
    SlipJudged used = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 6);
    ledger.record(used);
    SlipJudged waived = waiving(Story.slip(Story.BUS, "S-2", Story.BUS_GUERET, 8, 9));
    ledger.record(waived);
    SlipJudged takenBack = waiving(Story.slip(Story.BUS, "S-3", Story.BUS_GUERET, 11, 11));
    ledger.record(Story.withdrawn(takenBack, ledger.record(takenBack)));
    ledger.record(Story.slip(Story.BUS, "S-4", Story.BUS_GUERET, 11, 11));
    ledger.record(Story.expired(), note(Story.STATE), noteOfAnother());
    ledger.record(recovering(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 6, 6)));

    assertThat(kinds(CLERK, 7)).endsWith("Opposed", "Credited o-1~anct anct");
    assertThat(kinds(CLERK, 8)).endsWith("Redeemed", "Credited o-1~anct anct");
    assertThat(kinds(CLERK, 9)).last().isEqualTo("Redeemed");
    assertThat(kinds(CLERK, 5)).last().isEqualTo("Redeemed");
    assertThat(kinds(CLERK, 6)).endsWith("Redeemed", "Credited o-1~anct~2 anct");
    // Waived by a slip that was withdrawn, and accepted by another.
    assertThat(kinds(CLERK, 11)).last().isEqualTo("Redeemed");
    // It was never activated.
    assertThat(kinds(CLERK, 950)).last().isEqualTo("Expired");
    // Not of what was recovered.
    assertThat(kinds(CLERK, 510)).last().isEqualTo("Credited o-1~anct anct");
  }

  @Test
  void theDebitOfATransferThatTheBankSaidToHaveExecutedIsPartOfTheWay() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9);
    SlipJudged ofBus = Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 20, 29);
    long first = ledger.record(slip);
    long second = ledger.record(ofBus);
    SettlementRunOpened run = Story.run("R-1", Map.of(first, slip, second, ofBus));
    ledger.record(run, Story.executed(run, Story.LIBRARY));
    assertThat(facts(CLERK, 5)).last().isEqualTo("TransferExecuted");

    ledger.record(Story.debited(run, Story.LIBRARY));

    assertThat(facts(CLERK, 5)).endsWith("TransferExecuted", "TransferDebited");
    assertThat(kinds(CLERK, 5)).endsWith("Paid", "Debited");
    assertThat(history(CLERK, 5).state()).isEqualTo(State.PAID);
    assertThat(kinds(CLERK, 20)).last().isEqualTo("TransferOrdered");
    assertThat(facts(new Actor("library", Role.VENUE, Story.LIBRARY.value()), 5))
        .doesNotContain("ChequesActivated");
    assertThat(kinds(new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value()), 5))
        .last()
        .isEqualTo("Redeemed");
  }

  @Test
  void aDebitThatTheBankTellsNoMoreLeavesItsChequesWhereTheyWereBefore() {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9);
    SlipJudged ofBus = Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 20, 29);
    long first = ledger.record(slip);
    long second = ledger.record(ofBus);
    SettlementRunOpened run = Story.run("R-1", Map.of(first, slip, second, ofBus));
    ledger.record(
        run,
        Story.executed(run, Story.LIBRARY),
        Story.debited(run, Story.LIBRARY),
        Story.confirmed(run, Story.BUS));
    assertThat(history(CLERK, 20).state()).isEqualTo(State.PAID);

    ledger.record(
        Story.takenBack(run, Story.LIBRARY, true), Story.takenBack(run, Story.BUS, false));

    assertThat(kinds(CLERK, 5)).endsWith("Debited", "DebitTakenBack");
    assertThat(history(CLERK, 5).state()).isEqualTo(State.PAID);
    assertThat(kinds(CLERK, 20)).endsWith("Paid", "DebitTakenBack");
    assertThat(history(CLERK, 20).state()).isEqualTo(State.IN_TRANSFER);
    assertThat(facts(CLERK, 20)).endsWith("TransferConfirmed", "TransferDebitTakenBack");

    ledger.record(Story.confirmed(run, Story.BUS));
    assertThat(history(CLERK, 20).state()).isEqualTo(State.PAID);
  }

  private ChequeHistory history(Actor actor, int ordinal) {
    return endpoint.readChequeHistory(actor, Story.serial(ordinal).toString(), null, null, null);
  }

  private List<String> kinds(Actor actor, int ordinal) {
    return history(actor, ordinal).events().stream().map(CreditedChequesIT::told).toList();
  }

  private String last(long position) {
    return told(
        endpoint
            .readChequeHistory(CLERK, Story.serial(510).toString(), position, null, null)
            .events()
            .getLast());
  }

  private List<String> facts(Actor actor, int ordinal) {
    return endpoint
        .readChequePostings(actor, Story.serial(ordinal).toString(), null)
        .facts()
        .stream()
        .map(ChequePostings.OfFact::fact)
        .toList();
  }

  private static int inOrder(HistoryEvent one, HistoryEvent other) {
    return Long.compare(one.position(), other.position());
  }

  private static String told(HistoryEvent event) {
    return switch (event) {
      case HistoryEvent.Credited e -> "Credited " + e.creditNote() + " " + e.funder();
      case HistoryEvent.Refund e ->
          e.step()
              + " %s %s %s %s".formatted(e.creditNote(), e.funder(), e.order(), e.transfer())
              + (e.bankEntry() == null ? "" : " booking " + e.bankEntry())
              + (e.reason() == null ? "" : " " + e.reason());
      default -> event.getClass().getSimpleName();
    };
  }

  private static List<FundedCents> parts(FunderId funder) {
    return Story.cents().shares(501, 600).stream()
        .filter(part -> part.funder().equals(funder))
        .toList();
  }

  private static long cents(FunderId funder) {
    return parts(funder).stream().mapToLong(FundedCents::cents).sum();
  }

  private static CreditNoteId noteOf(FunderId funder) {
    return funder.equals(Story.STATE) ? OF_STATE : OF_REGION;
  }

  private static CreditNoteIssued note(FunderId funder) {
    return new CreditNoteIssued(
        noteOf(funder),
        ORDER,
        funder,
        cents(funder),
        ON.minusDays(30),
        parts(funder),
        List.of(),
        Optional.empty());
  }

  /** Of a funder of which these cheques have not a cent. */
  private static CreditNoteIssued noteOfAnother() {
    FunderId other = new FunderId("limoges");
    FundedCents of = parts(Story.STATE).getFirst();
    return new CreditNoteIssued(
        new CreditNoteId("o-1~limoges"),
        ORDER,
        other,
        of.cents(),
        ON.minusDays(30),
        List.of(
            new FundedCents(
                of.programme(),
                of.agreement(),
                of.keyVersion(),
                of.fundingDepartement(),
                other,
                of.cents(),
                Optional.empty())),
        List.of(),
        Optional.empty());
  }

  /** The State's supplementary note for the first line of a slip. */
  private static CreditNoteIssued recovering(SlipJudged slip) {
    List<FundedCents> one =
        Story.cents().shares(5, 5).stream()
            .filter(part -> part.funder().equals(Story.STATE))
            .toList();
    return new CreditNoteIssued(
        CreditNoteId.supplementary(ORDER, Story.STATE, 2),
        ORDER,
        Story.STATE,
        one.getFirst().cents(),
        ON.minusDays(3),
        one,
        List.of(
            new CreditNoteIssued.Recovered(
                new ReversalId("indu-1"), slip.venue(), slip.acceptedCheques().getFirst())),
        Optional.empty());
  }

  /** Its first line, of which the venue waives its pay. */
  private static SlipJudged waiving(SlipJudged slip) {
    return new SlipJudged(
        slip.venue(),
        slip.reference(),
        slip.contentDigest(),
        slip.presentedAt(),
        slip.visits(),
        slip.lines(),
        slip.owed(),
        slip.conflicts(),
        List.of(1),
        List.of());
  }

  private static TransferId transfer(int number) {
    return new TransferId(REFUNDS + "-" + number);
  }

  private static VaultReference account(FunderId funder) {
    return new VaultReference("account-" + funder);
  }

  private static RefundsOrdered ordered() {
    return new RefundsOrdered(
        REFUNDS, List.of(ordered(1, Story.STATE), ordered(2, Story.REGION)), "clerk-1");
  }

  private static RefundsOrdered.Transfer ordered(int number, FunderId funder) {
    return new RefundsOrdered.Transfer(
        transfer(number),
        noteOf(funder),
        funder,
        account(funder),
        cents(funder),
        parts(funder),
        Optional.empty());
  }

  private static Fact refunded(FunderId funder) {
    return new CreditNoteRefunded(
        noteOf(funder),
        funder,
        cents(funder),
        ON.plusDays(1),
        parts(funder),
        Optional.of(transfer(funder.equals(Story.STATE) ? 1 : 2)),
        Optional.of(entry("E-1", -cents(funder))),
        Optional.empty());
  }

  private static Fact returned(FunderId funder) {
    return new RefundReturned(
        REFUNDS,
        transfer(1),
        noteOf(funder),
        funder,
        ON.plusDays(4),
        "MD06",
        account(funder),
        cents(funder),
        parts(funder),
        entry("E-2", cents(funder)),
        Optional.empty());
  }

  private static BankEntry entry(String booking, long cents) {
    return new BankEntry(
        booking, Optional.empty(), ON, ON, cents, Optional.empty(), Optional.empty());
  }
}
