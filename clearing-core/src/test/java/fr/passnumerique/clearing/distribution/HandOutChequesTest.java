package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.programme;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice.Carnets;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice.Cheques;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.SignExpiry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Of 100 cheques in carnets of 10, the CCAS holds carnets 1 to 5 by two deliveries (3 by the
 * second), the mission locale carnet 6; the others are in the operator's stock.
 */
class HandOutChequesTest {
  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;
  private Batch batch = Batch.of(1);

  @BeforeEach
  void deliver() {
    batch = world.issued("O-1", 100);
    world.must(delivery("D-1", CCAS, batch, 1, 20));
    world.must(delivery("D-2", CCAS, batch, 21, 50));
    world.must(delivery("D-3", MISSION, batch, 51, 60));
  }

  @Test
  void aCarnetIsHandedOutWithItsFundersCents() {
    ledger
        .when(handOut("H-1", CCAS, new Carnets(batch, 1, 1)))
        .thenRecords(
            new ChequesHandedOut(
                new HandOutId("H-1"),
                CCAS,
                List.of(new ChequeRange(batch, 1, 10)),
                TODAY,
                "",
                List.of(
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 5_714, Optional.empty()),
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, REGION, 4_286, Optional.empty())),
                Optional.empty()));
  }

  @Test
  void singleChequesAreHandedOutInOrderOfTheirSerialsAndNeighboursAsOneRange() {
    ChequesHandedOut fact =
        ledger
            .when(handOut("H-1", CCAS, cheque(7), cheque(3), cheque(2), new Cheques(batch, 8, 9)))
            .thenRecordsOne(ChequesHandedOut.class);

    assertThat(fact.cheques())
        .containsExactly(new ChequeRange(batch, 2, 3), new ChequeRange(batch, 7, 9));
    assertThat(fact.shares()).extracting(FundedCents::funder).containsExactly(STATE, REGION);
    assertThat(fact.shares().stream().mapToLong(FundedCents::cents).sum()).isEqualTo(5_000);
  }

  @Test
  void chequesOfTwoDeliveriesAreHandedOutTogether() {
    ledger
        .when(handOut("H-1", CCAS, new Carnets(batch, 2, 3)))
        .thenRecordsOne(ChequesHandedOut.class);
  }

  @Test
  void namedByCarnetOrByChequeTheSameChequesAreTheSameHandOut() {
    world.must(handOut("H-1", CCAS, new Carnets(batch, 1, 2)));
    long position = ledger.facts().size();

    ledger
        .when(handOut("H-1", CCAS, new Cheques(batch, 11, 20), new Cheques(batch, 1, 10)))
        .thenAlreadyRecorded()
        .thenRecordedAt(position);
  }

  @Test
  void sentAgainWhenItWouldBeRefusedAHandOutIsAnsweredAsTheFirstTime() {
    world.must(handOut("H-1", CCAS, cheque(1)));
    ledger.on(ORDER_ENDS.plusDays(1));

    ledger.when(handOut("H-1", CCAS, cheque(1))).thenAlreadyRecorded();
  }

  @Test
  void otherContentsUnderTheSameHandOutAreAConflict() {
    world.must(handOut("H-1", CCAS, cheque(1)));

    ledger
        .when(handOut("H-1", CCAS, cheque(2)))
        .thenRefuses(DistributionRefusal.HAND_OUT_ALREADY_RECORDED)
        .about("handOut");
    ledger.when(handOut("H-1", CCAS)).thenRefuses(DistributionRefusal.HAND_OUT_ALREADY_RECORDED);
    ledger
        .when(on(TODAY.minusDays(1), cheque(1)))
        .thenRefuses(DistributionRefusal.HAND_OUT_ALREADY_RECORDED);
    ledger.when(to("RSA", cheque(1))).thenRefuses(DistributionRefusal.HAND_OUT_ALREADY_RECORDED);
  }

  @Test
  void twoPrescribersMayChooseTheSameIdentifier() {
    world.must(handOut("H-1", CCAS, cheque(1)));

    ledger.when(handOut("H-1", MISSION, cheque(51))).thenRecordsOne(ChequesHandedOut.class);
  }

  @Test
  void aPrescriberHandsOutItsOwnStockOnly() {
    ledger
        .when(handOut("H-1", CCAS, cheque(51)))
        .thenRefuses(DistributionRefusal.NOT_IN_STOCK)
        .saying("00001-001K", "ccas-gueret");
    ledger
        .when(handOut("H-1", CCAS, new Carnets(batch, 5, 6)))
        .thenRefuses(DistributionRefusal.NOT_IN_STOCK);
    ledger
        .when(handOut("H-1", MISSION, new Cheques(batch, 50, 51)))
        .thenRefuses(DistributionRefusal.NOT_IN_STOCK);
    ledger
        .when(handOut("H-1", MISSION, new Carnets(batch, 6, 7)))
        .thenRefuses(DistributionRefusal.NOT_IN_STOCK)
        .saying("00001-001X");
  }

  @Test
  void whoHoldsAChequeIsNotTold() {
    var refused = ledger.when(handOut("H-1", CCAS, cheque(51)));

    assertThat(refused.thenRefuses(DistributionRefusal.NOT_IN_STOCK).refusal().message())
        .doesNotContain(MISSION.value());
  }

  @Test
  void aChequeIsHandedOutOnce() {
    world.must(handOut("H-1", CCAS, cheque(15)));

    ledger
        .when(handOut("H-2", CCAS, new Carnets(batch, 1, 2)))
        .thenRefuses(DistributionRefusal.ALREADY_HANDED_OUT)
        .saying("00001-000F");
    ledger
        .when(handOut("H-2", CCAS, new Cheques(batch, 1, 14), new Cheques(batch, 16, 20)))
        .thenRecordsOne(ChequesHandedOut.class);
  }

  @Test
  void ofTwoHandOutsOfOneChequeAtTheSameMomentOneIsRecorded() {
    var race = ledger.race(handOut("H-1", CCAS, cheque(1)), handOut("H-2", CCAS, cheque(1)));

    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    assertThat(ledger.facts(ChequesHandedOut.class)).hasSize(1);
  }

  @Test
  void sentTwiceAtTheSameMomentAHandOutIsRecordedOnce() {
    var race = ledger.race(handOut("H-1", CCAS, cheque(1)), handOut("H-1", CCAS, cheque(1)));

    assertThat(((Outcome.Recorded<ChequesHandedOut>) race.second()).already()).isTrue();
    assertThat(ledger.facts(ChequesHandedOut.class)).hasSize(1);
  }

  @Test
  void oneHandOutOfTwoBatchesAtTheSameMomentIsRecordedOnce() {
    Batch other = issuedFor("other", List.of());

    ledger.race(handOut("H-1", CCAS, cheque(1)), handOut("H-1", CCAS, new Carnets(other, 1, 1)));

    assertThat(ledger.facts(ChequesHandedOut.class)).hasSize(1);
  }

  @Test
  void eachChequeIsNamedOnce() {
    ledger
        .when(handOut("H-1", CCAS, cheque(3), new Carnets(batch, 1, 1)))
        .thenRefuses(DistributionRefusal.CHOSEN_TWICE)
        .saying("00001-0003");
    ledger
        .when(handOut("H-1", CCAS, cheque(3), cheque(3)))
        .thenRefuses(DistributionRefusal.CHOSEN_TWICE);
  }

  @Test
  void aHandOutNamesAtLeastOneChequeAndNotTooManyOneByOne() {
    ledger.when(handOut("H-1", CCAS)).thenRefuses(DistributionRefusal.NOTHING_CHOSEN);
    ledger
        .when(handOut("H-1", CCAS, Collections.nCopies(1_001, cheque(1)).toArray(Choice[]::new)))
        .thenRefuses(DistributionRefusal.TOO_MANY_CHOICES)
        .saying("got 1001");
  }

  @Test
  void prescriberAndBatchAreKnown() {
    ledger
        .when(handOut("H-1", new PrescriberId("nobody"), cheque(1)))
        .thenRefuses(DistributionRefusal.UNKNOWN_PRESCRIBER);
    ledger
        .when(handOut("H-1", CCAS, new Carnets(Batch.of(9), 1, 1)))
        .thenRefuses(DistributionRefusal.UNKNOWN_BATCH)
        .saying("00009");
  }

  @Test
  void carnetsAndChequesAreThoseOfTheBatch() {
    List<Choice> outside =
        List.of(
            new Carnets(batch, 0, 1),
            new Carnets(batch, 10, 11),
            new Carnets(batch, 2, 1),
            new Carnets(batch, Integer.MAX_VALUE, Integer.MAX_VALUE),
            new Cheques(batch, 0, 1),
            new Cheques(batch, 100, 101),
            new Cheques(batch, 2, 1),
            new Cheques(batch, Integer.MIN_VALUE, Integer.MAX_VALUE));
    for (Choice choice : outside) {
      ledger.when(handOut("H-1", CCAS, choice)).thenRefuses(DistributionRefusal.NOT_IN_BATCH);
    }
    ledger
        .when(handOut("H-1", CCAS, new Carnets(batch, 10, 11)))
        .thenRefuses(DistributionRefusal.NOT_IN_BATCH)
        .about("carnets")
        .saying("carnets 1 to 10");
  }

  @Test
  void aHandOutIsMadeFromTheDeliveryToTodayAndNotAfterTheEnd() {
    ledger.on(TODAY.plusDays(1));
    ledger
        .when(on(TODAY.plusDays(2), cheque(1)))
        .thenRefuses(DistributionRefusal.HANDED_OUT_IN_FUTURE)
        .saying("2026-03-04", "2026-03-03");
    ledger.when(on(TODAY.plusDays(1), cheque(1))).thenRecordsOne(ChequesHandedOut.class);
    ledger.when(on(TODAY, cheque(1))).thenRecordsOne(ChequesHandedOut.class);
    ledger
        .when(on(TODAY.minusDays(1), cheque(1)))
        .thenRefuses(DistributionRefusal.HANDED_OUT_BEFORE_DELIVERY)
        .saying("2026-03-02", "2026-03-01");
    ledger.on(ORDER_ENDS.plusDays(1));
    ledger.when(on(ORDER_ENDS, cheque(1))).thenRecordsOne(ChequesHandedOut.class);
    ledger
        .when(on(ORDER_ENDS.plusDays(1), cheque(1)))
        .thenRefuses(DistributionRefusal.HANDED_OUT_AFTER_END)
        .saying("2026-08-31", "2026-09-01");
  }

  @Test
  void notAfterTheDayOnWhichTheLastFunderApprovedTheEnd() {
    LocalDate approval = ORDER_ENDS.minusDays(15);
    ledger.on(approval);
    world.must(approving(STATE));
    ledger.on(approval.plusDays(1));
    ledger.when(on(approval.plusDays(1), cheque(1))).thenRecordsOne(ChequesHandedOut.class);
    world.must(approving(REGION));
    ledger.on(approval.plusDays(2));

    ledger
        .when(on(approval.plusDays(2), cheque(1)))
        .thenRefuses(DistributionRefusal.HANDED_OUT_AFTER_APPROVAL)
        .about("handedOutOn")
        .saying("2026-08-17", "2026-08-18", "take the cheques back");
    // Made in time, and told late.
    ledger.when(on(approval.plusDays(1), cheque(1))).thenRecordsOne(ChequesHandedOut.class);
  }

  @Test
  void theLastApprovalAndAHandOutOfThatMomentAreNotBothUnseen() {
    ledger.on(ORDER_ENDS.minusDays(15));
    world.must(approving(STATE));

    var race = ledger.race(approving(REGION), on(ORDER_ENDS.minusDays(15), cheque(1)));

    assertThat(race.decidedAgain()).isTrue();
  }

  private SignExpiry approving(FunderId funder) {
    return new SignExpiry(
        ledger.facts(ChequesIssued.class).getFirst().order(),
        ExpiryStep.APPROVAL,
        Optional.of(funder),
        "account");
  }

  @Test
  void ofSeveralDeliveriesTheLatestCounts() {
    ledger.on(TODAY.plusDays(5));
    world.must(new DeliverCheques(new DeliveryId("D-4"), CCAS, batch, 61, 70, TODAY.plusDays(5)));

    ledger
        .when(on(TODAY, cheque(1), cheque(61)))
        .thenRefuses(DistributionRefusal.HANDED_OUT_BEFORE_DELIVERY);
    ledger
        .when(on(TODAY.plusDays(5), cheque(1), cheque(61)))
        .thenRecordsOne(ChequesHandedOut.class);
  }

  @Test
  void aProgrammeThatNamesPublicsIsForThemOnly() {
    Batch forPublics = issuedFor("rsa", List.of("RSA", "job-seeker"));
    Choice choice = new Carnets(forPublics, 1, 1);

    ledger
        .when(to("", choice))
        .thenRefuses(DistributionRefusal.PUBLIC_NOT_ELIGIBLE)
        .about("publicCode")
        .saying("RSA, job-seeker");
    ledger.when(to("student", choice)).thenRefuses(DistributionRefusal.PUBLIC_NOT_ELIGIBLE);
    ledger.when(to("rsa", choice)).thenRefuses(DistributionRefusal.PUBLIC_NOT_ELIGIBLE);
    assertThat(ledger.when(to("RSA", choice)).thenRecordsOne(ChequesHandedOut.class).publicCode())
        .isEqualTo("RSA");
  }

  @Test
  void whatWasSentAsAPublicIsNotRepeatedBecauseItMayTellOfAPerson() {
    Batch forPublics = issuedFor("rsa", List.of("RSA"));

    assertThat(
            ledger
                .when(to("Jean Dupont", new Carnets(forPublics, 1, 1)))
                .thenRefuses(DistributionRefusal.PUBLIC_NOT_ELIGIBLE)
                .refusal()
                .toString())
        .doesNotContain("Dupont");
  }

  @Test
  void aProgrammeThatNamesNoPublicRecordsNone() {
    ledger
        .when(to("RSA", cheque(1)))
        .thenRefuses(DistributionRefusal.PUBLIC_NOT_ELIGIBLE)
        .saying("leave publicCode empty");
  }

  @Test
  void chequesOfTwoProgrammesAreHandedOutTogetherOnlyToAPublicOfBoth() {
    Batch one = issuedFor("one", List.of("RSA", "student"));
    Batch other = issuedFor("other", List.of("student"));
    Choice[] both = {new Carnets(one, 1, 1), new Carnets(other, 1, 1)};

    ledger.when(to("RSA", both)).thenRefuses(DistributionRefusal.PUBLIC_NOT_ELIGIBLE);
    ChequesHandedOut fact = ledger.when(to("student", both)).thenRecordsOne(ChequesHandedOut.class);

    assertThat(fact.cheques())
        .containsExactly(new ChequeRange(one, 1, 10), new ChequeRange(other, 1, 10));
    assertThat(fact.shares())
        .extracting(part -> part.agreement().value())
        .containsExactly("one", "other");
  }

  @Test
  void aHandOutIsDecidedAgainAfterAnotherOfAnyOfItsBatches() {
    Batch other = issuedFor("other", List.of());
    ChequesHandedOut ofOther =
        ledger
            .when(handOut("H-2", CCAS, new Carnets(other, 1, 1)))
            .thenRecordsOne(ChequesHandedOut.class);

    ledger
        .when(handOut("H-1", CCAS, cheque(1), new Carnets(other, 2, 2)))
        .thenIsDecidedAgainAfter(ofOther);
    ledger.when(handOut("H-1", CCAS, cheque(1))).thenStandsAfter(ofOther);
  }

  /** Two carnets of another programme, delivered to the CCAS. */
  private Batch issuedFor(String name, List<String> publics) {
    world.must(programme(new ProgrammeId(name), 1_000, 10, publics));
    AgreementId agreement = new AgreementId(name);
    world.must(agreement(agreement, new ProgrammeId(name), share(STATE, 10_000, 1_000_000)));
    Batch issued = world.must(order("O-" + name, agreement, 20)).batch();
    world.must(delivery("D-" + name, CCAS, issued, 1, 20));
    return issued;
  }

  private Choice cheque(int ordinal) {
    return Choice.cheque(new Serial(batch, ordinal));
  }

  private static HandOutCheques on(LocalDate day, Choice... choices) {
    return new HandOutCheques(
        new HandOutId("H-1"), CCAS, List.of(choices), day, "", Optional.empty());
  }

  private static HandOutCheques to(String publicCode, Choice... choices) {
    return new HandOutCheques(
        new HandOutId("H-1"), CCAS, List.of(choices), TODAY, publicCode, Optional.empty());
  }
}
