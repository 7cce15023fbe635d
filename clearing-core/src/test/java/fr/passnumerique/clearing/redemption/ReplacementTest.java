package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.LAST_DAY;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.handedOut;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.served;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.signed;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.EXPIRED_AT_SERVICE_DATE;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_ACTIVATED;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_DISTRIBUTED;
import static fr.passnumerique.clearing.redemption.Verdict.OPPOSED;
import static fr.passnumerique.clearing.redemption.Verdict.TOO_MANY_IN_ONE_VISIT;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplacementTest {
  /** The batch after the world's. */
  private static final Batch NEW = Batch.of(8);

  private static final PrescriberId CCAS = new PrescriberId("ccas");
  private static final PrescriberId MISSION = new PrescriberId("mission-locale");

  private RedemptionWorld world = RedemptionWorld.usual();

  @Test
  void theNewChequeIsSpentInTheOldOnesPlaceAndTheOldOneIsDeadForEver() {
    oppose("o-1", BATCH, 3, 4);
    ChequesReplaced replaced = replace("r-1", BATCH, 3, 4);

    assertThat(replaced.batch()).isEqualTo(NEW);
    assertThat(world.verdict(line(cheque(NEW, 1)))).isEqualTo(NOT_DISTRIBUTED);
    handOut("h-2", 1, 2);
    assertThat(world.verdicts(line(cheque(NEW, 1)), line(cheque(NEW, 2)), line(3)))
        .containsExactly(ACCEPTED, ACCEPTED, OPPOSED);
  }

  @Test
  void itInheritsTheSplitOfTheChequeThatItReplaces() {
    List<SlipJudged.SpentCents> old = world.judged(line(7)).owed();
    oppose("o-1", BATCH, 2, 2);
    oppose("o-2", BATCH, 7, 7);
    replace("r-1", new Named(BATCH, 7, 7), new Named(BATCH, 2, 2));
    handOut("h-2", 1, 2);
    assertThat(world.judged(line(cheque(NEW, 2))).owed()).isEqualTo(old);
  }

  @Test
  void itIsActivatedIfTheOldOneWas() {
    world = new RedemptionWorld();
    world.ledger.given(
        signed(),
        new Rules().issue(BATCH, 0),
        activated(BATCH, 1, 1),
        handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 2)),
        RedemptionWorld.listed(RedemptionWorld.VENUE, RedemptionWorld.GUERET),
        RedemptionWorld.labelled(LocalDate.of(2026, 1, 1)));
    world.ledger.on(LocalDate.of(2026, 4, 1));
    oppose("o-1", BATCH, 1, 2);
    ChequesReplaced replaced = replace("r-1", BATCH, 1, 2);
    handOut("h-2", 1, 2);

    assertThat(replaced.activated()).containsExactly(new ChequeRange(NEW, 1, 1));
    assertThat(world.verdicts(line(cheque(NEW, 1)), line(cheque(NEW, 2))))
        .containsExactly(ACCEPTED, NOT_ACTIVATED);
    Map<AccountKind, Long> sums = sums(replaced);
    assertThat(sums)
        .containsEntry(AccountKind.DUE_BACK, 1_000L)
        .containsEntry(AccountKind.CHEQUES_OUTSTANDING, -1_000L)
        .containsEntry(AccountKind.TITLES_OPPOSED, -2_000L)
        .containsEntry(AccountKind.TITLES_REPLACED, 2_000L);
    ChequesIssued issued = world.ledger.facts(ChequesIssued.class).getLast();
    assertThat(sums(issued))
        .containsEntry(AccountKind.TITLES_ISSUED, -2_000L)
        .containsEntry(AccountKind.TITLES_IN_STOCK, 2_000L)
        .doesNotContainKey(AccountKind.FUNDER_CREDIT);
  }

  @Test
  void chequesThatMeetAreOneRangeAndThoseThatDoNotOrEndOnAnotherDayAreTwo() {
    world = new RedemptionWorld();
    world.ledger.given(
        signed(),
        new Rules().issue(BATCH, 0),
        activated(BATCH, 1, 2),
        activated(BATCH, 4, 5),
        handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 2), new ChequeRange(BATCH, 4, 4)),
        handedOut("h-2", HANDED_OUT.plusDays(1), new ChequeRange(BATCH, 5, 5)));
    world.ledger.on(LocalDate.of(2026, 4, 1));
    oppose("o-1", BATCH, 1, 5);

    ChequesReplaced replaced = replace("r-1", BATCH, 1, 5);

    assertThat(replaced.activated())
        .containsExactly(new ChequeRange(NEW, 1, 2), new ChequeRange(NEW, 4, 5));
    assertThat(replaced.lastDays())
        .containsExactly(
            new ChequesReplaced.KeptDay(new ChequeRange(NEW, 1, 2), LAST_DAY),
            new ChequesReplaced.KeptDay(new ChequeRange(NEW, 4, 4), LAST_DAY),
            new ChequesReplaced.KeptDay(new ChequeRange(NEW, 5, 5), LAST_DAY.plusDays(1)));
  }

  @Test
  void atMostTenThousandChequesAreReplacedAtOnce() {
    Rules rules = new Rules();
    rules.chequeCount = 10_010;
    world = RedemptionWorld.with(rules);

    refuses("r-1", OppositionRefusal.TOO_MANY_NAMED, new Named(BATCH, 1, 10_001));
    refuses("r-1", OppositionRefusal.NOT_OPPOSED, new Named(BATCH, 1, 10_000));
  }

  @Test
  void itKeepsTheLastDayWheneverItIsHandedOut() {
    oppose("o-1", BATCH, 1, 1);
    replace("r-1", BATCH, 1, 1);
    LocalDate late = LAST_DAY.minusDays(10);
    world.ledger.on(late).given(handedOut("h-2", late, new ChequeRange(NEW, 1, 1)));

    world.ledger.on(LAST_DAY);
    assertThat(world.verdict(served(line(cheque(NEW, 1)), LAST_DAY))).isEqualTo(ACCEPTED);
    world.ledger.on(LAST_DAY.plusDays(1));
    assertThat(world.verdict(served(line(cheque(NEW, 1)), LAST_DAY.plusDays(1))))
        .isEqualTo(EXPIRED_AT_SERVICE_DATE);
  }

  @Test
  void oneThatNobodyHadHasItsOwnValidityFromTheHandOut() {
    oppose("o-1", BATCH, 60, 60);
    assertThat(replace("r-1", BATCH, 60, 60).lastDays()).isEmpty();
    LocalDate day = LocalDate.of(2026, 4, 1);
    world.ledger.given(handedOut("h-2", day, new ChequeRange(NEW, 1, 1)));
    world.ledger.on(day.plusDays(90));
    assertThat(world.verdict(served(line(cheque(NEW, 1)), day.plusDays(90)))).isEqualTo(ACCEPTED);
  }

  @Test
  void aVisitCountsItWithTheCarnetThatItIsOf() {
    Rules rules = new Rules();
    rules.chequesPerVisit = 2;
    world = RedemptionWorld.with(rules);
    oppose("o-1", BATCH, 3, 3);
    replace("r-1", BATCH, 3, 3);
    handOut("h-2", 1, 1);

    assertThat(world.verdicts(line(1), line(cheque(NEW, 1)), line(2), line(11)))
        .containsExactly(ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT, ACCEPTED);
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1), line(cheque(NEW, 1)));
    assertThat(world.verdict(line(2))).isEqualTo(TOO_MANY_IN_ONE_VISIT);
    world.ledger.send(withdrawal);
    assertThat(world.verdict(line(2))).isEqualTo(ACCEPTED);
  }

  @Test
  void twoSlipsThatBringItAndItsCarnetToOneVisitAreDecidedOneAfterTheOther() {
    Rules rules = new Rules();
    rules.chequesPerVisit = 1;
    world = RedemptionWorld.with(rules);
    oppose("o-1", BATCH, 3, 3);
    replace("r-1", BATCH, 3, 3);
    handOut("h-2", 1, 1);
    var race =
        world.ledger.race(world.slip("S-1", line(cheque(NEW, 1))), world.slip("S-2", line(1)));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(((Outcome.Recorded<SlipJudged>) race.second()).answer().acceptedCount()).isZero();
  }

  @Test
  void aReplacementCanBeReplacedAndStillPointsToTheFirst() {
    oppose("o-1", BATCH, 3, 3);
    replace("r-1", BATCH, 3, 3);
    handOut("h-2", 1, 1);
    oppose("o-2", NEW, 1, 1);
    ChequesReplaced again = replace("r-2", NEW, 1, 1);

    ChequesIssued issued = world.ledger.facts(ChequesIssued.class).getLast();
    assertThat(issued.inherited()).contains(new ChequesIssued.Inherited(BATCH, List.of(3)));
    assertThat(again.lastDays().getFirst().lastDay()).isEqualTo(LAST_DAY);
    assertThat(world.verdict(line(cheque(NEW, 1)))).isEqualTo(OPPOSED);
  }

  @Test
  void onlyAnOpposedChequeIsReplacedAndOnlyOnce() {
    refuses("r-1", OppositionRefusal.NOT_OPPOSED, new Named(BATCH, 1, 1));
    world.redeem("S-0", line(1));
    oppose("o-1", BATCH, 1, 2);
    refuses("r-1", OppositionRefusal.NOT_OPPOSED, new Named(BATCH, 1, 1));
    ChequesReplaced replaced = replace("r-1", BATCH, 2, 2);
    refuses("r-2", OppositionRefusal.ALREADY_REPLACED, new Named(BATCH, 2, 2));
    refuses("r-1", OppositionRefusal.REPLACEMENT_NAME_TAKEN, new Named(BATCH, 3, 3));
    refuses("o-" + BATCH, OppositionRefusal.REPLACEMENT_NAME_TAKEN, new Named(BATCH, 3, 3));
    world.ledger.when(command("r-1", new Named(BATCH, 2, 2))).thenAnswers(replaced);
    oppose("o-2", NEW, 1, 1);
    oppose("o-3", BATCH, 5, 5);
    refuses("r-3", OppositionRefusal.SEVERAL_BATCHES, new Named(BATCH, 5, 5), new Named(NEW, 1, 1));
  }

  /** To a prescriber, what is another's and what was never issued are told alike. */
  @Test
  void aPrescriberHasItsOwnReplacedAndNothingElse() {
    world.ledger.given(delivered("d-1", CCAS, 1, 60), delivered("d-2", MISSION, 61, 70));
    oppose("o-1", BATCH, 60, 61);

    world.ledger.when(by(MISSION, 60, 60)).thenRefuses(OppositionRefusal.UNKNOWN_CHEQUE);
    world.ledger.when(by(CCAS, 60, 61)).thenRefuses(OppositionRefusal.UNKNOWN_CHEQUE);
    assertThat(
            ((Outcome.Recorded<ChequesReplaced>) world.ledger.send(by(CCAS, 60, 60)))
                .answer()
                .replaced())
        .containsExactly(new Serial(BATCH, 60));
  }

  private static ChequesDelivered delivered(String id, PrescriberId to, int first, int last) {
    return new ChequesDelivered(
        new DeliveryId(id),
        to,
        new ChequeRange(BATCH, first, last),
        LocalDate.of(2026, 2, 2),
        List.of());
  }

  private static ReplaceCheques by(PrescriberId prescriber, int first, int last) {
    return new ReplaceCheques(
        new OrderId("r-1"),
        List.of(new Named(BATCH, first, last)),
        prescriber + "-account",
        Optional.of(prescriber));
  }

  @Test
  void theLastDayOfTheOrderStillReplacesAndTheNextDoesNot() {
    oppose("o-1", BATCH, 1, 1);
    world.ledger.on(ORDER_ENDS.plusDays(30));
    world
        .ledger
        .when(command("r-1", new Named(BATCH, 1, 1)))
        .thenAnswers(
            ((Outcome.Recorded<ChequesReplaced>)
                    world.ledger.rehearse(command("r-1", new Named(BATCH, 1, 1))))
                .answer());
    world.ledger.on(ORDER_ENDS.plusDays(31));
    refuses("r-1", OppositionRefusal.NOTHING_LEFT, new Named(BATCH, 1, 1));
  }

  @Test
  void twoReplacementsAtTheSameMomentAreOne() {
    oppose("o-1", BATCH, 1, 2);
    var race =
        world.ledger.race(
            command("r-1", new Named(BATCH, 1, 1)), command("r-2", new Named(BATCH, 1, 1)));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    var numbers =
        world.ledger.race(
            command("r-3", new Named(BATCH, 2, 2)), command("r-4", new Named(BATCH, 2, 2)));
    assertThat(numbers.decidedAgain()).isTrue();
  }

  private static ReplaceCheques command(String id, Named... cheques) {
    return new ReplaceCheques(new OrderId(id), List.of(cheques), "clerk-1", Optional.empty());
  }

  private ChequesReplaced replace(String id, Batch batch, int first, int last) {
    return replace(id, new Named(batch, first, last));
  }

  private ChequesReplaced replace(String id, Named... cheques) {
    return ((Outcome.Recorded<ChequesReplaced>) world.ledger.send(command(id, cheques))).answer();
  }

  private void refuses(String id, OppositionRefusal code, Named... cheques) {
    world.ledger.when(command(id, cheques)).thenRefuses(code);
  }

  private void oppose(String id, Batch batch, int first, int last) {
    world.ledger.send(
        new OpposeCheques(
            new OppositionId(id),
            List.of(new Named(batch, first, last)),
            Reason.LOST,
            "clerk-1",
            Optional.empty()));
  }

  private void handOut(String id, int first, int last) {
    world.ledger.given(handedOut(id, LocalDate.of(2026, 3, 10), new ChequeRange(NEW, first, last)));
  }

  private static Map<AccountKind, Long> sums(Fact fact) {
    Map<AccountKind, Long> sums = new EnumMap<>(AccountKind.class);
    List<Entry> entries = Postings.of(fact);
    assertThat(entries.stream().mapToLong(Entry::cents).sum()).isZero();
    entries.forEach(entry -> sums.merge(entry.account().kind(), entry.cents(), Long::sum));
    return sums;
  }
}
