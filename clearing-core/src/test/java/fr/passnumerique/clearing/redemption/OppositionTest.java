package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.signed;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.redemption.Verdict.OPPOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OppositionTest {
  private static final PrescriberId CCAS = new PrescriberId("ccas");
  private static final PrescriberId MISSION = new PrescriberId("mission-locale");

  /** 1 to 50 handed out by the CCAS, 51 to 60 in its stock, 61 to 70 the mission's, then stock. */
  private final RedemptionWorld world = RedemptionWorld.usual();

  OppositionTest() {
    world.ledger.given(delivered("d-1", CCAS, 1, 60), delivered("d-2", MISSION, 61, 70));
  }

  @Test
  void aLineWithAnOpposedChequeIsRejectedAndTheNextChequeIsNot() {
    oppose("o-1", 11, 20);
    assertThat(world.verdicts(line(10), line(11), line(20), line(21)))
        .containsExactly(ACCEPTED, OPPOSED, OPPOSED, ACCEPTED);
  }

  @Test
  void aLineAcceptedBeforeStands() {
    world.redeem("S-0", line(1));
    ChequesOpposed opposed = opposing("o-1", 1, 2);

    assertThat(opposed.accepted()).containsExactly(range(1, 1));
    assertThat(opposed.opposed()).containsExactly(range(2, 2));
    world.ledger.given(opposed);
    assertThat(world.verdicts(line(1), line(2))).containsExactly(ALREADY_REDEEMED, OPPOSED);
  }

  @Test
  void aChequeWhoseSlipIsWithdrawnIsOpposedFromThereOn() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1), line(3));
    oppose("o-1", 1, 2);

    SlipWithdrawn withdrawn = world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
    world.ledger.given(withdrawn);

    assertThat(withdrawn.opposed()).containsExactly(RedemptionWorld.cheque(1).serial());
    assertThat(sums(withdrawn).get(AccountKind.DUE_BACK)).isEqualTo(-1_000);
    assertThat(sums(withdrawn).get(AccountKind.CHEQUES_OUTSTANDING)).isEqualTo(-1_000);
    assertThat(sums(withdrawn).get(AccountKind.TITLES_OPPOSED)).isEqualTo(1_000);
    assertThat(sums(withdrawn).get(AccountKind.TITLES_HANDED_OUT)).isEqualTo(1_000);
    assertThat(world.verdicts(line(1), line(3))).containsExactly(OPPOSED, ACCEPTED);
  }

  @Test
  void whatIsSetAsideIsDueBackAndTitlesLeaveWhereTheyAre() {
    ChequesOpposed opposed = opposing("o-1", 41, 80);

    assertThat(opposed.titles())
        .extracting(TitlesHeld::where, TitlesHeld::prescriber, TitlesHeld::cheques)
        .containsExactly(
            tuple(Whereabouts.HANDED_OUT, Optional.empty(), List.of(range(41, 50))),
            tuple(Whereabouts.AT_PRESCRIBER, Optional.of(CCAS), List.of(range(51, 60))),
            tuple(Whereabouts.AT_PRESCRIBER, Optional.of(MISSION), List.of(range(61, 70))),
            tuple(Whereabouts.IN_STOCK, Optional.empty(), List.of(range(71, 80))));
    Map<AccountKind, Long> sums = sums(opposed);
    assertThat(sums)
        .containsEntry(AccountKind.CHEQUES_OUTSTANDING, 40_000L)
        .containsEntry(AccountKind.DUE_BACK, -40_000L)
        .containsEntry(AccountKind.TITLES_HANDED_OUT, -10_000L)
        .containsEntry(AccountKind.TITLES_AT_PRESCRIBER, -20_000L)
        .containsEntry(AccountKind.TITLES_IN_STOCK, -10_000L)
        .containsEntry(AccountKind.TITLES_OPPOSED, 40_000L);
  }

  @Test
  void nothingIsDueBackForAChequeThatIsNotActivated() {
    RedemptionWorld half = new RedemptionWorld();
    half.ledger.given(signed(), new Rules().issue(BATCH, 0), activated(BATCH, 1, 10));
    ChequesOpposed opposed =
        half.ledger.when(command("o-1", 10, 11)).thenRecordsOne(ChequesOpposed.class);

    assertThat(opposed.dueBack().stream().mapToLong(part -> part.cents()).sum()).isEqualTo(1_000);
    assertThat(sums(opposed)).containsEntry(AccountKind.TITLES_OPPOSED, 2_000L);
  }

  @Test
  void theSameChequesAreTheSameOppositionHoweverTheyAreNamed() {
    world.ledger.send(command("o-1", new Named(BATCH, 3, 5), new Named(BATCH, 1, 3)));
    world.ledger.when(command("o-1", 1, 5)).thenAlreadyRecorded();
    world
        .ledger
        .when(command("o-1", 1, 6))
        .thenRefuses(OppositionRefusal.OPPOSITION_ALREADY_RECORDED);
  }

  @Test
  void whatIsOpposedAlreadyIsLeftOutAndNothingElseIsRefused() {
    oppose("o-1", 1, 5);
    assertThat(opposing("o-2", 4, 6).opposed()).containsExactly(range(6, 6));
    world
        .ledger
        .when(command("o-2", 1, 5))
        .thenRefuses(OppositionRefusal.NOTHING_TO_OPPOSE)
        .saying("00007-0001");
  }

  @Test
  void theLastChequeOfTheBatchCanBeOpposedAndTheNextDoesNotExist() {
    assertThat(opposing("o-1", CHEQUES, CHEQUES).opposed())
        .containsExactly(range(CHEQUES, CHEQUES));
    refusesUnknown(command("o-1", CHEQUES, CHEQUES + 1));
    refusesUnknown(command("o-1", 0, 1));
    refusesUnknown(command("o-1", 2, 1));
    refusesUnknown(command("o-1", new Named(Batch.of(8), 1, 1)));
    world.ledger.when(command("o-1")).thenRefuses(OppositionRefusal.NOTHING_NAMED);
  }

  @Test
  void aPrescriberOpposesWhatItHoldsOrHandedOutAndNothingElse() {
    assertThat(world.ledger.when(by(CCAS, 50, 60)).thenRecordsOne(ChequesOpposed.class).opposed())
        .containsExactly(range(50, 60));
    refusesUnknown(by(CCAS, 60, 61));
    refusesUnknown(by(MISSION, 60, 61));
    refusesUnknown(by(CCAS, 71, 71));
    world
        .ledger
        .when(
            new OpposeCheques(
                new OppositionId("o-1"),
                List.of(new Named(Batch.of(8), 1, 1)),
                Reason.LOST,
                "ccas-account",
                Optional.of(CCAS)))
        .thenRefuses(OppositionRefusal.UNKNOWN_CHEQUE)
        .saying(
            "1 of cheques 00008-0001 to 00008-0001 are not of prescriber ccas, the first of them"
                + " 00008-0001");
  }

  @Test
  void whichOfTheNamedAreNotToBeOpposedAndHowManyIsSaid() {
    says(
        command("o-1", CHEQUES - 1, CHEQUES + 2),
        "2 of cheques %s to %s were never issued, the first of them %s"
            .formatted(serial(CHEQUES - 1), serial(CHEQUES + 2), serial(CHEQUES + 1)));
    says(
        command("o-1", CHEQUES + 1, Integer.MAX_VALUE),
        "to ordinal " + Integer.MAX_VALUE,
        "the first of them " + serial(CHEQUES + 1));
    says(
        command("o-1", Serial.LAST, Serial.LAST + 1),
        "cheques %s to ordinal".formatted(serial(Serial.LAST)));
    says(command("o-1", 0, 1), "from 1 on", "got 0 to 1");
    says(command("o-1", 2, 1), "the first before the last, got 2 to 1");
    says(
        by(CCAS, 60, 61),
        "1 of cheques %s to %s are not of prescriber ccas, the first of them %s"
            .formatted(serial(60), serial(61), serial(61)));
    says(
        by(CCAS, 60, CHEQUES + 1),
        "%d of cheques %s to".formatted(CHEQUES + 1 - 60, serial(60)),
        "the first of them " + serial(61));
  }

  private static Serial serial(int ordinal) {
    return new Serial(BATCH, ordinal);
  }

  @Test
  void asManyChequesAsOnePersonMayOpposeAreOpposedAndOneMoreWaitsForASecond() {
    int most = RedemptionWorld.MOST_ALONE;
    assertThat(opposing("o-1", 1, most).opposed()).hasSize(1);

    Opposition waiting = send(command("o-2", 1, most + 1));
    assertThat(waiting.status()).isEqualTo(Opposition.Status.AWAITING_SECOND_PERSON);
    assertThat(world.verdict(line(1))).isEqualTo(ACCEPTED);
    assertThat(send(command("o-2", 1, most + 1))).isEqualTo(waiting);

    world
        .ledger
        .when(new ApproveOpposition(new OppositionId("o-2"), "clerk-1"))
        .thenRefuses(OppositionRefusal.SECOND_PERSON_NEEDED)
        .saying("was proposed by you", "another clerk");
    ApproveOpposition second = new ApproveOpposition(new OppositionId("o-2"), "clerk-2");
    world.ledger.when(second).thenNeedsAnotherPersonThan("clerk-1");
    Opposition inForce = send(second);
    assertThat(inForce.status()).isEqualTo(Opposition.Status.OPPOSED);
    assertThat(world.verdict(line(1))).isEqualTo(OPPOSED);
    ChequesOpposed fact = world.ledger.facts(ChequesOpposed.class).getLast();
    assertThat(fact.by()).isEqualTo("clerk-1");
    assertThat(fact.approvedBy()).contains("clerk-2");

    assertThat(send(second)).isEqualTo(inForce);
    assertThat(send(command("o-2", 1, most + 1))).isEqualTo(inForce);
  }

  @Test
  void whatAPrescriberProposesIsDecidedAgainWhenWhatItHoldsChangesAndAClerksIsNot() {
    int more = RedemptionWorld.MOST_ALONE + 1;
    ChequesDelivered meanwhile = delivered("d-3", MISSION, 71, 80);

    world.ledger.when(by(CCAS, 1, more)).thenIsDecidedAgainAfter(meanwhile);
    world.ledger.when(command("o-1", 1, more)).thenStandsAfter(meanwhile);
  }

  @Test
  void anOppositionThatNeededNoSecondPersonIsNotApproved() {
    oppose("o-1", 1, 1);
    world
        .ledger
        .when(new ApproveOpposition(new OppositionId("o-1"), "clerk-2"))
        .thenRefuses(OppositionRefusal.NOTHING_TO_APPROVE);
    world
        .ledger
        .when(new ApproveOpposition(new OppositionId("o-9"), "clerk-2"))
        .thenRefuses(OppositionRefusal.UNKNOWN_OPPOSITION);
  }

  @Test
  void aSlipAcceptedMeanwhileHasTheOppositionDecidedAgainAndTheOtherWayRound() {
    SlipJudged slip = world.judged(line(1));
    world.ledger.when(command("o-1", 1, 1)).thenIsDecidedAgainAfter(slip);
    world.ledger.when(world.slip("S-1", line(1))).thenIsDecidedAgainAfter(opposing("o-1", 1, 1));

    var race = world.ledger.race(command("o-1", 1, 1), world.slip("S-1", line(1)));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(((Outcome.Recorded<SlipJudged>) race.second()).answer().acceptedCount()).isZero();
  }

  @Test
  void aSlipWithdrawnMeanwhileHasTheOppositionDecidedAgainAndTheOtherWayRound() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    SlipWithdrawn withdrawn = world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
    world.ledger.when(command("o-1", 1, 1)).thenIsDecidedAgainAfter(withdrawn);
    world.ledger.when(withdrawal).thenIsDecidedAgainAfter(opposing("o-1", 1, 1));
  }

  // --- commands

  private static OpposeCheques command(String id, int first, int last) {
    return command(id, new Named(BATCH, first, last));
  }

  private static OpposeCheques command(String id, Named... cheques) {
    return new OpposeCheques(
        new OppositionId(id), List.of(cheques), Reason.LOST, "clerk-1", Optional.empty());
  }

  private static OpposeCheques by(PrescriberId prescriber, int first, int last) {
    return new OpposeCheques(
        new OppositionId("o-1"),
        List.of(new Named(BATCH, first, last)),
        Reason.STOLEN,
        prescriber + "-account",
        Optional.of(prescriber));
  }

  private ChequesOpposed opposing(String id, int first, int last) {
    return world.ledger.when(command(id, first, last)).thenRecordsOne(ChequesOpposed.class);
  }

  private void oppose(String id, int first, int last) {
    world.ledger.given(opposing(id, first, last));
  }

  private Opposition send(Command<Opposition> command) {
    return ((Outcome.Recorded<Opposition>) world.ledger.send(command)).answer();
  }

  private void says(OpposeCheques command, String... parts) {
    assertThat(world.ledger.send(command).toString()).contains(parts);
  }

  private void refusesUnknown(OpposeCheques command) {
    world.ledger.when(command).thenRefuses(OppositionRefusal.UNKNOWN_CHEQUE);
  }

  private static ChequeRange range(int first, int last) {
    return new ChequeRange(BATCH, first, last);
  }

  private static ChequesDelivered delivered(String id, PrescriberId to, int first, int last) {
    return new ChequesDelivered(
        new DeliveryId(id), to, range(first, last), LocalDate.of(2026, 2, 2), List.of());
  }

  private static Map<AccountKind, Long> sums(Fact fact) {
    Map<AccountKind, Long> sums = new EnumMap<>(AccountKind.class);
    List<Entry> entries = new ArrayList<>(Postings.of(fact));
    assertThat(entries.stream().mapToLong(Entry::cents).sum()).isZero();
    entries.forEach(entry -> sums.merge(entry.account().kind(), entry.cents(), Long::sum));
    return sums;
  }
}
