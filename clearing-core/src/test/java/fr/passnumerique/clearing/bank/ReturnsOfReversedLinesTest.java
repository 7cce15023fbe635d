package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.RECEIVABLE_IF_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.ContestReversal;
import fr.passnumerique.clearing.reversal.CreditRecovered;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.Recoveries;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReverseLines;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The bank told that transfer R-1-1 of four lines of 10 € came back, and tells that no more; lines
 * were reversed before or since, or something was netted with it. The venue has the 40 € after all.
 */
class ReturnsOfReversedLinesTest {
  private static final VenueId VENUE = new VenueId("10000000000001");
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final Batch BATCH = Batch.of(7);
  private static final LocalDate DAY = LocalDate.of(2026, 4, 3);
  private static final LocalDate NEXT = DAY.plusDays(1);

  private final BankWorld world = BankWorld.usual();
  private long position;

  @BeforeEach
  void fourLinesAreAccepted() {
    world.ledger.given(
        AskedOfAVenue.issued(),
        new VenueAccountOpened(VENUE, new VaultReference("v-1"), "iban-1"),
        slip("S-1", 1, 4));
    position = world.ledger.facts().size();
    world.ledger.on(DAY).given(new DayOpened(DAY));
  }

  private static SlipJudged slip(String reference, int first, int last) {
    CentsOfCheques cents =
        CentsOfCheques.of(
            AskedOfAVenue.issued(),
            List.of(
                FundedWorld.share(STATE, 5714, 10_000_000),
                FundedWorld.share(REGION, 4286, 10_000_000)));
    return new SlipJudged(
        VENUE,
        new SlipReference(reference),
        "digest",
        Instant.parse("2026-03-20T10:00:00Z"),
        List.of(
            new SlipJudged.Visit(new PointOfServiceId("desk"), CREUSE, DAY.minusDays(30), "Aide")),
        IntStream.rangeClosed(first, last)
            .mapToObj(
                ordinal ->
                    new SlipJudged.Line(
                        Optional.of(new Serial(BATCH, ordinal)),
                        0,
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        cents.shares(first, last).stream()
            .map(
                part ->
                    new SpentCents(
                        PROGRAMME,
                        AGREEMENT,
                        1,
                        CREUSE,
                        CREUSE,
                        part.funder(),
                        part.cents(),
                        Optional.empty()))
            .toList());
  }

  private void sent(String run, LocalDate day) {
    open(run, day);
    world.must(new ReleaseSettlementRun(new SettlementRunId(run), "clerk-2"));
  }

  private SettlementRunOpened open(String run, LocalDate day) {
    return world.must(new OpenSettlementRun(new SettlementRunId(run), PROGRAMME, day, "clerk-1"));
  }

  private static Camt day(long cents) {
    return Camt.statement("S-1", DAY.toString(), DAY.toString(), 0)
        .entry("B-1", DAY.toString(), -cents, "R-1-1", "");
  }

  private void paid() {
    sent("R-1", DAY);
    world.importing(
        Camt.notification("N-1").entry("B-1", DAY.toString(), -4_000, "R-1-1", "").bytes());
  }

  private void comesBack(long cents) {
    world.importing(day(cents).returned("B-2", DAY.toString(), cents, "R-1-1", "AC04").bytes());
    world.ledger.given(new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"));
    world.ledger.on(NEXT).given(new DayOpened(NEXT));
  }

  private ReverseLines reversing(int... lines) {
    return new ReverseLines(
        new ReversalId("indu-1"),
        VENUE,
        new SlipReference("S-1"),
        position,
        IntStream.of(lines)
            .mapToObj(line -> new ReversalProposed.Line(line, new Serial(BATCH, line), CREUSE))
            .toList(),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        "clerk-1");
  }

  private void lifted() {
    ReversalId reversal = new ReversalId("indu-1");
    world.must(new ContestReversal(reversal, VENUE, Optional.empty(), "venue"));
    world.must(new DecideContest(reversal, DecideContest.Outcome.LIFTED, "clerk-3"));
  }

  private CloseBankException toldNoMore(long cents) {
    world.importing(day(cents).bytes());
    return new CloseBankException(
        world.register.doubts().getFirst().exception(),
        BankExceptionClosed.Reason.CORRECTED_BY_BANK,
        Optional.empty(),
        "clerk-1");
  }

  private List<String> corrected(long cents) {
    return world.must(toldNoMore(cents)).takenOut().stream()
        .map(each -> each.became().toString())
        .toList();
  }

  private MatchBankEntry matching() {
    return new MatchBankEntry(
        world.register.doubts().getFirst().exception(),
        List.of(),
        Optional.empty(),
        Optional.of(TRANSFER),
        "clerk-1");
  }

  private String refused(MatchBankEntry match) {
    Outcome<?> outcome = world.ledger.send(match);
    assertThat(outcome.toString()).contains("cancel the run", "offset the two entries");
    return ((Outcome.Refused<?>) outcome).refusal().code().toString();
  }

  private void stands(long payable, long claimed, long dueBack, long titlesPaid, long bank) {
    assertThat(
            List.of(
                -world.balance(VENUE_PAYABLE),
                -world.balance(TRANSFER_IN_TRANSIT),
                world.balance(VENUE_RECEIVABLE),
                world.balance(RECEIVABLE_IF_PAID),
                -world.balance(DUE_BACK),
                world.balance(TITLES_PAID),
                world.balance(BANK)))
        .as("payable, in transit, claimed, claimed if paid, due back, titles paid, bank")
        .containsExactly(payable, 0L, claimed, 0L, dueBack, titlesPaid, bank);
  }

  /** Nothing is left to be explained, and cover is proven. */
  private void isDealtWith() {
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(world.register.doubts()).isEmpty();
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }

  /** Two more lines: one is set against what is claimed, the other is all that is paid. */
  private void theClaimIsNetted() {
    world.ledger.given(slip("S-2", 5, 6));
    LocalDate day = NEXT.plusDays(1);
    world.ledger.on(day).given(new DayOpened(day));
    assertThat(open("R-9", day).transfers())
        .extracting(SettlementRunOpened.Transfer::amountCents)
        .containsExactly(1_000L);
    world.must(new ReleaseSettlementRun(new SettlementRunId("R-9"), "clerk-2"));
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    assertThat(-world.balance(DUE_BACK)).isEqualTo(1_000);
  }

  @Test
  void aLineThatWasReversedWhenItWasPaidIsClaimedAsBefore() {
    paid();
    world.must(reversing(2));
    stands(0, 1_000, 0, 3_000, -4_000);
    comesBack(4_000);

    assertThat(corrected(4_000)).containsExactly("RETURN_TAKEN_BACK");

    stands(0, 1_000, 0, 3_000, -4_000);
    isDealtWith();
    theClaimIsNetted();
  }

  @Test
  void aLineThatWasReversedWhileItWasOwedAgainIsClaimedForItWasPaid() {
    paid();
    comesBack(4_000);
    world.must(reversing(2));
    stands(3_000, 0, 1_000, 0, 0);

    assertThat(corrected(4_000)).containsExactly("RETURN_TAKEN_BACK");

    stands(0, 1_000, 0, 3_000, -4_000);
    isDealtWith();
    theClaimIsNetted();
  }

  @Test
  void itMayComeBackAgainAndNotAgain() {
    paid();
    comesBack(4_000);
    world.must(reversing(2));
    world.must(toldNoMore(4_000));
    world.importing(
        Camt.notification("N-2").returned("B-8", NEXT.toString(), 4_000, "R-1-1", "AC04").bytes());
    assertThat(-world.balance(VENUE_PAYABLE)).isEqualTo(4_000);
    assertThat(world.balance(RECEIVABLE_IF_PAID)).isEqualTo(1_000);

    world.importing(Camt.statement("S-2", NEXT.toString(), NEXT.toString(), -4_000).bytes());
    world.must(
        new CloseBankException(
            world.register.doubts().getFirst().exception(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));

    stands(0, 1_000, 0, 3_000, -4_000);
    isDealtWith();
    theClaimIsNetted();
  }

  @Test
  void aLineThatWasReversedOnItsWayInARunThatIsCancelledIsClaimedToo() {
    paid();
    comesBack(4_000);
    open("R-2", NEXT);
    world.must(reversing(2));
    assertThat(corrected(4_000)).containsExactly("TO_EXPLAIN");
    MatchBankEntry match = matching();
    assertThat(refused(match)).isEqualTo("TRANSFER_DIFFERS");

    world.must(new CancelSettlementRun(new SettlementRunId("R-2"), "clerk-1"));
    stands(3_000, 0, 1_000, 0, -4_000);
    world.must(match);

    stands(0, 1_000, 0, 3_000, -4_000);
    isDealtWith();
    theClaimIsNetted();
  }

  @Test
  void whatWasNettedWithItStaysNetted() {
    paid();
    world.must(reversing(2));
    world.ledger.given(slip("S-2", 5, 7));
    world.ledger.on(NEXT).given(new DayOpened(NEXT));
    sent("R-2", NEXT);
    world.must(SettlementParts.download("R-2"));
    Camt day =
        Camt.statement("S-2", NEXT.toString(), NEXT.toString(), -4_000)
            .entry("B-3", NEXT.toString(), -2_000, "R-2-1", "");
    Camt told =
        Camt.statement("S-2", NEXT.toString(), NEXT.toString(), -4_000)
            .entry("B-3", NEXT.toString(), -2_000, "R-2-1", "");
    world.importing(told.returned("B-4", NEXT.toString(), 2_000, "R-2-1", "AC04").bytes());
    stands(2_000, 0, 1_000, 4_000, -4_000);

    world.importing(day.bytes());
    assertThat(
            world
                .must(
                    new CloseBankException(
                        world.register.doubts().getFirst().exception(),
                        BankExceptionClosed.Reason.CORRECTED_BY_BANK,
                        Optional.empty(),
                        "clerk-1"))
                .takenOut())
        .extracting(BankExceptionClosed.TakenOut::became)
        .containsExactly(BankExceptionClosed.Became.RETURN_TAKEN_BACK);

    // 30 € of the second slip are paid: 20 € by the bank, 10 € by what the venue owed.
    stands(0, 0, 1_000, 6_000, -6_000);
    isDealtWith();
  }

  @Test
  void aClaimThatAnotherRunHasNettedMeanwhileStaysRecovered() {
    paid();
    world.must(reversing(2));
    comesBack(4_000);
    world.ledger.given(slip("S-2", 5, 6));
    LocalDate day = NEXT.plusDays(1);
    world.ledger.on(day).given(new DayOpened(day));
    world.importing(day(4_000).bytes());
    // What may be paid is left out; of the rest one line is set against the claim.
    SettlementRunOpened opened = open("R-2", day);
    assertThat(opened.inDoubt()).hasSize(1);
    assertThat(opened.nettings()).hasSize(1);
    world.must(new ReleaseSettlementRun(new SettlementRunId("R-2"), "clerk-2"));
    world.must(
        new CloseBankException(
            opened.inDoubt().getFirst().exception(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));

    assertThat(-world.balance(VENUE_PAYABLE)).isZero();
    assertThat(-world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(1_000);
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    assertThat(world.balance(RECEIVABLE_IF_PAID)).isZero();
    assertThat(-world.balance(DUE_BACK)).isEqualTo(1_000);
    isDealtWith();
  }

  @Test
  void aReversalThatWasLiftedMeanwhileLeavesItsLinePaidAsAnyOther() {
    paid();
    world.must(reversing(2));
    comesBack(4_000);
    lifted();

    assertThat(corrected(4_000)).containsExactly("RETURN_TAKEN_BACK");

    stands(0, 0, 0, 4_000, -4_000);
    isDealtWith();
  }

  /** What the remedy says where nothing can be undone any more. */
  private void theVenueGivesItBack(MatchBankEntry match) {
    assertThat(refused(match)).isEqualTo("TRANSFER_DIFFERS");
    world.importing(
        Camt.notification("N-9").entry("B-9", NEXT.toString(), 4_000, "", "rendu").bytes());
    String credit =
        world.register.unmatched().stream()
            .map(one -> one.fact().entry().id())
            .filter(id -> !id.equals(match.entry()))
            .findFirst()
            .orElseThrow();
    world.must(new OffsetBankEntries(credit, match.entry(), "clerk-1"));
    isDealtWith();
  }

  @Test
  void ofALineThatIsOnACreditNoteByNowTheVenueGivesTheMoneyBack() {
    paid();
    comesBack(4_000);
    world.must(reversing(2));
    world.ledger.given(credited());
    assertThat(corrected(4_000)).containsExactly("TO_EXPLAIN");

    theVenueGivesItBack(matching());

    sent("R-2", NEXT);
    assertThat(-world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(3_000);
  }

  @Test
  void ofALineThatIsOwedApartSinceItsReversalWasLiftedTheVenueGivesTheMoneyBack() {
    paid();
    comesBack(4_000);
    world.must(reversing(2));
    lifted();
    assertThat(corrected(4_000)).containsExactly("TO_EXPLAIN");

    theVenueGivesItBack(matching());

    LocalDate day = NEXT.plusDays(1);
    world.ledger.on(day).given(new DayOpened(day));
    sent("R-2", day);
    assertThat(-world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(4_000);
  }

  private static final CreditRecovered CREDIT = new CreditRecovered(new OrderId("o-7"));

  /** The reversal of line 2, as owed, can be contested no more; all have agreed the statement. */
  private void couldBeCredited() {
    paid();
    comesBack(4_000);
    world.must(reversing(2));
    for (Optional<FunderId> party :
        List.of(Optional.<FunderId>empty(), Optional.of(STATE), Optional.of(REGION))) {
      world.ledger.given(
          new ExpirySigned(new OrderId("o-7"), ExpiryStep.STATEMENT, party, "clerk-1", NEXT));
    }
    LocalDate later = NEXT.plusDays(31);
    world.ledger.on(later).given(new DayOpened(later));
  }

  private void waits(long cents) {
    CreditRecovered.Credited credited = world.must(CREDIT);
    assertThat(credited.creditNotes()).isEmpty();
    assertThat(credited.waitingCents()).isEqualTo(cents);
  }

  @Test
  void ofALineThatMayBePaidAllTheSameNothingIsCreditedAndItsVenueIsAskedOnceItIs() {
    couldBeCredited();
    CloseBankException closing = toldNoMore(4_000);
    waits(1_000);
    assertThat(world.recoveries.credits(NEXT.plusDays(31))).isEmpty();

    assertThat(world.must(closing).takenOut())
        .extracting(BankExceptionClosed.TakenOut::became)
        .containsExactly(BankExceptionClosed.Became.RETURN_TAKEN_BACK);

    waits(0);
    stands(0, 1_000, 0, 3_000, -4_000);
    isDealtWith();
  }

  @Test
  void itIsCreditedOnceTheBankTellsAgainThatItCameBack() {
    couldBeCredited();
    toldNoMore(4_000);
    waits(1_000);

    world.importing(
        Camt.statement("S-1", DAY.toString(), DAY.toString(), 0)
            .entry("B-1", DAY.toString(), -4_000, "R-1-1", "")
            .returned("B-2", DAY.toString(), 4_000, "R-1-1", "AC04")
            .entry("B-3", DAY.toString(), 100, "", "")
            .bytes());
    assertThat(world.register.doubts()).isEmpty();

    assertThat(world.recoveries.credits(NEXT.plusDays(31)))
        .extracting(Recoveries.Credit::cents)
        .containsExactly(1_000L);
    assertThat(world.must(CREDIT).creditNotes())
        .extracting(CreditNoteIssued::amountCents)
        .containsExactlyInAnyOrder(572L, 428L);
  }

  @Test
  void aStatementThatLeavesTheReturnOutAtTheMomentOfTheCreditIsSeen() {
    couldBeCredited();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(day(4_000).bytes());

    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), CREDIT);

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(CreditNoteIssued.class)).isEmpty();
  }

  private static CreditNoteIssued credited() {
    OrderId order = new OrderId("o-7");
    return new CreditNoteIssued(
        CreditNoteId.supplementary(order, STATE, 2),
        order,
        STATE,
        571,
        NEXT,
        new ArrayList<>(
            List.of(
                new FundedCents(PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 571, Optional.empty()))),
        List.of(
            new CreditNoteIssued.Recovered(new ReversalId("indu-1"), VENUE, new Serial(BATCH, 2))),
        Optional.empty());
  }

  @Test
  void whatItsDebitLeftThatTheBankTellsNoMoreIsItsMoneyBackAndClosesNoAccount() {
    paid();
    world.must(reversing(2));
    world.importing(Camt.statement("S-1", DAY.toString(), DAY.toString(), 0).bytes());
    String left =
        world
            .must(
                new CloseBankException(
                    new StatementsInDoubt(world.register).read().getFirst().exception(),
                    BankExceptionClosed.Reason.CORRECTED_BY_BANK,
                    Optional.empty(),
                    "clerk-1"))
            .takenOut()
            .getFirst()
            .of()
            .orElseThrow();
    world.must(
        new MatchBankEntry(left, List.of(), Optional.empty(), Optional.of(TRANSFER), "clerk-1"));
    assertThat(-world.balance(VENUE_PAYABLE)).isEqualTo(4_000);
    isDealtWith();

    world.ledger.on(NEXT).given(new DayOpened(NEXT));
    assertThat(open("R-2", NEXT).transfers())
        .extracting(SettlementRunOpened.Transfer::account)
        .containsExactly(new VaultReference("v-1"));
    world.must(new ReleaseSettlementRun(new SettlementRunId("R-2"), "clerk-2"));
  }

  @Test
  void aLineThatIsReversedAtThatMomentHasItDecidedAgain() {
    paid();
    comesBack(4_000);
    CloseBankException closing = toldNoMore(4_000);

    var race = world.ledger.race(reversing(2), closing);

    assertThat(race.decidedAgain()).isTrue();
    stands(0, 1_000, 0, 3_000, -4_000);
    isDealtWith();
  }
}
