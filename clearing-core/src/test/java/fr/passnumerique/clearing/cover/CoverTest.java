package fr.passnumerique.clearing.cover;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.cover.CoverRead.Amounts;
import fr.passnumerique.clearing.cover.CoverRead.Row;
import fr.passnumerique.clearing.cover.CoverRead.RowState;
import fr.passnumerique.clearing.cover.CoverRead.State;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.IssuanceRefusal;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.venues.VenueId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class CoverTest {
  private static final VenueId VENUE = new VenueId("21230096100018");

  private final FundedWorld world = FundedWorld.usual();

  @Test
  void beforeTheFirstEuroEveryFunderOfAnAgreementHasNothingAndOwesNothing() {
    CoverRead read = world.cover.read(CoverQuery.Filter.ALL);

    assertThat(read.rows()).extracting(Row::funder).containsExactly("anct", "nouvelle-aquitaine");
    assertThat(read.rows()).extracting(Row::state).containsOnly(RowState.COVERED);
    assertThat(read.total()).isEqualTo(CoverRead.Amounts.NOTHING);
    assertThat(read.state()).isEqualTo(State.UNPROVEN);
    assertThat(read.proof().why()).isEqualTo("no statement of the bank is imported");
    assertThat(read.position()).isEqualTo(world.ledger.facts().size());
  }

  @Test
  void eachStepOfAChequeMovesWhatIsOwedAndTheMarginIsTheFreeCredit() {
    world.must(receipt("R-1", STATE, 6_000));
    world.must(receipt("R-2", REGION, 4_286));
    assertRow(STATE, 6_000, 0, 0, 6_000);

    activate(10);
    assertRow(STATE, 6_000, 5_714, 0, 286);
    assertRow(REGION, 4_286, 4_286, 0, 0);

    world.ledger.given(slip(571));
    assertRow(STATE, 6_000, 5_143, 571, 286);

    world.ledger.given(paid(571));
    assertRow(STATE, 5_429, 5_143, 0, 286);
  }

  @Test
  void theCashOfOneAgreementOrFunderCoversNobodyElse() {
    world.must(receipt("R-1", STATE, 100_000));
    world.must(receipt("R-2", REGION, 4_285));

    world
        .ledger
        .when(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", 10)))
        .thenRefuses(IssuanceRefusal.CASH_MISSING)
        .saying("nouvelle-aquitaine", "42.85 €");
  }

  @Test
  void theBanksDebitOfACentTooMuchOpensABreachSinceThatFactAndBlocksActivation() {
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 10_000));
    activate(10);
    Batch next = world.issued("O-2", 10);
    long before = world.ledger.facts().size();

    takenBack("R-3", STATE, 10_000 - 5_714 + 1);

    Row row = row(STATE);
    assertThat(row.state()).isEqualTo(RowState.BREACH);
    assertThat(row.missingCents()).isEqualTo(1);
    assertThat(row.marginCents()).isEqualTo(-1).isEqualTo(row.freeCreditCents());
    assertThat(row.breachSince()).isNotNull();
    assertThat(row.breachSince().position()).isEqualTo(before + 1);
    CoverRead read = world.cover.read(CoverQuery.Filter.ALL);
    assertThat(read.state()).isEqualTo(State.BREACH);
    assertThat(read.breaches()).isEqualTo(1);
    assertThat(read.total().missingCents()).isEqualTo(1);
    assertThat(row(REGION).state()).isEqualTo(RowState.COVERED);
    world
        .ledger
        .when(ActivateCheques.all(new ActivationId("A-2"), next))
        .thenRefuses(IssuanceRefusal.COVER_BREACHED)
        .saying("creuse-2026", "0.01 €", "anct");
  }

  @Test
  void aBreachIsStillTheSameOneWhenMoreIsTakenAndIsOverWithTheCentThatWasMissing() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 10_000));
    activate(10);
    takenBack("R-3", STATE, 1);
    long since = row(STATE).breachSince().position();
    takenBack("R-4", STATE, 1);

    assertThat(row(STATE).breachSince().position()).isEqualTo(since);
    world.must(receipt("R-5", STATE, 1));
    assertThat(row(STATE).state()).isEqualTo(RowState.BREACH);
    world.must(receipt("R-6", STATE, 1));
    assertThat(row(STATE).state()).isEqualTo(RowState.COVERED);
    assertThat(row(STATE).breachSince()).isNull();
  }

  @Test
  void aSlipAndItsPaymentGoOnWhileThereIsABreach() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    activate(10);
    takenBack("R-3", STATE, 1);

    world.ledger.given(slip(571), paid(571));

    assertThat(row(STATE).missingCents()).isEqualTo(1);
  }

  @Test
  void aFactThatTakesACentThatIsNotThereStopsTheNodeUnlessTheBankTookIt() {
    world.must(receipt("R-1", STATE, 5_713));
    Batch batch = world.issued("O-1", 10);
    ChequesActivated forged =
        new ChequesActivated(
            new ActivationId("A-1"),
            AGREEMENT,
            batch,
            1,
            10,
            List.of(
                new FundedCents(PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 5_714, Optional.empty())));

    assertThatThrownBy(() -> world.ledger.given(forged))
        .hasMessageContaining("ChequesActivated takes 1 cents of funder anct");
  }

  @Test
  void anActivationIsDecidedAgainWhenTheBankOrAReceiptComesBetween() {
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 10_000));
    Batch batch = world.issued("O-1", 10);

    world
        .ledger
        .when(ActivateCheques.all(new ActivationId("A-1"), batch))
        .thenIsDecidedAgainAfter(taken("R-3", STATE, 10_000));
  }

  @Test
  void twoActivationsForTheLastEuroAreNeverBothCovered() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    Batch one = world.issued("O-1", 10);
    Batch two = world.issued("O-2", 10);

    var race =
        world.ledger.race(
            ActivateCheques.all(new ActivationId("A-1"), one),
            ActivateCheques.all(new ActivationId("A-2"), two));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(ChequesActivated.class)).hasSize(1);
  }

  @Test
  void whoFoldsTheLogFindsTheSameCover() {
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 10_000));
    activate(10);
    takenBack("R-3", STATE, 9_000);
    world.ledger.given(slip(571));
    CoverRegister fresh = new CoverRegister();
    CoverQuery again = new CoverQuery(fresh, Supplier::get, past());
    CoverRead shown = world.cover.read(CoverQuery.Filter.ALL);

    world.ledger.replay(fresh);

    assertThat(again.read(CoverQuery.Filter.ALL)).isEqualTo(shown);
  }

  private PastCover past() {
    return new PastCover(() -> new FixtureReader(world.ledger));
  }

  @Test
  void whatWasShownOfAnyMomentIsShownAgain() {
    List<CoverRead> shown = new ArrayList<>();
    Runnable show = () -> shown.add(world.cover.read(CoverQuery.Filter.ALL));
    show.run();
    world.must(receipt("R-1", STATE, 10_000));
    show.run();
    world.must(receipt("R-2", REGION, 10_000));
    show.run();
    activate(10);
    show.run();
    takenBack("R-3", STATE, 9_000);
    show.run();
    world.must(receipt("R-4", STATE, 9_000));
    show.run();
    assertThat(shown).extracting(CoverRead::state).contains(State.BREACH, State.UNPROVEN);

    CoverQuery later = new CoverQuery(new CoverRegister(), Supplier::get, past());
    for (CoverRead then : shown) {
      assertThat(later.read(CoverQuery.Filter.ALL, AsOf.at(then.position())))
          .usingRecursiveComparison()
          // The fixture's reader has one moment for all facts.
          .ignoringFieldsOfTypes(Instant.class)
          .isEqualTo(then);
    }
    long head = world.ledger.facts().size();
    assertThatThrownBy(() -> later.read(CoverQuery.Filter.ALL, AsOf.at(head + 1)))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            e -> assertThat(e.remedy()).isEqualTo("ask for %d or before".formatted(head)));
  }

  @Test
  void anInstantNamesTheLastFactThatWasRecordedUntilThen() {
    Instant begin = Instant.parse("2026-03-01T10:00:00Z");
    List<RecordedFact> facts =
        LongStream.rangeClosed(1, 9)
            .mapToObj(p -> new RecordedFact(p, begin.plusSeconds(p), new DayOpened(TODAY)))
            .toList();
    LedgerReader ledger =
        new LedgerReader() {
          @Override
          public long head() {
            return facts.size();
          }

          @Override
          public List<RecordedFact> read(long after, int limit) {
            return facts.subList((int) after, (int) Math.min(head(), after + limit));
          }

          @Override
          public List<LedgerRow> readRows(long after, int limit) {
            throw new UnsupportedOperationException();
          }

          @Override
          public RecordedFact recorded(LedgerRow row) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean awaitBeyond(long position, Duration atMost) {
            return true;
          }
        };
    PastCover past = new PastCover(() -> ledger);
    for (long p = 1; p < 9; p++) {
      assertThat(past.position(begin.plusSeconds(p))).isEqualTo(p);
      assertThat(past.position(begin.plusSeconds(p).plusMillis(999))).isEqualTo(p);
    }
    assertThat(past.position(begin.plusSeconds(9)))
        .as("nothing else is recorded then")
        .isEqualTo(9);
    assertThat(past.position(begin.plusSeconds(9).plusNanos(999))).isEqualTo(9);
    assertThatThrownBy(() -> past.position(begin.plusSeconds(9).plusNanos(1_000)))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            e -> assertThat(e.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_LATE));
    assertThatThrownBy(() -> past.position(begin))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            e -> assertThat(e.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_EARLY));
  }

  @Test
  void aFunderIsShownItsOwnCashAndNotWhatAllHaveOnTheAccount() {
    world.must(receipt("R-1", STATE, 10_000));

    CoverRead own = world.cover.read(CoverQuery.Filter.ofFunder("nouvelle-aquitaine"));

    assertThat(own.rows()).extracting(Row::funder).containsExactly("nouvelle-aquitaine");
    assertThat(own.total().cashCents()).isZero();
    assertThat(own.proof().ledgerBankCents()).isNull();
  }

  @Test
  void whatTheBankTookUnexplainedBlocksActivationAndACreditDoesNotMakeUpForIt() {
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 10_000));
    Batch batch = world.issued("O-1", 10);
    world.ledger.given(unmatched("E-1", 500), unmatched("E-2", -1));

    world
        .ledger
        .when(ActivateCheques.all(new ActivationId("A-1"), batch))
        .thenRefuses(IssuanceRefusal.COVER_BREACHED)
        .saying("0.01 €", "explained", "matchBankEntry", "against");
    CoverRead read = read();
    assertThat(read.proof().unmatchedCents()).isEqualTo(499);
    assertThat(read.proof().unexplainedDebitsCents()).isEqualTo(1);
    assertThat(read.state()).isEqualTo(State.BREACH);
  }

  @Test
  void whatBlocksEveryActivationIsShownAsABreachOfTheAccountSinceItsFact() {
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 10_000));
    world.ledger.given(statement("S-1", TODAY, 19_900), unmatched("E-1", -100));
    long since = world.ledger.facts().size();

    world.ledger.given(unmatched("E-2", -50));

    CoverRead read = read();
    assertThat(read.state()).isEqualTo(State.BREACH);
    assertThat(read.breaches()).isZero();
    assertThat(read.total().missingCents()).isZero();
    assertThat(read.accountBreach()).isNotNull();
    assertThat(read.accountBreach().unexplainedDebitsCents()).isEqualTo(150);
    assertThat(read.accountBreach().since().position()).isEqualTo(since);
    CoverRead own = world.cover.read(CoverQuery.Filter.ofFunder("anct"));
    assertThat(own.state()).isEqualTo(State.BREACH);
    assertThat(own.accountBreach().unexplainedDebitsCents()).isNull();
  }

  @Test
  void feesThatTheOperatorPaysBackAndAClerkOffsetsAreNoBreachAnyMore() {
    BankEntryUnmatched fees = unmatched("E-1", -1);
    BankEntryUnmatched paidBack = unmatched("E-2", 1);
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    world.ledger.given(fees, paidBack);
    assertThat(read().state()).isEqualTo(State.BREACH);

    world.ledger.given(new BankEntriesOffset(paidBack.entry(), fees.entry(), 1, "clerk-1"));

    assertThat(read().accountBreach()).isNull();
    assertThat(read().state()).isEqualTo(State.UNPROVEN);
    activate(10);
  }

  @Test
  void aDebitThatAClerkOffsetsWithItsCorrectionBlocksNothingAnyMore() {
    BankEntryUnmatched credit = unmatched("E-1", 1);
    BankEntryUnmatched debit = unmatched("E-2", -1);
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    world.ledger.given(credit, debit);
    assertThat(read().proof().unexplainedDebitsCents()).isEqualTo(1);

    world.ledger.given(new BankEntriesOffset(credit.entry(), debit.entry(), 1, "clerk-1"));

    assertThat(read().proof().unexplainedDebitsCents()).isZero();
    activate(10);
  }

  @Test
  void aCreditThatNobodyHasExplainedActivatesNothingAndBlocksNothing() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    world.ledger.given(unmatched("E-1", 500));

    activate(10);

    assertThat(row(STATE).marginCents()).isZero();
  }

  @Test
  void allThatIsOwedIsMoreThanAllThatIsThereWhoeverItWasTakenFrom() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    activate(10);

    world.ledger.given(unmatched("E-1", -1));

    Amounts total = read().total();
    assertThat(total.missingCents()).isEqualTo(total.requiredCents() - total.cashCents());
    assertThat(total.marginCents()).isEqualTo(-total.missingCents());
    assertThat(read().state()).isEqualTo(State.BREACH);
    assertThat(read().breaches()).isZero();
    assertThat(read().total().missingCents()).isEqualTo(1);
  }

  @Test
  void anActivationIsDecidedAgainWhenTheBankHasSaidSomething() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));

    world
        .ledger
        .when(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", 10)))
        .thenIsDecidedAgainAfter(unmatched("E-1", -1));
  }

  @Test
  void theClosingBalanceOfTheLastStatementProvesTheCashToTheCent() {
    world.must(receipt("R-1", STATE, 10_000));

    world.ledger.given(statement("S-1", TODAY, 10_000));
    assertThat(read().state()).isEqualTo(State.COVERED);
    assertThat(read().proof().proven()).isTrue();
    assertThat(read().proof().closingOn()).isEqualTo(TODAY);

    world.must(receipt("R-2", REGION, 1));
    assertThat(read().state()).isEqualTo(State.UNPROVEN);
    assertThat(read().proof().why()).contains("100.01 €", "100.00 €", TODAY.toString());

    // A later balance that is right does not make good the one that is not.
    world.ledger.given(statement("S-2", TODAY.plusDays(1), 10_001));
    assertThat(read().state()).isEqualTo(State.UNPROVEN);
    assertThat(read().proof().statement()).isEqualTo("S-1");
    assertThat(read().proof().ledgerClosingCents()).isEqualTo(10_001);

    // The clerk took a day too early: the bank booked it a day later.
    world.ledger.given(
        new BankEntryProved(
            new BankEntry(
                "E-1",
                Optional.empty(),
                TODAY.plusDays(1),
                TODAY.plusDays(1),
                1,
                Optional.empty(),
                Optional.empty()),
            1,
            Optional.of("R-2"),
            Optional.empty(),
            TODAY,
            Optional.empty()));
    assertThat(read().state()).isEqualTo(State.COVERED);
    assertThat(read().proof().statement()).isEqualTo("S-2");
  }

  @Test
  void whatIsCoveredByAClerksWordAloneIsNotProvenUntilAStatementShowsIt() {
    world.ledger.given(statement("S-1", TODAY.minusDays(1), 0));
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 10_000));
    assertThat(read().state()).as("nothing leans on it").isEqualTo(State.COVERED);
    assertThat(read().proof().byHandCents()).isEqualTo(20_000);

    world.must(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", 10)));
    assertThat(read().state()).isEqualTo(State.UNPROVEN);
    assertThat(read().proof().proven()).isFalse();
    assertThat(read().proof().why()).contains("200.00 €", TODAY.minusDays(1).toString());
    assertThat(read().breaches()).isZero();

    world.ledger.given(statement("S-2", TODAY, 20_000));
    assertThat(read().state()).isEqualTo(State.COVERED);
    assertThat(read().proof().byHandCents()).isZero();
  }

  /** To the cent, and whoever else has plenty. */
  @Test
  void itLeansOnAClerksWordFromTheCentThatTheBanksOwnDoesNotReach() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 100_000));
    world.ledger.given(statement("S-1", TODAY, 105_714));
    FundsReceived later =
        new FundsReceived(
            new ReceiptId("R-3"),
            AGREEMENT,
            PROGRAMME,
            STATE,
            5_714,
            TODAY.plusDays(1),
            Optional.empty());
    world.ledger.given(later);
    world.must(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", 10)));
    assertThat(read().state()).as("the bank has 57.14 €").isEqualTo(State.COVERED);

    world.must(ActivateCheques.all(new ActivationId("A-2"), world.issued("O-2", 10)));
    assertThat(read().state()).isEqualTo(State.UNPROVEN);

    world.ledger.given(
        new BankEntryProved(
            new BankEntry(
                "E-3",
                Optional.empty(),
                TODAY.plusDays(1),
                TODAY.plusDays(1),
                5_714,
                Optional.empty(),
                Optional.empty()),
            5_714,
            Optional.of("R-3"),
            Optional.empty(),
            TODAY.plusDays(1),
            Optional.empty()));
    assertThat(read().state()).as("the bank shows it").isEqualTo(State.COVERED);
  }

  @Test
  void whatTheBankBooksAfterItsLastClosingBalanceLeavesTheCashProven() {
    world.must(receipt("R-1", STATE, 10_000));
    world.ledger.given(statement("S-1", TODAY, 10_000));

    world.ledger.on(TODAY.plusDays(1)).given(booked("E-1", TODAY.plusDays(1), 700));

    assertThat(read().proof().proven()).isTrue();
    assertThat(read().proof().ledgerBankCents()).isEqualTo(10_700);
    assertThat(read().proof().ledgerClosingCents()).isEqualTo(10_000);
  }

  @Test
  void readCoverSaysOfEachStatementWhatTheListOfStatementsSays() {
    world.must(receipt("R-1", STATE, 10_000));
    BankProof list = new BankProof();
    world.ledger.given(
        statement("S-1", TODAY, 10_000),
        booked("E-1", TODAY.plusDays(1), -300),
        statement("S-2", TODAY.plusDays(1), 9_701),
        booked("E-2", TODAY.plusDays(2), 5),
        statement("S-3", TODAY.plusDays(2), 9_705));
    world.ledger.facts().forEach(fact -> list.fold(fact, TODAY));

    assertThat(list.closings())
        .extracting(BankProof.Closing::proven)
        .containsExactly(true, false, true);
    assertThat(read().proof().proven()).isFalse();
    assertThat(read().proof().statement()).isEqualTo("S-2");
  }

  @Test
  void anOlderStatementThatComesLateProvesNothingAndDisprovesNothing() {
    world.must(receipt("R-1", STATE, 10_000));
    world.ledger.given(statement("S-2", TODAY, 10_000), statement("S-1", TODAY.minusDays(1), 0));

    assertThat(read().state()).isEqualTo(State.COVERED);
    assertThat(read().proof().statement()).isEqualTo("S-2");
  }

  @Test
  void aBreachIsWorseThanNoProof() {
    world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    activate(10);
    takenBack("R-3", STATE, 1);
    world.ledger.given(statement("S-1", TODAY, 9_999));

    assertThat(read().proof().proven()).isTrue();
    assertThat(read().state()).isEqualTo(State.BREACH);
  }

  @Test
  void aReceiptThatTheBankTellsNoMoreOpensABreachWhereItsMoneyIsActivated() {
    FundsReceived receipt = world.must(receipt("R-1", STATE, 5_714));
    world.must(receipt("R-2", REGION, 4_286));
    activate(10);
    assertThat(row(STATE).state()).isEqualTo(RowState.COVERED);

    world.ledger.given(
        ReceiptTakenBack.of(
            receipt,
            new BankEntry(
                "E-1", Optional.empty(), TODAY, TODAY, 5_714, Optional.empty(), Optional.empty()),
            "S-1",
            "clerk-1"));

    assertThat(row(STATE).state()).isEqualTo(RowState.BREACH);
    assertThat(row(STATE).missingCents()).isEqualTo(5_714);
    assertThat(row(REGION).state()).isEqualTo(RowState.COVERED);
    assertThat(read().state()).isEqualTo(State.BREACH);
  }

  private CoverRead read() {
    return world.cover.read(CoverQuery.Filter.ALL);
  }

  private static BankEntryUnmatched booked(String entry, LocalDate on, long cents) {
    return new BankEntryUnmatched(
        new BankEntry(entry, Optional.empty(), on, on, cents, Optional.empty(), Optional.empty()),
        cents,
        cents < 0 ? Why.UNKNOWN_DEBIT : Why.NO_REFERENCE,
        Optional.empty(),
        Optional.empty());
  }

  private static BankEntryUnmatched unmatched(String entry, long cents) {
    return new BankEntryUnmatched(
        new BankEntry(
            entry, Optional.empty(), TODAY, TODAY, cents, Optional.empty(), Optional.empty()),
        cents,
        cents < 0 ? Why.UNKNOWN_DEBIT : Why.NO_REFERENCE,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aNodeWhoseLedgerIsStoppedStillTellsItsHealth() {
    ReadLock stopped =
        new ReadLock() {
          @Override
          public <T> T read(Supplier<T> query) {
            throw new LedgerStoppedException(4, "it cannot take fact 4", "look at it", null);
          }
        };
    CoverQuery query = new CoverQuery(new CoverRegister(), stopped, past());

    Health health = new Cover().coverHealth(query).health();
    assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
    assertThat(health.getDetails().toString()).contains("position 4", "look at it");
    MeterRegistry meters = new SimpleMeterRegistry();
    new Cover().coverMeters(query).bindTo(meters);
    assertThat(meters.get("pass.cover.breaches").gauge().value()).isNaN();
  }

  @Test
  void aStatementToldTwiceAndNotAlikeLeavesCoverUnprovenUntilAClerkIsDoneWithIt() {
    BankStatementImported first = statement("S-1", TODAY, 0);
    BankStatementImported second =
        new BankStatementImported(
            "S-2", "S-1", Optional.empty(), TODAY, TODAY, 0, 0, 2, Optional.empty());
    world.ledger.given(first, second);

    assertThat(read().proof().proven()).isFalse();
    assertThat(read().state()).isEqualTo(State.UNPROVEN);
    assertThat(read().proof().why()).contains("told twice", "S-2", TODAY.toString());

    world.ledger.given(
        new BankExceptionClosed(
            "S-2", BankExceptionClosed.Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1"));

    assertThat(read().proof().proven()).isTrue();
    assertThat(read().proof().statement()).isEqualTo("S-2");
  }

  private static BankStatementImported statement(String id, LocalDate to, long closingCents) {
    return new BankStatementImported(
        id, id, Optional.empty(), to, to, 0, closingCents, 0, Optional.empty());
  }

  private void activate(int cheques) {
    world.must(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", cheques)));
  }

  /** The bank books a receipt back. */
  private void takenBack(String receipt, FunderId funder, long cents) {
    world.ledger.given(taken(receipt, funder, cents));
  }

  private static FundsReceived taken(String receipt, FunderId funder, long cents) {
    return new FundsReceived(
        new ReceiptId(receipt), AGREEMENT, PROGRAMME, funder, -cents, TODAY, Optional.empty());
  }

  private static SpentCents spent(long cents) {
    return new SpentCents(PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, STATE, cents, Optional.empty());
  }

  private static SlipJudged slip(long cents) {
    return new SlipJudged(
        VENUE,
        new SlipReference("S-1"),
        "digest",
        Instant.parse("2026-04-01T10:00:00Z"),
        List.of(),
        List.of(),
        List.of(spent(cents)));
  }

  /** Ordered and booked; the order alone changes nothing here. */
  private static TransferConfirmed paid(long cents) {
    return new TransferConfirmed(
        new SettlementRunId("RUN-1"),
        new TransferId("RUN-1-1"),
        LocalDate.of(2026, 4, 2),
        cents,
        List.of(new PaidCents(VENUE, spent(cents))),
        List.of());
  }

  private Row row(FunderId funder) {
    return world.cover.read(CoverQuery.Filter.ofFunder(funder.value())).rows().getFirst();
  }

  private void assertRow(
      FunderId funder, long cash, long outstanding, long acceptedUnpaid, long margin) {
    Row row = row(funder);
    assertThat(row.cashCents()).as("cash").isEqualTo(cash);
    assertThat(row.outstandingCents()).as("outstanding").isEqualTo(outstanding);
    assertThat(row.acceptedUnpaidCents()).as("accepted").isEqualTo(acceptedUnpaid);
    assertThat(row.requiredCents()).as("required").isEqualTo(outstanding + acceptedUnpaid);
    assertThat(row.marginCents()).as("margin").isEqualTo(margin);
    assertThat(row.freeCreditCents()).as("free credit").isEqualTo(margin);
    assertThat(row.state()).isEqualTo(RowState.COVERED);
  }
}
