package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What settlement makes of a slip that its venue took back. */
class WithdrawnSlipTest {
  private final SettlementWorld world = new SettlementWorld();
  private final SlipJudged slip = slip(ALPHA, "S-1", 5_000);
  private final SlipWithdrawn withdrawn;

  WithdrawnSlipTest() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip);
    withdrawn =
        new SlipWithdrawn(
            ALPHA,
            slip.reference(),
            world.ledger.facts().size(),
            Instant.parse("2026-03-20T12:00:00Z"),
            List.of(),
            slip.owed(),
            List.of(),
            List.of());
  }

  @Test
  void nothingIsOwedForItAnyMore() {
    world.ledger.given(slip(ALPHA, "S-2", 1_000), withdrawn);
    world.begin(CUT_OFF);
    assertThat(world.unpaidCents(PASS)).isEqualTo(1_000);
    assertThat(world.opening(run("R-1")).transfers().getFirst().amountCents()).isEqualTo(1_000);
  }

  @Test
  void nothingIsOwedForLinesThatTheVenueWaives() {
    world.ledger.given(
        new SlipJudged(
            ALPHA,
            new SlipReference("S-3"),
            "digest",
            slip.presentedAt(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            slip.owed()));
    assertThat(world.unpaidCents(PASS)).isEqualTo(5_000);
  }

  @Test
  void aRunThatTookItMeanwhileIsDecidedAgain() {
    world.begin(CUT_OFF);
    world.ledger.when(run("R-1")).thenIsDecidedAgainAfter(withdrawn);
  }
}
