package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessBudgetTest {
  private final AtomicLong now = new AtomicLong();
  private final GuessBudget budget = new GuessBudget(60, now::get);

  @Test
  void whoHasSpentAllWaitsUntilOneComesBack() {
    assertThat(budget.spend("venue", 59)).isZero();
    assertThat(budget.spend("venue", 1)).isZero();

    assertThat(budget.spend("venue", 1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(budget.spend("venue", 0)).as("nor is what is right answered").isPositive();
    pass(Duration.ofSeconds(59));
    assertThat(budget.spend("venue", 1)).isPositive();
    pass(Duration.ofSeconds(1));
    assertThat(budget.spend("venue", 1)).isZero();
    assertThat(budget.spend("venue", 1)).isPositive();
  }

  @Test
  void othersAreNotHeldUp() {
    budget.spend("venue", 60);

    assertThat(budget.spend("other", 1)).isZero();
  }

  @Test
  void aRequestThatHoldsMoreThanIsLeftIsAnsweredOnceAndPaidForLater() {
    assertThat(budget.spend("venue", 1_000)).isZero();

    assertThat(budget.spend("venue", 1)).isEqualTo(Duration.ofMinutes(61));
    pass(Duration.ofMinutes(61));
    assertThat(budget.spend("venue", 1)).isZero();
  }

  @Test
  void anHourGivesAllBackAndNoMore() {
    budget.spend("venue", 60);
    pass(Duration.ofHours(100));

    assertThat(budget.spend("venue", 60)).isZero();
    assertThat(budget.spend("venue", 1)).isPositive();
  }

  @Test
  void whatWasNoWrongGuessIsGivenBack() {
    budget.spend("venue", 60);
    budget.giveBack("venue", 1);

    assertThat(budget.spend("venue", 1)).isZero();
    assertThat(budget.spend("venue", 1)).isPositive();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
