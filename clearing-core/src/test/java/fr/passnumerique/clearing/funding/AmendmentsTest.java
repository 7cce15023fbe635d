package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_STARTS;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.IssuanceRefusal;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AmendmentsTest {
  private static final LocalDate IN_FORCE = TODAY.plusDays(30);

  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;

  @Test
  void anAmendmentIsTheNextVersionOfTheKey() {
    AgreementAmended amended = world.must(half("A-1", IN_FORCE));

    assertThat(amended.keyVersion()).isEqualTo(2);
    assertThat(world.must(half("A-2", IN_FORCE.plusDays(1))).keyVersion()).isEqualTo(3);
  }

  @Test
  void ordersOfTheDayBeforeKeepTheOldKeyAndThoseOfTheDayHaveTheNew() {
    world.must(half("A-1", IN_FORCE));

    ledger.on(IN_FORCE.minusDays(1));
    ChequesIssued before = world.must(order("O-1", 10));
    ledger.on(IN_FORCE);
    ChequesIssued after = world.must(order("O-2", 10));

    assertThat(before.keyVersion()).isEqualTo(1);
    assertThat(before.shares()).extracting(FundedCents::cents).containsExactly(5_714L, 4_286L);
    assertThat(after.keyVersion()).isEqualTo(2);
    assertThat(after.shares()).extracting(FundedCents::cents).containsExactly(5_000L, 5_000L);
  }

  @Test
  void eachVersionNumbersItsCentsFromZero() {
    world.must(order("O-1", 10));
    world.must(half("A-1", TODAY));

    assertThat(world.must(order("O-2", 10)).firstCent()).isZero();
    assertThat(world.must(order("O-3", 10)).firstCent()).isEqualTo(10_000);
  }

  @Test
  void chequesIssuedBeforeAreDealtByTheirOwnVersionForEver() {
    ChequesIssued before = world.must(order("O-1", 10));
    world.must(half("A-1", TODAY));
    ChequesIssued after = world.must(order("O-2", 10));

    ChequesDelivered old =
        world.must(FundedWorld.delivery("L-1", FundedWorld.CCAS, before.batch(), 1, 10));
    ChequesDelivered young =
        world.must(FundedWorld.delivery("L-2", FundedWorld.CCAS, after.batch(), 1, 10));

    assertThat(old.shares()).isEqualTo(before.shares());
    assertThat(young.shares()).isEqualTo(after.shares());
  }

  @Test
  void aCeilingCountsWhatWasIssuedUnderAllVersions() {
    world.must(order("O-1", 1_000));
    world.must(amendment("A-1", TODAY, share(STATE, 5_000, 571_400 + 5_000), half(REGION)));

    ledger.when(order("O-2", 20)).thenRefuses(IssuanceRefusal.CEILING_EXCEEDED).saying("50.00 €");
    world.must(order("O-2", 10));
  }

  @Test
  void aCeilingIsNotLoweredBelowWhatIsIssued() {
    world.must(order("O-1", 1_000));

    ledger
        .when(amendment("A-1", TODAY, share(STATE, 5_000, 571_399), half(REGION)))
        .thenRefuses(FundingRefusal.CEILING_BELOW_ISSUED)
        .about("ceilingCents")
        .saying("anct", "5714.00 €", "5713.99 €", "at least what is issued");
    world.must(amendment("A-1", TODAY, share(STATE, 5_000, 571_400), half(REGION)));

    ledger.when(order("O-2", 10)).thenRefuses(IssuanceRefusal.CEILING_EXCEEDED).saying("0.00 €");
    // Under all versions: the region's half of nothing more.
    ledger
        .when(amendment("A-2", TODAY, half(STATE), share(REGION, 5_000, 428_599)))
        .thenRefuses(FundingRefusal.CEILING_BELOW_ISSUED);
  }

  @Test
  void untilItIsInForceOrdersKeepTheCeilingBeforeItAndFromItsDayNothingMoreIsIssued() {
    world.must(order("O-1", 1_000));
    world.must(amendment("A-1", IN_FORCE, share(STATE, 5_000, 571_400), half(REGION)));

    ledger.on(IN_FORCE.minusDays(1));
    world.must(order("O-2", 10));
    ledger.on(IN_FORCE);
    ledger.when(order("O-3", 10)).thenRefuses(IssuanceRefusal.CEILING_EXCEEDED).saying("0.00 €");
  }

  @Test
  void whoIsLeftOutOfTheKeyHasNoCeiling() {
    world.must(order("O-1", 1_000));

    world.must(amendment("A-1", TODAY, share(REGION, 10_000, 1_000_000)));
  }

  @Test
  void aCeilingIsLoweredOrAnOrderIssuedAboveItAndNeverBoth() {
    var race =
        ledger.race(
            order("O-1", 1_000),
            amendment("A-1", TODAY, share(STATE, 5_000, 571_399), half(REGION)));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(ledger.facts(AgreementAmended.class)).isEmpty();
  }

  @Test
  void thePeriodIsTheAmendmentsFromItsDayOn() {
    world.must(
        new AmendAgreement(
            new AmendmentId("A-1"),
            AGREEMENT,
            TODAY,
            TODAY,
            PERIOD_STARTS,
            PERIOD_ENDS.plusYears(1),
            List.of(CREUSE),
            List.of(half(STATE), half(REGION))));

    ledger.on(PERIOD_ENDS.plusYears(1));
    ledger
        .when(new OrderCheques(new OrderId("O-1"), AGREEMENT, CREUSE, 10, PERIOD_ENDS.plusYears(2)))
        .thenRecordsOne(ChequesIssued.class);
    ledger.on(PERIOD_ENDS.plusYears(1).plusDays(1));
    ledger.when(order("O-2", 10)).thenRefuses(IssuanceRefusal.OUTSIDE_AGREEMENT_PERIOD);
  }

  @Test
  void sentAgainItIsAnsweredAsTheFirstTimeEvenAfterALaterOne() {
    world.must(half("A-1", TODAY));
    long first = ledger.facts().size();
    world.must(half("A-2", IN_FORCE));

    ledger.when(half("A-1", TODAY)).thenAlreadyRecorded().thenRecordedAt(first);
    ledger
        .when(half("A-1", IN_FORCE))
        .thenRefuses(FundingRefusal.AMENDMENT_ALREADY_SIGNED)
        .about("amendment");
  }

  @Test
  void twoAmendmentsAtTheSameMomentGetTwoVersions() {
    var race = ledger.race(half("A-1", TODAY), half("A-2", TODAY));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(ledger.facts(AgreementAmended.class))
        .extracting(AgreementAmended::keyVersion)
        .containsExactly(2, 3);
  }

  @Test
  void anOrderAtTheSameMomentIsDecidedAgainUnderTheNewKey() {
    ledger
        .when(order("O-1", 10))
        .thenIsDecidedAgainAfter(
            ledger.when(half("A-1", TODAY)).thenRecordsOne(AgreementAmended.class));
  }

  @Test
  void itGovernsNothingFromBeforeItsSignature() {
    ledger
        .when(half("A-1", TODAY.minusDays(1)))
        .thenRefuses(FundingRefusal.AMENDMENT_RETROACTIVE)
        .about("inForceFrom");
  }

  @Test
  void amendmentsComeIntoForceInTheirOrderAndAnotherOfTheSameDayReplacesIt() {
    world.must(half("A-1", IN_FORCE));

    ledger
        .when(half("A-2", IN_FORCE.minusDays(1)))
        .thenRefuses(FundingRefusal.AMENDMENT_OUT_OF_ORDER)
        .saying("version 2", IN_FORCE.toString());
    world.must(half("A-2", IN_FORCE));
    ledger.on(IN_FORCE);
    assertThat(world.must(order("O-1", 10)).keyVersion()).isEqualTo(3);
  }

  @Test
  void theFirstAmendmentMayBeInForceBeforeTheAgreementsOwnFirstDay() {
    LocalDate early = PERIOD_STARTS.minusDays(1);

    AgreementAmended amended =
        world.must(
            new AmendAgreement(
                new AmendmentId("A-1"),
                AGREEMENT,
                early,
                early,
                early,
                PERIOD_ENDS,
                List.of(CREUSE),
                List.of(half(STATE), half(REGION))));

    assertThat(amended.inForceFrom()).isEqualTo(early);
  }

  @Test
  void onlyASignedAgreementIsAmended() {
    ledger
        .when(
            new AmendAgreement(
                new AmendmentId("A-1"),
                new AgreementId("none"),
                TODAY,
                TODAY,
                PERIOD_STARTS,
                PERIOD_ENDS,
                List.of(CREUSE),
                List.of(half(STATE), half(REGION))))
        .thenRefuses(FundingRefusal.UNKNOWN_AGREEMENT);
  }

  @Test
  void itsKeyIsHeldToTheRulesOfEveryKey() {
    ledger
        .when(amendment("A-1", TODAY, share(STATE, 4_999, 1), half(REGION)))
        .thenRefuses(FundingRefusal.SHARES_NOT_WHOLE);
  }

  @Test
  void aFunderKeepsItsPreFinancier() {
    Share onUse = new Share(STATE, 5_000, 1_000_000, PaymentTerms.ON_USE, Optional.of(REGION));
    FunderId creuse = new FunderId("creuse");
    world.must(new RegisterFunder(creuse, "Creuse", FunderRegistered.Kind.DEPARTEMENT));
    world.must(amendment("A-1", TODAY, onUse, half(REGION)));

    ledger
        .when(
            amendment(
                "A-2",
                TODAY,
                new Share(STATE, 5_000, 1_000_000, PaymentTerms.ON_USE, Optional.of(creuse)),
                half(REGION)))
        .thenRefuses(FundingRefusal.PRE_FINANCIER_CHANGED)
        .saying("nouvelle-aquitaine", "creuse");
    world.must(amendment("A-3", TODAY, onUse, half(REGION)));
  }

  @Test
  void aFunderThatJoinsByAmendmentCanPayIn() {
    FunderId creuse = new FunderId("creuse");
    world.must(new RegisterFunder(creuse, "Creuse", FunderRegistered.Kind.DEPARTEMENT));
    ledger
        .when(FundedWorld.receipt("R-1", creuse, 100))
        .thenRefuses(FundingRefusal.FUNDER_NOT_IN_AGREEMENT);
    world.must(amendment("A-1", IN_FORCE, half(STATE), half(creuse)));

    world.must(FundedWorld.receipt("R-1", creuse, 100));
    world.must(FundedWorld.receipt("R-2", REGION, 100));
  }

  private static AmendAgreement half(String amendment, LocalDate inForceFrom) {
    return amendment(amendment, inForceFrom, half(STATE), half(REGION));
  }

  private static Share half(FunderId funder) {
    return share(funder, 5_000, 1_000_000);
  }

  private static AmendAgreement amendment(
      String amendment, LocalDate inForceFrom, Share... shares) {
    return new AmendAgreement(
        new AmendmentId(amendment),
        AGREEMENT,
        TODAY,
        inForceFrom,
        PERIOD_STARTS,
        PERIOD_ENDS,
        List.of(CREUSE),
        List.of(shares));
  }
}
