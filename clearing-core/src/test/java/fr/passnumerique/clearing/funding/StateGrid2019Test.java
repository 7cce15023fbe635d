package fr.passnumerique.clearing.funding;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.funding.StateGrid2019.Project;
import fr.passnumerique.clearing.funding.StateGrid2019.Scale;
import fr.passnumerique.clearing.funding.StateGrid2019.Share;
import fr.passnumerique.clearing.funding.StateGrid2019.Territory;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples on the edge of every step, worked out by hand from the published means. */
class StateGrid2019Test {
  /** Of no scale above a mean, and dense. */
  private static final Territory ORDINARY = territory(Scale.INTERCOMMUNAL, "0", "1000", "0");

  @ParameterizedTest
  @CsvSource({
    // 51 944.0394842869 × 1.1, 1.2 … 1.5, and just below
    "57138.44343271558, 0",
    "57138.44343271559, 5",
    "62332.84738114427, 5",
    "62332.84738114428, 10",
    "67527.25132957296, 10",
    "67527.25132957297, 15",
    "72721.65527800165, 15",
    "72721.65527800166, 20",
    "77916.05922643034, 20",
    "77916.05922643035, 25",
    "999999999, 25",
    "0, 0"
  })
  void populationCountsFromTenPercentAboveTheMeanOnBoundsIncluded(String population, int points) {
    assertThat(share(territory(Scale.INTERCOMMUNAL, population, "1000", "0")).populationPoints())
        .isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({
    // 563.91875 × 0.5, 0.4 … 0.1, and just above
    "281.959376, 0",
    "281.959375, 5",
    "225.567501, 5",
    "225.5675, 10",
    "169.175626, 10",
    "169.175625, 15",
    "112.783751, 15",
    "112.78375, 20",
    "56.391876, 20",
    "56.391875, 25",
    "0, 25"
  })
  void densityCountsFromHalfTheMeanDownBoundsIncluded(String density, int points) {
    assertThat(share(territory(Scale.DEPARTMENTAL, "0", density, "0")).densityPoints())
        .isEqualTo(points);
    assertThat(share(territory(Scale.INTERDEPARTMENTAL, "0", density, "0")).densityPoints())
        .isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1479375, 0",
    "0.1579375, 0",
    "0.15793751, 5",
    "0.16793749, 5",
    "0.1679375, 0",
    "0.16793751, 10",
    "0.17793749, 10",
    "0.1779375, 0",
    "0.17793751, 15",
    "0.18793749, 15",
    "0.1879375, 0",
    "0.18793751, 20",
    "0.19793749, 20",
    "0.1979375, 0",
    "0.19793751, 25",
    "1, 25"
  })
  void povertyCountsBetweenWholePointsAboveTheMeanAndExactlyOnOneNothing(
      String poverty, int points) {
    assertThat(share(territory(Scale.DEPARTMENTAL, "0", "1000", poverty)).povertyPoints())
        .isEqualTo(points);
  }

  @Test
  void theMeansOfTheRegionsAreTheirOwn() {
    Territory region =
        territory(Scale.REGIONAL, "5455051.630769235", "85.580769230769", "0.158230769230770");

    Share share = share(region);

    assertThat(share.populationPoints()).isEqualTo(5);
    assertThat(share.densityPoints()).isEqualTo(5);
    assertThat(share.povertyPoints()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    // population at the mean × 1, 1.1 …; density at half the mean and below
    "0, 1000, 0, 0",
    "57139, 1000, 5, 2",
    "62333, 1000, 10, 3",
    "67528, 1000, 15, 3",
    "72722, 1000, 20, 4",
    "77917, 1000, 25, 4",
    "77917, 76, 30, 5",
    "77917, 15, 50, 5"
  })
  void thePointsOfATerritoryAddTwoToFivePercent(
      String population, String density, int points, int percent) {
    Share share = share(territory(Scale.INTERCOMMUNAL, population, density, "0"));

    assertThat(share.territoryPoints()).isEqualTo(points);
    assertThat(share.territoryPercent()).isEqualTo(percent);
    assertThat(share.ratePercent()).isEqualTo(20 + percent);
  }

  @Test
  void eachCriterionAddsItsOwn() {
    assertThat(rate(false, false, false, false)).isEqualTo(20);
    assertThat(rate(true, false, false, false)).isEqualTo(35);
    assertThat(rate(false, true, false, false)).isEqualTo(25);
    assertThat(rate(false, false, true, false)).isEqualTo(30);
    assertThat(rate(false, false, false, true)).isEqualTo(30);
    assertThat(rate(true, true, true, true)).isEqualTo(60);
  }

  @Test
  void withoutATargetPublicNothingIsPaid() {
    Share share =
        StateGrid2019.of(
            new Project(false, true, true, true, true, Optional.of(ORDINARY), 10_000_000));

    assertThat(share.eligible()).isFalse();
    assertThat(share.ratePercent()).isZero();
    assertThat(share.amountCents()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // 20 %: a quarter of the own budget, rounded to the euro
    "10000000, 2500000",
    "199, 0",
    "200, 100",
    "599, 100",
    "600, 200"
  })
  void theAmountIsRoundedToTheEuroAndHalfAEuroUp(long ownBudgetCents, long amountCents) {
    assertThat(amount(ownBudgetCents).amountCents()).isEqualTo(amountCents);
  }

  @Test
  void theStatePaysAtMostOneMillionTwoHundredThousandEuros() {
    assertThat(amount(480_000_000).amountCents()).isEqualTo(120_000_000);
    assertThat(amount(480_000_000).capped()).isFalse();
    assertThat(amount(480_000_199).capped()).isFalse();
    assertThat(amount(480_000_200).uncappedCents()).isEqualTo(120_000_100);
    assertThat(amount(480_000_200).amountCents()).isEqualTo(120_000_000);
    assertThat(amount(480_000_200).capped()).isTrue();
    assertThat(amount(Bounds.MOST_CENTS).amountCents()).isEqualTo(120_000_000);
  }

  private static Share amount(long ownBudgetCents) {
    return StateGrid2019.of(
        new Project(true, false, false, false, false, Optional.empty(), ownBudgetCents));
  }

  private static Share share(Territory territory) {
    return StateGrid2019.of(
        new Project(true, false, false, false, false, Optional.of(territory), 100));
  }

  private static int rate(boolean actors, boolean hub, boolean holders, boolean european) {
    return StateGrid2019.of(
            new Project(true, actors, hub, holders, european, Optional.empty(), 100))
        .ratePercent();
  }

  private static Territory territory(
      Scale scale, String population, String density, String poverty) {
    return new Territory(
        scale, new BigDecimal(population), new BigDecimal(density), new BigDecimal(poverty));
  }
}
