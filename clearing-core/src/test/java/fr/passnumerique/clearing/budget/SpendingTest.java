package fr.passnumerique.clearing.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

  private final Spending spending = new Spending();

  SpendingTest() {
    spending.limit(10_000);
  }

  @Test
  void withoutAnActivationNothingIsForeseeable() {
    assertThat(spending.exhaustedOn(TODAY)).isEmpty();
    assertThat(spending.usedPercent()).isZero();
  }

  @Test
  void aThresholdIsReachedWithItsLastCentAndNotBefore() {
    spending.activate(TODAY, 7_999);
    assertThat(spending.usedPercent()).isEqualTo(79);
    spending.activate(TODAY, 1);
    assertThat(spending.usedPercent()).isEqualTo(80);
  }

  @Test
  void whatRemainsIsDividedByTheDailyRateAndRoundedUp() {
    spending.activate(TODAY.minusDays(89), 1_000);
    spending.activate(TODAY, 3_500);

    // 4 500 in 90 days are 50 a day; 5 500 remain.
    assertThat(spending.exhaustedOn(TODAY)).contains(TODAY.plusDays(110));
    spending.limit(10_001);
    assertThat(spending.exhaustedOn(TODAY)).contains(TODAY.plusDays(111));
  }

  @Test
  void theDayBeforeTheLastNinetyDoesNotCount() {
    spending.activate(TODAY.minusDays(90), 1_000);

    assertThat(spending.activatedWithinWindow(TODAY)).isZero();
    assertThat(spending.activatedWithinWindow(TODAY.minusDays(1))).isEqualTo(1_000);
    assertThat(spending.exhaustedOn(TODAY)).isEmpty();
  }

  @Test
  void aShareYoungerThanNinetyDaysIsMeasuredSinceItsFirstActivation() {
    spending.activate(TODAY.minusDays(9), 1_000);

    assertThat(spending.measuredDays(TODAY)).isEqualTo(10);
    assertThat(spending.exhaustedOn(TODAY)).contains(TODAY.plusDays(90));
  }

  @Test
  void whatIsUsedUpIsExhaustedTodayEvenBelowALoweredCeiling() {
    spending.activate(TODAY, 10_000);
    assertThat(spending.exhaustedOn(TODAY)).contains(TODAY);
    spending.limit(1);
    assertThat(spending.leftToActivate()).isZero();
    assertThat(spending.exhaustedOn(TODAY)).contains(TODAY);
  }

  @Test
  void aForecastBeyondACenturyForeseesNothing() {
    spending.limit(10_000_000_000_000L);
    spending.activate(TODAY.minusDays(89), 1);

    assertThat(spending.exhaustedOn(TODAY)).isEmpty();
  }

  @Test
  void theRangeLiesBetweenTheBusiestAndTheCalmestThirtyDays() {
    spending.activate(TODAY.minusDays(89), 0);
    spending.activate(TODAY.minusDays(60), 600);
    spending.activate(TODAY.minusDays(59), 1_200);
    spending.activate(TODAY.minusDays(30), 300);
    spending.activate(TODAY.minusDays(29), 900);

    // 600, 1 500 and 900 in 30 days each; 7 000 remain.
    assertThat(spending.exhaustedBetween(TODAY))
        .contains(new Spending.Range(TODAY.plusDays(140), Optional.of(TODAY.plusDays(350))));
    assertThat(spending.exhaustedOn(TODAY)).contains(TODAY.plusDays(210));
  }

  @Test
  void ofThirtyDaysWithoutAnActivationNoEndIsTold() {
    spending.activate(TODAY.minusDays(59), 1_000);

    assertThat(spending.exhaustedBetween(TODAY))
        .contains(new Spending.Range(TODAY.plusDays(270), Optional.empty()));
  }

  @Test
  void aRangeIsToldFromTheSixtiethDayOn() {
    spending.activate(TODAY.minusDays(58), 1_000);
    assertThat(spending.exhaustedBetween(TODAY)).isEmpty();
    assertThat(spending.exhaustedBetween(TODAY.plusDays(1))).isPresent();
    spending.limit(1_000);
    assertThat(spending.exhaustedBetween(TODAY.plusDays(1))).isEmpty();
  }
}
