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
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.programme;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 100 cheques in carnets of 10 are in the operator's stock. */
class DeliverChequesTest {
  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;
  private Batch batch = Batch.of(1);

  @BeforeEach
  void issue() {
    batch = world.issued("O-1", 100);
  }

  @Test
  void aPrescriberIsRegisteredOnce() {
    RegisterPrescriber ccas = new RegisterPrescriber(CCAS, "CCAS de Guéret", CREUSE);

    ledger.when(ccas).thenAlreadyRecorded();
    ledger
        .when(new RegisterPrescriber(CCAS, "CCAS d'Aubusson", CREUSE))
        .thenRefuses(DistributionRefusal.PRESCRIBER_ALREADY_REGISTERED)
        .saying("ccas-gueret");
    ledger
        .when(new RegisterPrescriber(new PrescriberId("new"), " ", CREUSE))
        .thenRefuses(DistributionRefusal.NAME_NOT_READABLE);
    ledger
        .when(new RegisterPrescriber(new PrescriberId("new"), "France Services", CREUSE))
        .thenRecords(new PrescriberRegistered(new PrescriberId("new"), "France Services", CREUSE));
  }

  @Test
  void aPrescribersSiretIsKeptWithoutItsSpacesAndARightOne() {
    PrescriberId id = new PrescriberId("new");

    assertThat(
            ledger
                .when(new RegisterPrescriber(id, "CCAS", CREUSE, Optional.of("130 025 265 00013")))
                .thenRecordsOne(PrescriberRegistered.class)
                .siret())
        .contains("13002526500013");
    ledger
        .when(new RegisterPrescriber(id, "CCAS", CREUSE, Optional.of("13002526500014")))
        .thenRefuses(DistributionRefusal.SIRET_NOT_VALID)
        .about("siret")
        .saying("got ");
  }

  @Test
  void wholeCarnetsGoToAPrescriberWithTheirFundersCents() {
    ledger
        .when(deliver(11, 30))
        .thenRecords(
            new ChequesDelivered(
                new DeliveryId("D-1"),
                CCAS,
                new ChequeRange(batch, 11, 30),
                TODAY,
                List.of(
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 11_428, Optional.empty()),
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, REGION, 8_572, Optional.empty()))));
  }

  @Test
  void sentAgainADeliveryIsAnsweredAsTheFirstTime() {
    world.must(deliver(1, 10));
    long position = ledger.facts().size();
    ledger.on(ORDER_ENDS.plusDays(1));

    ledger.when(deliver(1, 10)).thenAlreadyRecorded().thenRecordedAt(position);
  }

  @Test
  void otherContentsUnderTheSameDeliveryAreAConflict() {
    world.must(deliver(1, 20));

    for (DeliverCheques other :
        List.of(
            deliver(1, 10),
            deliver(11, 20),
            delivery("D-1", MISSION, batch, 1, 20),
            delivery("D-1", CCAS, Batch.of(9), 1, 20),
            new DeliverCheques(new DeliveryId("D-1"), CCAS, batch, 1, 20, TODAY.minusDays(1)))) {
      ledger
          .when(other)
          .thenRefuses(DistributionRefusal.DELIVERY_ALREADY_RECORDED)
          .about("delivery");
    }
  }

  @Test
  void aChequeLeavesTheStockOnce() {
    world.must(deliver(31, 60));

    ledger
        .when(delivery("D-2", MISSION, batch, 21, 40))
        .thenRefuses(DistributionRefusal.ALREADY_DELIVERED)
        .saying("00001-000Z");
    ledger
        .when(delivery("D-2", MISSION, batch, 51, 70))
        .thenRefuses(DistributionRefusal.ALREADY_DELIVERED)
        .about("firstOrdinal");
    ledger
        .when(delivery("D-2", MISSION, batch, 41, 50))
        .thenRefuses(DistributionRefusal.ALREADY_DELIVERED);
    ledger
        .when(delivery("D-2", MISSION, batch, 1, 100))
        .thenRefuses(DistributionRefusal.ALREADY_DELIVERED);
    ledger.when(delivery("D-2", MISSION, batch, 1, 30)).thenRecordsOne(ChequesDelivered.class);
    ledger.when(delivery("D-2", MISSION, batch, 61, 100)).thenRecordsOne(ChequesDelivered.class);
  }

  @Test
  void theLastChequeOfARangeMayBeTheOneThatHasLeftTheStock() {
    world.must(programme(new ProgrammeId("singles"), 1_000, 1, List.of()));
    AgreementId agreement = new AgreementId("singles");
    world.must(agreement(agreement, new ProgrammeId("singles"), share(STATE, 10_000, 1_000_000)));
    Batch singles = world.must(order("O-2", agreement, 5)).batch();
    world.must(delivery("D-1", CCAS, singles, 5, 5));

    ledger
        .when(delivery("D-2", CCAS, singles, 3, 5))
        .thenRefuses(DistributionRefusal.ALREADY_DELIVERED)
        .saying("00002-0005");
    ledger.when(delivery("D-2", CCAS, singles, 3, 4)).thenRecordsOne(ChequesDelivered.class);
  }

  @Test
  void ofTwoDeliveriesOfOneChequeAtTheSameMomentOneIsRecorded() {
    var race = ledger.race(deliver(1, 10), delivery("D-2", MISSION, batch, 1, 20));

    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void oneDeliveryOfTwoBatchesAtTheSameMomentIsRecordedOnce() {
    Batch other = world.issued("O-2", 10);

    ledger.race(deliver(1, 10), delivery("D-1", CCAS, other, 1, 10));

    assertThat(ledger.facts(ChequesDelivered.class)).hasSize(1);
  }

  @Test
  void prescriberAndBatchAreKnown() {
    ledger
        .when(delivery("D-1", new PrescriberId("nobody"), batch, 1, 10))
        .thenRefuses(DistributionRefusal.UNKNOWN_PRESCRIBER)
        .saying("nobody");
    ledger
        .when(delivery("D-1", CCAS, Batch.of(9), 1, 10))
        .thenRefuses(DistributionRefusal.UNKNOWN_BATCH)
        .saying("00009");
  }

  @Test
  void theRangeLiesWithinTheBatch() {
    ledger
        .when(deliver(-9, 10))
        .thenRefuses(DistributionRefusal.NOT_IN_BATCH)
        .about("firstOrdinal");
    ledger
        .when(deliver(91, 110))
        .thenRefuses(DistributionRefusal.NOT_IN_BATCH)
        .about("lastOrdinal")
        .saying("1 to 100");
    ledger.when(deliver(11, 10)).thenRefuses(DistributionRefusal.NOT_IN_BATCH);
    ledger
        .when(deliver(Integer.MIN_VALUE, Integer.MAX_VALUE))
        .thenRefuses(DistributionRefusal.NOT_IN_BATCH);
  }

  @Test
  void carnetsAreNotTornApart() {
    ledger
        .when(deliver(2, 10))
        .thenRefuses(DistributionRefusal.NOT_WHOLE_CARNETS)
        .about("firstOrdinal")
        .saying("one of 10", "deliver 1 to 10");
    ledger
        .when(deliver(11, 29))
        .thenRefuses(DistributionRefusal.NOT_WHOLE_CARNETS)
        .about("lastOrdinal")
        .saying("deliver 11 to 30");
  }

  @Test
  void aDeliveryIsMadeFromTheIssueToTodayAndNotAfterTheEnd() {
    ledger.on(TODAY.plusDays(1));
    ledger
        .when(on(TODAY.plusDays(2)))
        .thenRefuses(DistributionRefusal.DELIVERED_IN_FUTURE)
        .saying("2026-03-04", "2026-03-03");
    ledger.when(on(TODAY.plusDays(1))).thenRecordsOne(ChequesDelivered.class);
    ledger.when(on(TODAY)).thenRecordsOne(ChequesDelivered.class);
    ledger
        .when(on(TODAY.minusDays(1)))
        .thenRefuses(DistributionRefusal.DELIVERED_BEFORE_ISSUE)
        .saying("2026-03-02", "2026-03-01");
    ledger.on(ORDER_ENDS.plusDays(1));
    ledger.when(on(ORDER_ENDS)).thenRecordsOne(ChequesDelivered.class);
    ledger
        .when(on(ORDER_ENDS.plusDays(1)))
        .thenRefuses(DistributionRefusal.DELIVERED_AFTER_END)
        .saying("2026-08-31");
  }

  private DeliverCheques deliver(int first, int last) {
    return delivery("D-1", CCAS, batch, first, last);
  }

  private DeliverCheques on(LocalDate day) {
    return new DeliverCheques(new DeliveryId("D-1"), CCAS, batch, 1, 10, day);
  }
}
