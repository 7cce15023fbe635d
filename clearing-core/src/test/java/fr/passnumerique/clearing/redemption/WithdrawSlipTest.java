package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.PROGRAMME;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.redemption.Verdict.TOO_MANY_IN_ONE_VISIT;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WithdrawSlipTest {
  private final RedemptionWorld world = RedemptionWorld.usual();

  @Test
  void theChequesOfAWithdrawnSlipAreLiveAgain() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1), line(2), line(forged(3)));

    SlipWithdrawn withdrawn = world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
    assertThat(withdrawn.cheques()).containsExactly(cheque(1).serial(), cheque(2).serial());
    assertThat(withdrawn.owed()).isEqualTo(withdrawal.slip().owed());
    assertThat(withdrawn.opposed()).isEmpty();

    assertThat(world.verdicts(line(1), line(2))).containsOnly(ALREADY_REDEEMED);
    world.ledger.send(withdrawal);
    assertThat(world.verdicts(line(1), line(2))).containsOnly(ACCEPTED);
  }

  @Test
  void itsVisitsAreUncounted() {
    Rules rules = new Rules();
    rules.chequesPerVisit = 2;
    RedemptionWorld limited = RedemptionWorld.with(rules);
    WithdrawSlip withdrawal = limited.withdrawal("S-0", line(1), line(2));
    assertThat(limited.verdict(line(3))).isEqualTo(TOO_MANY_IN_ONE_VISIT);

    limited.ledger.send(withdrawal);
    assertThat(limited.verdicts(line(3), line(4), line(5)))
        .containsExactly(ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT);
  }

  @Test
  void itsReferenceStaysUsed() {
    world.ledger.send(world.withdrawal("S-0", line(1)));

    world.ledger.when(world.slip("S-0", line(1))).thenAlreadyRecorded();
    world.ledger.when(world.slip("S-0", line(2))).thenRefuses(SlipRefusal.SLIP_REFERENCE_REUSED);
  }

  @Test
  void withdrawingItAgainAddsNothing() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    world.ledger.send(withdrawal);
    long position = world.ledger.facts().size();
    world.ledger.on(LocalDate.of(2026, 4, 2));

    world.ledger.when(withdrawal).thenAlreadyRecorded().thenRecordedAt(position);
  }

  @Test
  void aSlipWithoutAnAcceptedLineCanBeWithdrawnToo() {
    SlipWithdrawn withdrawn =
        world
            .ledger
            .when(world.withdrawal("S-0", line(forged(1))))
            .thenRecordsOne(SlipWithdrawn.class);
    assertThat(withdrawn.cheques()).isEmpty();
    assertThat(Postings.of(withdrawn)).isEmpty();
  }

  @Test
  void noRunTakesASlipWithoutAnAcceptedLineSoItIsNotKeptInMindAndCanBeWithdrawnAllTheSame() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(forged(1)));
    assertThat(world.register.isOpen(withdrawal.position())).isFalse();
    world.ledger.given(run(world.withdrawal("S-1", line(2))));
    world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
    world.ledger.send(withdrawal);
    world.ledger.when(withdrawal).thenAlreadyRecorded();
  }

  @Test
  void aSlipThatARunHasTakenCannotBeWithdrawn() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    world.ledger.given(run(withdrawal));

    world
        .ledger
        .when(withdrawal)
        .thenRefuses(SlipRefusal.SLIP_IN_SETTLEMENT)
        .saying("S-0", "reverse");
  }

  @Test
  void aMidnightAtWhichNoRunTookItIsNotItsCutOff() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    world.ledger.at(Instant.parse("2026-04-09T22:00:00Z"));
    world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
  }

  @Test
  void aSlipWithAVoidChequeCannotBeWithdrawn() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1), line(2));
    world.register.batch(BATCH).makeVoid(2);
    world
        .ledger
        .when(withdrawal)
        .thenRefuses(SlipRefusal.SLIP_HAS_VOID_CHEQUES)
        .saying(cheque(2).serial().toString());
  }

  @Test
  void aRunOpenedMeanwhileHasTheWithdrawalDecidedAgainAndTheOtherWayRound() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    SettlementRunOpened run = run(withdrawal);

    world.ledger.when(withdrawal).thenIsDecidedAgainAfter(run);
    // What opening a run looks at.
    assertThat(world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class).tags())
        .contains("runs:" + PROGRAMME);
  }

  @Test
  void aSlipDecidedMeanwhileIsDecidedAgainAndAcceptedOnce() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    DecisionFixture.Race<SlipWithdrawn, SlipJudged> race =
        world.ledger.race(withdrawal, world.slip("S-9", line(1)));

    assertThat(race.decidedAgain()).isTrue();
    SlipJudged second = ((Outcome.Recorded<SlipJudged>) race.second()).answer();
    assertThat(second.acceptedCount()).isEqualTo(1);
  }

  @Test
  void twoWithdrawalsAtTheSameMomentAreOne() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1));
    DecisionFixture.Race<SlipWithdrawn, SlipWithdrawn> race =
        world.ledger.race(withdrawal, withdrawal);
    assertThat(((Outcome.Recorded<SlipWithdrawn>) race.second()).already()).isTrue();
  }

  @Test
  void whatTheSlipPostedIsPostedBack() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", line(1), line(2), line(3));
    SlipWithdrawn withdrawn = world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);

    Map<Account, Long> balances = new HashMap<>();
    for (Entry entry : Postings.of(withdrawal.slip())) {
      balances.merge(entry.account(), entry.cents(), Long::sum);
    }
    assertThat(balances).hasSizeGreaterThan(4);
    for (Entry entry : Postings.of(withdrawn)) {
      balances.merge(entry.account(), entry.cents(), Long::sum);
    }
    assertThat(balances.values()).containsOnly(0L);
  }

  private static SettlementRunOpened run(WithdrawSlip slip) {
    return new SettlementRunOpened(
        new SettlementRunId("R-1"),
        PROGRAMME,
        Instant.parse("2026-04-01T22:00:00Z"),
        LocalDate.of(2026, 4, 2),
        List.of(
            new SettlementRunOpened.Transfer(
                new TransferId("R-1-1"),
                new VaultReference("account-1"),
                1_000,
                List.of(new PaidSlip(VENUE, slip.slip().reference(), slip.position(), 1_000)),
                List.of())),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
