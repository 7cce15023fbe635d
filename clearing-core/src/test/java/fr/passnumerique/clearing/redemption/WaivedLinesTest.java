package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.OTHER_VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.PROGRAMME;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.served;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A venue that is free of charge: its cheques are counted, and nothing is owed for them. */
class WaivedLinesTest {
  private static final LocalDate FROM = HANDED_OUT.plusDays(10);

  private final RedemptionWorld world = RedemptionWorld.usual();

  @Test
  void theFirstDayOfAWaiverIsWaivedAndTheDayBeforeIsOwed() {
    world.ledger.given(waived(FROM));

    SlipJudged slip = world.judged(served(line(1), FROM.minusDays(1)), served(line(2), FROM));

    assertThat(slip.acceptedCount()).isEqualTo(2);
    assertThat(slip.waivedLines()).containsExactly(2);
    assertThat(slip.waivedCheques()).containsExactly(line(2).cheque().serial());
    assertThat(slip.acceptedCents()).isEqualTo(1_000);
    assertThat(slip.waived().stream().mapToLong(SlipJudged.SpentCents::cents).sum())
        .isEqualTo(1_000);
  }

  @Test
  void theFirstDayAfterAWaiverIsOwedAgain() {
    LocalDate end = FROM.plusDays(5);
    world.ledger.given(waived(FROM), new VenueWaiverEnded(VENUE, end, "courrier", "agent-1"));

    SlipJudged slip = world.judged(served(line(1), end.minusDays(1)), served(line(2), end));

    assertThat(slip.waivedLines()).containsExactly(1);
    assertThat(slip.acceptedCents()).isEqualTo(1_000);
  }

  @Test
  void anEndEndsAWaiverThatWasToBeginLater() {
    world.ledger.given(
        waived(FROM.plusDays(5)),
        waived(FROM),
        new VenueWaiverEnded(VENUE, FROM.plusDays(1), "courrier", "agent-1"));

    SlipJudged slip = world.judged(served(line(1), FROM), served(line(2), FROM.plusDays(5)));

    assertThat(slip.waivedLines()).containsExactly(1);
  }

  @Test
  void aLineThatWasAcceptedBeforeAWaiverStaysOwed() {
    WithdrawSlip withdrawal = world.withdrawal("S-0", served(line(1), FROM));
    world.ledger.given(waived(FROM));

    assertThat(withdrawal.slip().waivedLines()).isEmpty();
    assertThat(world.judged(served(line(2), FROM)).waivedLines()).containsExactly(1);
  }

  @Test
  void aRejectedLineIsNotWaived() {
    world.ledger.given(waived(FROM));
    world.redeem("S-0", served(line(1), FROM));

    SlipJudged slip = world.judged(served(line(1), FROM), served(line(2), FROM));

    assertThat(slip.waivedLines()).containsExactly(2);
  }

  @Test
  void aWaiverThatIsRecordedMeanwhileMakesTheSlipDecideAgain() {
    world
        .presenting(served(line(1), FROM))
        .thenIsDecidedAgainAfter(waived(FROM))
        .thenStandsAfter(new VenueWaived(OTHER_VENUE, FROM, "courrier", "agent-1"));
  }

  @Test
  void aWaivedChequeIsRedeemedAndItsCentsAreDueBack() {
    world.ledger.given(waived(FROM));

    Map<AccountKind, Long> posted = posted(world.judged(served(line(1), FROM)));

    assertThat(posted)
        .containsEntry(AccountKind.CHEQUES_OUTSTANDING, 1_000L)
        .containsEntry(AccountKind.DUE_BACK, -1_000L)
        .containsEntry(AccountKind.TITLES_HANDED_OUT, -1_000L)
        .containsEntry(AccountKind.TITLES_REDEEMED, 1_000L)
        .doesNotContainKey(AccountKind.VENUE_PAYABLE);
    assertThat(posted.values().stream().mapToLong(Long::longValue).sum()).isZero();
  }

  @Test
  void aWithdrawalPostsBackWhatTheSlipPosted() {
    world.ledger.given(waived(FROM));
    WithdrawSlip withdrawal =
        world.withdrawal("S-1", served(line(1), FROM), served(line(2), FROM.minusDays(1)));

    SlipWithdrawn withdrawn = world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);

    Map<AccountKind, Long> both = posted(withdrawal.slip());
    posted(withdrawn).forEach((kind, cents) -> both.merge(kind, cents, Math::addExact));
    assertThat(both.values()).containsOnly(0L);
    assertThat(withdrawn.waived()).isEqualTo(withdrawal.slip().waived());
  }

  /** The cut-off of others is not its own, or it would depend on whether others are owed. */
  @Test
  void noCutOffTakesAWhollyWaivedSlipSoItsVenueMayWithdrawItAfterARunToo() {
    world.ledger.given(waived(FROM));
    WithdrawSlip withdrawal = world.withdrawal("S-0", served(line(1), FROM));
    world.ledger.given(run(Optional.empty()));

    world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
    world.ledger.send(withdrawal);
    assertThat(world.verdicts(served(line(1), FROM))).containsOnly(Verdict.ACCEPTED);
  }

  @Test
  void aSlipThatIsWaivedInPartIsTakenByTheCutOffOfTheRestAndTheRemedyTellsTheLinesApart() {
    world.ledger.given(waived(FROM));
    WithdrawSlip withdrawal =
        world.withdrawal("S-1", served(line(1), FROM), served(line(2), FROM.minusDays(1)));
    SettlementRunOpened run = run(Optional.of(withdrawal));

    world.ledger.when(withdrawal).thenRecordsOne(SlipWithdrawn.class);
    world.ledger.when(withdrawal).thenIsDecidedAgainAfter(run);
    world.ledger.given(run);
    world
        .ledger
        .when(withdrawal)
        .thenRefuses(SlipRefusal.SLIP_IN_SETTLEMENT)
        .saying("reverse the lines that are wrong", "line 1 needs none, the venue waives it");
  }

  @Test
  void ofAWhollyWaivedSlipWhoseOrderHasExpiredNothingIsLeftToDo() {
    world.ledger.given(waived(FROM));
    WithdrawSlip withdrawal = world.withdrawal("S-1", served(line(1), FROM));
    world.register.batch(RedemptionWorld.BATCH).expire();

    world
        .ledger
        .when(withdrawal)
        .thenRefuses(SlipRefusal.SLIP_HAS_EXPIRED_CHEQUES)
        .saying("nothing is left to do", "nothing was paid");
  }

  private static SettlementRunOpened run(Optional<WithdrawSlip> taken) {
    return new SettlementRunOpened(
        new SettlementRunId("R-1"),
        PROGRAMME,
        Instant.parse("2027-01-01T23:00:00Z"),
        LocalDate.of(2027, 1, 4),
        taken.stream()
            .map(
                slip ->
                    new SettlementRunOpened.Transfer(
                        new TransferId("R-1-1"),
                        new VaultReference("account-1"),
                        1_000,
                        List.of(
                            new PaidSlip(VENUE, slip.slip().reference(), slip.position(), 1_000)),
                        List.of()))
            .toList(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Map<AccountKind, Long> posted(Fact fact) {
    Map<AccountKind, Long> sums = new EnumMap<>(AccountKind.class);
    for (Entry entry : Postings.of(fact)) {
      sums.merge(entry.account().kind(), entry.cents(), Math::addExact);
    }
    return sums;
  }

  private static VenueWaived waived(LocalDate from) {
    return new VenueWaived(VENUE, from, "courrier", "agent-1");
  }
}
