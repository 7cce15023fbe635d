package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.upkeep.SetAsideReason.DEFECT_OF_THE_FOLD;
import static fr.passnumerique.clearing.worklist.WorklistWorld.CLERK;
import static fr.passnumerique.clearing.worklist.WorklistWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import fr.passnumerique.clearing.upkeep.SettingAsideLiftingProposed;
import fr.passnumerique.clearing.upkeep.SettingAsideProposed;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A fact that one person set aside, or would have counted again, waits for a second one, and so
 * does a clerk's account that one made.
 */
class WorklistUpkeepTest {
  private static final String PROJECTION = "accounts";

  private final WorklistWorld world = new WorklistWorld();

  private void proposed(long position) {
    world.ledger.given(new SettingAsideProposed(PROJECTION, position, DEFECT_OF_THE_FOLD, CLERK));
  }

  @Test
  void aSettingAsideWaitsForASecondPersonAndItsLiftingAgain() {
    world.stopped(7L);
    assertThat(world.clerk()).isEmpty();
    proposed(7);
    assertThat(world.clerk()).containsExactly("CONFIRM_FACT_ASIDE accounts/7");
    Task task = world.task();
    assertThat(task.startedBy()).contains(CLERK);
    assertThat(task.remedy()).isEqualTo("confirmFactAside");
    assertThat(task.liftedAt()).isEmpty();
    assertThat(world.tasks(new Actor("auditor-1", Role.AUDITOR, ""))).containsExactly(task);
    assertThat(world.venue()).isEmpty();
    assertThat(world.funder(STATE)).isEmpty();

    world.ledger.given(new FactSetAside(PROJECTION, 7, DEFECT_OF_THE_FOLD, CLERK, SECOND));
    world.stopped();
    assertThat(world.clerk()).isEmpty();

    world.ledger.given(new SettingAsideLiftingProposed(PROJECTION, 7, DEFECT_OF_THE_FOLD, SECOND));
    assertThat(world.clerk()).containsExactly("CONFIRM_LIFTING accounts/7");
    assertThat(world.task().startedBy()).contains(SECOND);
    assertThat(world.task().remedy()).isEqualTo("confirmLiftFactAside");

    assertThat(world.task().liftedAt()).isEmpty();

    world.ledger.given(new SettingAsideLifted(PROJECTION, 7, DEFECT_OF_THE_FOLD, SECOND, CLERK));
    assertThat(world.clerk()).isEmpty();

    // Set aside anew it is confirmed by the lifting: without, the first confirmation would answer.
    long lifted = world.ledger.facts().size();
    world.stopped(7L);
    proposed(7);
    assertThat(world.clerk()).containsExactly("CONFIRM_FACT_ASIDE accounts/7");
    assertThat(world.task().liftedAt()).contains(lifted);
    world.ledger.given(
        new FactSetAside(PROJECTION, 7, DEFECT_OF_THE_FOLD, CLERK, SECOND),
        new SettingAsideLiftingProposed(PROJECTION, 7, DEFECT_OF_THE_FOLD, SECOND));
    assertThat(world.clerk()).containsExactly("CONFIRM_LIFTING accounts/7");
    assertThat(world.task().liftedAt()).contains(lifted);
  }

  @Test
  void aClerksAccountWaitsForAnotherClerkThanItsMaker() {
    Instant made = Instant.parse("2026-03-02T09:00:00Z");
    world.waiting(
        new Account(
            "clerk-3",
            "m.durand",
            Role.CLERK,
            "",
            made,
            Optional.empty(),
            Optional.of(CLERK),
            true,
            Optional.empty(),
            Optional.empty()));

    Task task =
        new Task(
            Task.Kind.APPROVE_ACCOUNT, "clerk-3", made, 0, Optional.empty(), Optional.of(CLERK));
    assertThat(world.task()).isEqualTo(task);
    assertThat(task.remedy()).isEqualTo("approveAccount");
    assertThat(world.tasks(new Actor("auditor-1", Role.AUDITOR, ""))).containsExactly(task);
    assertThat(world.venue()).isEmpty();
    assertThat(world.funder(STATE)).isEmpty();
    world.waiting();
    assertThat(world.clerk()).isEmpty();
  }

  @Test
  void notWhereAReleaseTookTheFactBeforeASecondPersonCame() {
    world.stopped(7L);
    assertThat(world.clerk()).isEmpty();
    assertThat(world.asked()).as("where nothing waits").isZero();
    proposed(7);
    proposed(8);
    assertThat(world.clerk()).containsExactly("CONFIRM_FACT_ASIDE accounts/7");
    assertThat(world.asked()).as("once for all").isOne();

    world.stopped();
    assertThat(world.clerk()).isEmpty();
  }
}
