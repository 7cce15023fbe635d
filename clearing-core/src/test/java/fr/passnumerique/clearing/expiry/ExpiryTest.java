package fr.passnumerique.clearing.expiry;

import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.DistributionRefusal;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.expiry.ChequesExpired.Part;
import fr.passnumerique.clearing.expiry.ChequesExpired.Where;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An order of 100 cheques: 1 to 60 are covered; 1 to 40 were delivered to the CCAS and 41 to 60 to
 * the mission locale; 1 to 30 are handed out; 1 to 12 are redeemed. It ends on 31 August 2026.
 */
class ExpiryTest {
  private static final OrderId ORDER = new OrderId("o-1");
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 9, 30);
  private static final VenueId VENUE = new VenueId("21230096100018");
  private static final Actor CLERK = new Actor("clerk", Role.CLERK, "");
  private static final Actor OF_STATE = new Actor("someone", Role.FUNDER, STATE.value());

  private FundedWorld world;
  private Batch batch;

  @BeforeEach
  void anOrderInUse() {
    world = FundedWorld.usual();
    batch = world.issued("o-1", 100);
    world.must(receipt("r-1", STATE, 40_000));
    world.must(receipt("r-2", REGION, 30_000));
    world.must(new ActivateCheques(new ActivationId("a-1"), batch, 1, OptionalInt.of(60)));
    world.must(delivery("d-1", CCAS, batch, 1, 40));
    world.must(delivery("d-2", MISSION, batch, 41, 60));
    world.must(handOut("h-1", CCAS, new Choice.Carnets(batch, 1, 3)));
    world.ledger.given(redeemed("s-1", 1, 12));
  }

  private SlipJudged redeemed(String reference, int first, int last) {
    List<SlipJudged.Line> lines = new ArrayList<>();
    for (int ordinal = first; ordinal <= last; ordinal++) {
      lines.add(
          new SlipJudged.Line(
              Optional.of(new Serial(batch, ordinal)), 0, Optional.empty(), Optional.empty()));
    }
    return new SlipJudged(
        VENUE,
        new SlipReference(reference),
        "digest",
        Paris.startOf(LocalDate.of(2026, 4, 1)),
        List.of(
            new SlipJudged.Visit(
                new PointOfServiceId("gueret"), CREUSE, LocalDate.of(2026, 3, 30), "Aide")),
        lines,
        List.of());
  }

  // --- the calendar

  @ParameterizedTest
  @CsvSource({
    "ANNOUNCEMENT, 2026-08-01",
    "APPROVAL, 2026-08-16",
    "ACKNOWLEDGEMENT, 2026-08-24",
    "EXPIRY, 2026-10-01",
    "STATEMENT, 2026-10-07",
  })
  void eachStepHasItsFirstDay(ExpiryStep step, LocalDate first) {
    assertThat(step.from(ORDER_ENDS, 30)).isEqualTo(first);
  }

  @Test
  void anOrderIsAnnouncedThirtyDaysBeforeItsEndAndNotADayEarlier() {
    world.ledger.on(LocalDate.of(2026, 7, 31));
    world
        .ledger
        .when(new AnnounceExpiry(ORDER))
        .thenRefuses(ExpiryRefusal.STEP_TOO_EARLY)
        .having("ANNOUNCEMENT");

    world.ledger.at(Paris.startOf(LocalDate.of(2026, 8, 1)));
    ExpiryAnnounced announced =
        world.ledger.when(new AnnounceExpiry(ORDER)).thenRecordsOne(ExpiryAnnounced.class);
    world.must(new AnnounceExpiry(ORDER));
    assertThat(announced.counts()).isEqualTo(new ExpiryAnnounced.Counts(100, 60, 30, 12, 2));

    world.ledger.on(LocalDate.of(2026, 8, 20));
    world.ledger.when(new AnnounceExpiry(ORDER)).thenAlreadyRecorded().thenAnswers(announced);
  }

  @Test
  void aFunderApprovesFromFifteenDaysAndAcknowledgesFromSevenDaysBefore() {
    world.ledger.on(LocalDate.of(2026, 8, 15));
    world.ledger.when(sign(ExpiryStep.APPROVAL, STATE)).thenRefuses(ExpiryRefusal.STEP_TOO_EARLY);
    world.ledger.on(LocalDate.of(2026, 8, 16));
    world.must(sign(ExpiryStep.APPROVAL, STATE));
    world.ledger.on(LocalDate.of(2026, 8, 23));
    world
        .ledger
        .when(sign(ExpiryStep.ACKNOWLEDGEMENT, STATE))
        .thenRefuses(ExpiryRefusal.STEP_TOO_EARLY);
    world.ledger.on(LocalDate.of(2026, 8, 24));
    world.must(sign(ExpiryStep.ACKNOWLEDGEMENT, STATE));
    world.ledger.when(sign(ExpiryStep.ACKNOWLEDGEMENT, STATE)).thenAlreadyRecorded();
  }

  @Test
  void theOperatorSignsTheStatementAloneAndAStrangerNothing() {
    world.ledger.on(LocalDate.of(2026, 12, 1));
    for (ExpiryStep step :
        List.of(ExpiryStep.ANNOUNCEMENT, ExpiryStep.APPROVAL, ExpiryStep.ACKNOWLEDGEMENT)) {
      world.ledger.when(operator(step)).thenRefuses(ExpiryRefusal.STEP_NOT_SIGNED);
    }
    world.ledger.when(sign(ExpiryStep.EXPIRY, STATE)).thenRefuses(ExpiryRefusal.STEP_NOT_SIGNED);
    world
        .ledger
        .when(sign(ExpiryStep.APPROVAL, new FunderId("rhone")))
        .thenRefuses(ExpiryRefusal.FUNDER_NOT_IN_ORDER);
    world
        .ledger
        .when(new ExpireCheques(new OrderId("o-2")))
        .thenRefuses(ExpiryRefusal.UNKNOWN_ORDER);
  }

  @Test
  void aStepIsOpenFromItsDayToWhomItIsFor() {
    Instant approval = Paris.startOf(LocalDate.of(2026, 8, 16));
    assertThat(open(OF_STATE, approval.minusMillis(1))).isEmpty();
    assertThat(open(OF_STATE, approval)).containsExactly(ExpiryStep.APPROVAL);
    assertThat(open(CLERK, approval)).containsExactly(ExpiryStep.ANNOUNCEMENT);
    assertThat(open(new Actor("a", Role.AUDITOR, ""), approval)).isEmpty();
    world.ledger.on(LocalDate.of(2026, 8, 16));
    world.must(sign(ExpiryStep.APPROVAL, STATE));
    assertThat(open(OF_STATE, approval)).isEmpty();

    Instant expiry = Paris.startOf(LAST_DAY.plusDays(1)).plusSeconds(60);
    assertThat(open(CLERK, expiry.minusMillis(1))).containsExactly(ExpiryStep.ANNOUNCEMENT);
    assertThat(open(CLERK, expiry)).containsExactly(ExpiryStep.ANNOUNCEMENT, ExpiryStep.EXPIRY);
  }

  @Test
  void whatNobodySignedBeforeTheExpiryLapsesAndTheStatementWaitsForTheExpiry() {
    Instant statement = Paris.startOf(LAST_DAY.plusDays(7));
    assertThat(open(OF_STATE, statement))
        .containsExactly(ExpiryStep.APPROVAL, ExpiryStep.ACKNOWLEDGEMENT);
    world.ledger.on(LocalDate.of(2026, 8, 16));
    world.must(sign(ExpiryStep.APPROVAL, STATE));

    expire();

    assertThat(open(OF_STATE, statement.minusMillis(1))).isEmpty();
    assertThat(open(OF_STATE, statement)).containsExactly(ExpiryStep.STATEMENT);
    assertThat(open(CLERK, statement)).containsExactly(ExpiryStep.STATEMENT);
    assertThat(told(OF_STATE, statement).steps())
        .filteredOn(OrderExpiry.Step::lapsed)
        .extracting(OrderExpiry.Step::step)
        .containsExactly(ExpiryStep.ANNOUNCEMENT, ExpiryStep.ACKNOWLEDGEMENT);
  }

  // --- what expires

  @Test
  void chequesAreLiveUntilAMinuteAfterTheLastDayOfTheTolerance() {
    world.ledger.at(Paris.startOf(LAST_DAY.plusDays(1)).plusSeconds(59));
    world
        .ledger
        .when(new ExpireCheques(ORDER))
        .thenRefuses(ExpiryRefusal.STEP_TOO_EARLY)
        .having("EXPIRY")
        .saying(
            "from %s 00:01:00 in Paris on".formatted(LAST_DAY.plusDays(1)),
            "it is %s 00:00:59".formatted(LAST_DAY.plusDays(1)));
    world.ledger.at(Paris.startOf(LAST_DAY.plusDays(1)).minusSeconds(1));
    world
        .ledger
        .when(new ExpireCheques(ORDER))
        .thenRefuses(ExpiryRefusal.STEP_TOO_EARLY)
        .saying("from %s on, today is %s".formatted(LAST_DAY.plusDays(1), LAST_DAY));
    world.ledger.at(Paris.startOf(LAST_DAY.plusDays(1)).plusSeconds(60));
    world.ledger.when(new ExpireCheques(ORDER)).thenRecordsOne(ChequesExpired.class);
    world.must(new ExpireCheques(ORDER));
    world.ledger.when(new ExpireCheques(ORDER)).thenAlreadyRecorded();
  }

  @Test
  void notDistributedAndUnusedAreApartAndOnlyWhatWasCoveredIsDueBack() {
    ChequesExpired expired = expire();

    assertThat(expired.lastDay()).isEqualTo(LAST_DAY);
    assertThat(expired.parts())
        .extracting(Part::where, Part::prescriber, Part::cheques, Part::activated)
        .containsExactly(
            tuple(Where.IN_STOCK, Optional.empty(), 40, 0),
            tuple(Where.AT_PRESCRIBER, Optional.of(CCAS), 10, 10),
            tuple(Where.AT_PRESCRIBER, Optional.of(MISSION), 20, 20),
            tuple(Where.HANDED_OUT, Optional.empty(), 18, 18));
    assertThat(expired.parts().stream().mapToLong(part -> sum(part.titles())).sum())
        .isEqualTo(88_000);
    assertThat(expired.parts().stream().mapToLong(part -> sum(part.dueBack())).sum())
        .isEqualTo(48_000);
    Map<AccountKind, Long> posted = posted(expired);
    assertThat(posted)
        .containsEntry(AccountKind.DUE_BACK, -48_000L)
        .containsEntry(AccountKind.CHEQUES_OUTSTANDING, 48_000L)
        .containsEntry(AccountKind.TITLES_EXPIRED, 88_000L)
        .containsEntry(AccountKind.TITLES_IN_STOCK, -40_000L)
        .containsEntry(AccountKind.TITLES_AT_PRESCRIBER, -30_000L)
        .containsEntry(AccountKind.TITLES_HANDED_OUT, -18_000L);
  }

  @Test
  void issuedIsTheSumOfTheStatesForEachFunderBeforeAndAfter() {
    conserved();
    expire();
    conserved();
  }

  @Test
  void aReversedLineIsVoidAndStillCountedOnce() {
    world.ledger.given(
        new LinesReversed(
            new ReversalId("indu-1"),
            VENUE,
            new SlipReference("s-1"),
            1,
            List.of(
                new ReversedLine(
                    3,
                    new Serial(batch, 3),
                    ReversedLine.Standing.OWED,
                    Optional.empty(),
                    List.of())),
            Reason.SERVICE_NOT_GIVEN,
            Optional.empty(),
            "clerk",
            Optional.empty(),
            LAST_DAY));
    assertThat(conserved())
        .containsEntry(EndingOrder.State.VOID, 1)
        .containsEntry(EndingOrder.State.REDEEMED, 11);

    world.ledger.given(
        new ReversalLifted(
            new ReversalId("indu-1"),
            VENUE,
            new SlipReference("s-1"),
            "third",
            List.of(new VoidedLine(VENUE, 1, new Serial(batch, 3), List.of())),
            List.of(),
            List.of()));
    assertThat(conserved())
        .containsEntry(EndingOrder.State.VOID, 0)
        .containsEntry(EndingOrder.State.REDEEMED, 12);
  }

  private Map<EndingOrder.State, Integer> conserved() {
    ExpiryRegister register = new ExpiryRegister();
    long position = 0;
    for (Fact fact : world.ledger.facts()) {
      register.fold(fact, ++position, Paris.startOf(LAST_DAY));
    }
    EndingOrder order = register.order(ORDER);
    assertThat(order).isNotNull();
    Map<FunderId, Long> cents = new HashMap<>();
    Map<EndingOrder.State, Integer> states = new EnumMap<>(EndingOrder.State.class);
    int cheques = 0;
    for (EndingOrder.InState state : order.situation()) {
      cheques += state.cheques();
      states.put(state.state(), state.cheques());
      state.shares().forEach(part -> cents.merge(part.funder(), part.cents(), Long::sum));
    }
    assertThat(cheques).isEqualTo(100);
    order
        .issued()
        .shares()
        .forEach(part -> assertThat(cents).containsEntry(part.funder(), part.cents()));
    return states;
  }

  @Test
  void aSlipThatIsRecordedMeanwhileMakesTheExpiryDecideAgain() {
    var decision = expiring();
    assertThat(DecisionFixture.conflict(decision.boundary(), redeemed("s-2", 20, 21))).isTrue();
  }

  @Test
  void aWithdrawalThatIsRecordedMeanwhileMakesTheExpiryDecideAgain() {
    assertThat(
            DecisionFixture.conflict(
                expiring().boundary(),
                new SlipWithdrawn(
                    VENUE,
                    new SlipReference("s-1"),
                    1,
                    Paris.startOf(LAST_DAY),
                    List.of(new Serial(batch, 3)),
                    List.of(),
                    List.of(),
                    List.of())))
        .isTrue();
  }

  @SuppressWarnings("unchecked")
  private Decision.Accept<ChequesExpired> expiring() {
    ExpiryRegister register = new ExpiryRegister();
    long position = 0;
    for (Fact fact : world.ledger.facts()) {
      register.fold(fact, ++position, Paris.startOf(LAST_DAY));
    }
    return (Decision.Accept<ChequesExpired>)
        new ExpireChequesDecision(register)
            .decide(new ExpireCheques(ORDER), Paris.startOf(LAST_DAY.plusDays(2)));
  }

  @Test
  void nothingIsDeliveredOrHandedOutOfAnExpiredOrder() {
    expire();
    world
        .ledger
        .when(delivery("d-3", CCAS, batch, 61, 70))
        .thenRefuses(DistributionRefusal.BATCH_EXPIRED);
    world
        .ledger
        .when(handOut("h-2", CCAS, new Choice.Carnets(batch, 4, 4)))
        .thenRefuses(DistributionRefusal.BATCH_EXPIRED);
  }

  // --- statement, credit notes, refunds

  @Test
  void theStatementIsSignedAWeekAfterTheToleranceAndOnlyOnceTheExpiryIsRecorded() {
    world.ledger.on(LocalDate.of(2026, 10, 6));
    world.ledger.when(operator(ExpiryStep.STATEMENT)).thenRefuses(ExpiryRefusal.STEP_TOO_EARLY);
    world.ledger.on(LocalDate.of(2026, 10, 7));
    world.ledger.when(operator(ExpiryStep.STATEMENT)).thenRefuses(ExpiryRefusal.NOT_YET_EXPIRED);
  }

  @Test
  void aFunderGetsItsCreditNoteOnceBothHaveSignedWhoeverSignsLast() {
    expire();
    assertThat(world.must(sign(ExpiryStep.STATEMENT, STATE)).creditNotes()).isEmpty();
    List<CreditNoteIssued> notes = world.must(operator(ExpiryStep.STATEMENT)).creditNotes();
    assertThat(notes).extracting(CreditNoteIssued::funder).containsExactly(STATE);
    List<CreditNoteIssued> later = world.must(sign(ExpiryStep.STATEMENT, REGION)).creditNotes();
    assertThat(later).extracting(CreditNoteIssued::funder).containsExactly(REGION);
    assertThat(notes.getFirst().amountCents() + later.getFirst().amountCents()).isEqualTo(48_000);
    assertThat(notes.getFirst().amountCents()).isBetween(27_427L - 1, 27_428L + 1);
    assertThat(later.getFirst().creditNote().value()).isEqualTo("o-1~nouvelle-aquitaine");
  }

  @Test
  void theStatementCountsWhatVenuesWaivedAmongTheRedeemedAndGivesItBack() {
    SlipJudged waived = redeemed("s-2", 20, 21);
    world.ledger.given(
        new SlipJudged(
            waived.venue(),
            waived.reference(),
            "digest",
            waived.presentedAt(),
            waived.visits(),
            waived.lines(),
            List.of(),
            List.of(),
            List.of(1, 2),
            List.of()));
    expire();

    ChequesExpired expired = world.ledger.facts(ChequesExpired.class).getFirst();
    assertThat(expired.waived().stream().mapToLong(part -> part.cents()).sum()).isEqualTo(2_000);
    assertThat(expired.opposedOrWaivedCents()).isEqualTo(2_000);
    assertThat(sum(expired.dueBack())).isEqualTo(48_000);
    world.must(sign(ExpiryStep.STATEMENT, STATE));
    world.must(sign(ExpiryStep.STATEMENT, REGION));
    assertThat(
            world.must(operator(ExpiryStep.STATEMENT)).creditNotes().stream()
                .mapToLong(CreditNoteIssued::amountCents)
                .sum())
        .as("two fewer expire, and come back all the same")
        .isEqualTo(48_000);
  }

  @Test
  void whatIsOpposedAndNotReplacedComesBackWithTheRest() {
    ChequeRange lost = new ChequeRange(batch, 21, 22);
    world.ledger.given(
        new ChequesOpposed(
            new OppositionId("p-1"),
            List.of(lost),
            ChequesOpposed.Reason.LOST,
            "clerk",
            Optional.empty(),
            List.of(lost),
            List.of(),
            List.of(),
            List.of()));
    ChequesExpired expired = expire();

    assertThat(sum(expired.opposedUnreplaced())).isEqualTo(2_000);
    assertThat(sum(expired.dueBack())).isEqualTo(48_000);
    OrderExpiry.Statement statement =
        told(CLERK, Paris.startOf(LAST_DAY.plusDays(7))).statement().orElseThrow();
    assertThat(statement.opposedOrWaivedCents()).isEqualTo(2_000);
    assertThat(statement.dueBackCents())
        .isEqualTo(48_000)
        .isEqualTo(
            statement.notDistributed().dueBackCents()
                + statement.unused().dueBackCents()
                + statement.opposedOrWaivedCents())
        .isEqualTo(statement.dueBack().stream().mapToLong(OrderExpiry.Note::cents).sum());
    world.must(sign(ExpiryStep.STATEMENT, STATE));
    world.must(sign(ExpiryStep.STATEMENT, REGION));
    assertThat(
            world.must(operator(ExpiryStep.STATEMENT)).creditNotes().stream()
                .mapToLong(CreditNoteIssued::amountCents)
                .sum())
        .as("two fewer expire, and come back all the same")
        .isEqualTo(48_000);
  }

  @Test
  void aCreditNoteIsRefundedOnceByWhatTheBankBooked() {
    expire();
    world.must(sign(ExpiryStep.STATEMENT, STATE));
    world.must(operator(ExpiryStep.STATEMENT));
    CreditNoteId note = new CreditNoteId("o-1~anct");
    LocalDate signed = LocalDate.of(2026, 10, 7);
    world
        .ledger
        .when(new RefundCreditNote(note, signed.minusDays(1)))
        .thenRefuses(ExpiryRefusal.BOOKED_ON_OUT_OF_RANGE);
    world
        .ledger
        .when(new RefundCreditNote(note, signed.plusDays(1)))
        .thenRefuses(ExpiryRefusal.BOOKED_ON_OUT_OF_RANGE);
    CreditNoteRefunded refunded =
        world
            .ledger
            .when(new RefundCreditNote(note, signed))
            .thenRecordsOne(CreditNoteRefunded.class);
    world.must(new RefundCreditNote(note, signed));
    assertThat(posted(refunded))
        .containsEntry(AccountKind.DUE_BACK, refunded.amountCents())
        .containsEntry(AccountKind.BANK, -refunded.amountCents());
    world.ledger.when(new RefundCreditNote(note, signed)).thenAlreadyRecorded();
    world.ledger.on(signed.plusDays(1));
    world
        .ledger
        .when(new RefundCreditNote(note, signed.plusDays(1)))
        .thenRefuses(ExpiryRefusal.CREDIT_NOTE_ALREADY_REFUNDED);
    world
        .ledger
        .when(new RefundCreditNote(new CreditNoteId("o-9~anct"), signed))
        .thenRefuses(ExpiryRefusal.UNKNOWN_CREDIT_NOTE);
  }

  // --- words

  private ChequesExpired expire() {
    world.ledger.on(LocalDate.of(2026, 10, 7));
    return world.must(new ExpireCheques(ORDER));
  }

  private OrderExpiry told(Actor reader, Instant now) {
    EndingOrder order = world.register(ExpiryRegister.class).order(ORDER);
    assertThat(order).isNotNull();
    return OrderExpiry.of(order, world.register(ExpiryRegister.class), reader, now);
  }

  private List<ExpiryStep> open(Actor reader, Instant now) {
    return told(reader, now).steps().stream()
        .filter(OrderExpiry.Step::open)
        .map(OrderExpiry.Step::step)
        .toList();
  }

  private static SignExpiry sign(ExpiryStep step, FunderId funder) {
    return new SignExpiry(ORDER, step, Optional.of(funder), "someone@" + funder);
  }

  private static SignExpiry operator(ExpiryStep step) {
    return new SignExpiry(ORDER, step, Optional.empty(), "clerk");
  }

  private static long sum(List<FundedCents> parts) {
    return parts.stream().mapToLong(FundedCents::cents).sum();
  }

  private static Map<AccountKind, Long> posted(Fact fact) {
    Map<AccountKind, Long> posted = new EnumMap<>(AccountKind.class);
    for (Entry entry : Postings.of(fact)) {
      posted.merge(entry.account().kind(), entry.cents(), Long::sum);
    }
    return posted;
  }
}
