package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.share;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.BENEFICIARY_MISSING;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.BENEFICIARY_UNEXPECTED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.RENEWAL_TOO_EARLY;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.SEVERAL_PROGRAMMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.DefineProgramme;
import fr.passnumerique.clearing.funding.FundingRefusal;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeDefined.Renewal;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One carnet a person and 90 days, from all prescribers together; nobody is named. */
class RenewalTest {
  private static final ProgrammeId LIMITED = new ProgrammeId("pass-limited");
  private static final AgreementId AGREED = new AgreementId("limited-2026");
  private static final int DAYS = 90;
  private static final VaultReference ANNE = new VaultReference("v-anne");
  private static final VaultReference JEAN = new VaultReference("v-jean");

  private final FundedWorld world = FundedWorld.usual();
  private final Batch batch;

  RenewalTest() {
    world.must(programme(Optional.of(new Renewal(1, DAYS))));
    world.must(agreement(AGREED, LIMITED, share(STATE, 10_000, 1_000_000)));
    batch = world.must(order("o-1", AGREED, 100)).batch();
    world.must(delivery("d-1", CCAS, batch, 1, 50));
    world.must(delivery("d-2", MISSION, batch, 51, 100));
  }

  private static DefineProgramme programme(Optional<Renewal> renewal) {
    return new DefineProgramme(
        LIMITED,
        "Pass numérique",
        1_000,
        10,
        365,
        60,
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.FLAG,
        renewal);
  }

  private HandOutCheques give(
      String id, PrescriberId by, VaultReference person, LocalDate on, Choice... cheques) {
    return new HandOutCheques(
        new HandOutId(id), by, List.of(cheques), on, "", Optional.ofNullable(person));
  }

  private Choice carnet(int number) {
    return new Choice.Carnets(batch, number, number);
  }

  @Test
  void aSecondCarnetIsRefusedUntilTheNinetiethDayAndNotOnIt() {
    ChequesHandedOut first = world.must(give("H-1", CCAS, ANNE, TODAY, carnet(1)));
    assertThat(first.beneficiary()).contains(ANNE);
    world.ledger.on(TODAY.plusDays(DAYS));

    world
        .ledger
        .when(give("H-2", MISSION, ANNE, TODAY.plusDays(DAYS - 1), carnet(6)))
        .thenRefuses(RENEWAL_TOO_EARLY)
        .about("beneficiary")
        .saying("1 carnets in 90 days", TODAY.plusDays(DAYS).toString());
    world.must(give("H-2", MISSION, ANNE, TODAY.plusDays(DAYS), carnet(6)));
  }

  @Test
  void anotherPersonIsNotHeldToIt() {
    world.must(give("H-1", CCAS, ANNE, TODAY, carnet(1)));
    world.must(give("H-2", CCAS, JEAN, TODAY, carnet(2)));
  }

  @Test
  void theRestOfACarnetIsNoOtherCarnet() {
    world.must(give("H-1", CCAS, ANNE, TODAY, new Choice.Cheques(batch, 1, 4)));
    world.must(give("H-2", CCAS, ANNE, TODAY, new Choice.Cheques(batch, 5, 10)));
    world
        .ledger
        .when(give("H-3", CCAS, ANNE, TODAY, new Choice.Cheques(batch, 11, 11)))
        .thenRefuses(RENEWAL_TOO_EARLY);
  }

  @Test
  void twoAtOnceAreTooMany() {
    world
        .ledger
        .when(give("H-1", CCAS, ANNE, TODAY, new Choice.Carnets(batch, 1, 2)))
        .thenRefuses(RENEWAL_TOO_EARLY)
        .saying("hand out fewer");
  }

  @Test
  void aHandOutRecordedLateCountsOnItsDayBothWays() {
    world.ledger.on(TODAY.plusDays(60));
    world.must(give("H-1", CCAS, ANNE, TODAY.plusDays(60), carnet(1)));
    world.ledger.when(give("H-2", MISSION, ANNE, TODAY, carnet(6))).thenRefuses(RENEWAL_TOO_EARLY);
  }

  @Test
  void whatWasNotHandedOutAfterAllDoesNotCount() {
    world.must(give("H-1", CCAS, ANNE, TODAY, carnet(1)));
    world.must(
        new TakeBack(TakeBack.Step.HAND_OUT, new CorrectionId("c-1"), CCAS, List.of(carnet(1))));
    world.must(give("H-2", CCAS, ANNE, TODAY, carnet(2)));
  }

  @Test
  void twoPrescribersAtTheSameMomentGiveOne() {
    Batch another = world.must(order("o-9", AGREED, 10)).batch();
    world.must(delivery("d-9", MISSION, another, 1, 10));

    var race =
        world.ledger.race(
            give("H-1", CCAS, ANNE, TODAY, carnet(1)),
            give("H-2", MISSION, ANNE, TODAY, new Choice.Carnets(another, 1, 1)));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(ChequesHandedOut.class)).hasSize(1);
  }

  @Test
  void withTheRuleSomebodyIsNeededAndWithoutItNobodyIsKept() {
    world
        .ledger
        .when(give("H-1", CCAS, null, TODAY, carnet(1)))
        .thenRefuses(BENEFICIARY_MISSING)
        .about("beneficiary");
    Batch free = world.issued("o-2", 10);
    world.must(delivery("d-3", CCAS, free, 1, 10));
    world
        .ledger
        .when(give("H-1", CCAS, ANNE, TODAY, new Choice.Carnets(free, 1, 1)))
        .thenRefuses(BENEFICIARY_UNEXPECTED);
    world.must(give("H-1", CCAS, null, TODAY, new Choice.Carnets(free, 1, 1)));
  }

  @Test
  void theSameHandOutOfAnotherPersonIsAnotherOne() {
    world.must(give("H-1", CCAS, ANNE, TODAY, carnet(1)));
    world.ledger.when(give("H-1", CCAS, ANNE, TODAY, carnet(1))).thenAlreadyRecorded();
    world
        .ledger
        .when(give("H-1", CCAS, JEAN, TODAY, carnet(1)))
        .thenRefuses(DistributionRefusal.HAND_OUT_ALREADY_RECORDED);
  }

  @Test
  void aRuleHasACarnetAndADay() {
    FundedWorld other = FundedWorld.empty();
    other
        .ledger
        .when(programme(Optional.of(new Renewal(0, 1))))
        .thenRefuses(FundingRefusal.RENEWAL_OUT_OF_RANGE)
        .about("carnetsPerPerson");
    other
        .ledger
        .when(programme(Optional.of(new Renewal(1, 0))))
        .thenRefuses(FundingRefusal.RENEWAL_OUT_OF_RANGE)
        .about("afterDays");
    other.must(programme(Optional.of(new Renewal(1, 1))));
  }

  @Test
  void chequesOfAProgrammeThatCountsAreHandedOutApartFromAnothers() {
    Batch free = world.issued("o-2", 10);
    world.must(delivery("d-3", CCAS, free, 1, 10));
    Choice ofAnother = new Choice.Carnets(free, 1, 1);
    for (VaultReference person : Arrays.asList(ANNE, null)) {
      for (List<Choice> choices :
          List.of(List.of(ofAnother, carnet(1)), List.of(carnet(1), ofAnother))) {
        world
            .ledger
            .when(give("H-1", CCAS, person, TODAY, choices.toArray(Choice[]::new)))
            .thenRefuses(SEVERAL_PROGRAMMES)
            .about("cheques")
            .saying(
                LIMITED.value(), FundedWorld.PROGRAMME.value(), "a hand-out for each programme");
      }
    }
    world.must(give("H-1", CCAS, ANNE, TODAY, carnet(1)));
    world.must(give("H-2", CCAS, null, TODAY, ofAnother));
  }

  @Test
  void aPersonIsTheSameHoweverWrittenUntilItsKeyIsDestroyed() {
    Beneficiaries persons = persons();
    HandOutCheques handOut = give("H-1", CCAS, null, TODAY, carnet(1));
    VaultReference known = persons.kept(handOut, "CAF 123 4567");
    assertThat(persons.known(handOut, "caf-1234567")).isEqualTo(known);
    assertThat(persons.kept(handOut, "caf-1234567")).isEqualTo(known);
    assertThat(persons.known(handOut, "CAF 123 4568")).isEqualTo(Beneficiaries.NOT_KEPT);
    assertThat(known.value()).doesNotContain("1234567");

    persons.erase(LIMITED, "CAF 1234567");

    assertThat(persons.known(handOut, "CAF 123 4567")).isEqualTo(Beneficiaries.NOT_KEPT);
    assertThat(persons.kept(handOut, "CAF 123 4567")).isNotEqualTo(known);
    assertThatThrownBy(() -> persons.known(handOut, " - ")).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> persons.known(handOut, "x".repeat(81))).isInstanceOf(Problem.class);
  }

  private Beneficiaries persons() {
    return new Beneficiaries(
        world.register(DistributionRegister.class),
        Supplier::get,
        new FixtureReader(world.ledger),
        new MemoryVault());
  }

  @Test
  void aHandOutOfNothingOrOfAnUnknownBatchIsNobodys() {
    HandOutCheques nothing = give("H-1", CCAS, null, TODAY);
    HandOutCheques unknown =
        give("H-1", CCAS, null, TODAY, new Choice.Carnets(Batch.of(999), 1, 1));
    assertThat(persons().known(nothing, "CAF 1234567")).isEqualTo(Beneficiaries.NOT_KEPT);
    assertThat(persons().known(unknown, "CAF 1234567")).isEqualTo(Beneficiaries.NOT_KEPT);
  }
}
