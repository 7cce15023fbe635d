package fr.passnumerique.clearing.funding;

import static java.math.BigDecimal.ONE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The State's share by the grid published with the call for projects of 2019. Exact: published
 * means and sent figures are decimals and stay so.
 */
final class StateGrid2019 {
  static final long MOST_CENTS = 120_000_000;

  private static final int BASE = 20;
  private static final List<Integer> STEPS = List.of(5, 4, 3, 2, 1);
  private static final int POINTS_A_STEP = 5;

  private StateGrid2019() {}

  /** With which territories a territory is compared; the published national means of each. */
  enum Scale {
    INTERCOMMUNAL("51944.0394842869", "152.128767123287", "0.136157937147462"),
    DEPARTMENTAL("671549.916666667", "563.91875", "0.1479375"),
    INTERDEPARTMENTAL("671549.916666667", "563.91875", "0.1479375"),
    REGIONAL("4959137.84615385", "171.161538461538", "0.148230769230769");

    private final BigDecimal population;
    private final BigDecimal density;
    private final BigDecimal poverty;

    Scale(String population, String density, String poverty) {
      this.population = new BigDecimal(population);
      this.density = new BigDecimal(density);
      this.poverty = new BigDecimal(poverty);
    }
  }

  /**
   * @param population inhabitants
   * @param density inhabitants per km²
   * @param povertyRate 0 to 1
   */
  record Territory(
      Scale scale, BigDecimal population, BigDecimal density, BigDecimal povertyRate) {}

  /**
   * @param targetPublicNamed without one nothing is financed
   * @param actorsStructured mediation actors are being structured locally
   * @param regionalHub one is a partner
   * @param otherProjectHolders of the territory take part
   * @param europeanFunds are raised
   * @param ownBudgetCents what the others pay
   */
  record Project(
      boolean targetPublicNamed,
      boolean actorsStructured,
      boolean regionalHub,
      boolean otherProjectHolders,
      boolean europeanFunds,
      Optional<Territory> territory,
      long ownBudgetCents) {}

  /**
   * @param territoryPoints of population, density and poverty
   * @param territoryPercent what they add to the rate
   * @param ratePercent of the whole budget; 0 if the project is not eligible
   * @param uncappedCents own budget / (1 − rate) × rate, rounded to the euro
   * @param amountCents the same, at most 1 200 000 €
   */
  record Share(
      boolean eligible,
      int populationPoints,
      int densityPoints,
      int povertyPoints,
      int territoryPoints,
      int territoryPercent,
      int ratePercent,
      long uncappedCents,
      long amountCents,
      boolean capped) {}

  static Share of(Project project) {
    int population = project.territory().map(StateGrid2019::populationPoints).orElse(0);
    int density = project.territory().map(StateGrid2019::densityPoints).orElse(0);
    int poverty = project.territory().map(StateGrid2019::povertyPoints).orElse(0);
    int points = population + density + poverty;
    int bonus = percentOf(points);
    int rate =
        project.targetPublicNamed()
            ? BASE
                + (project.actorsStructured() ? 15 : 0)
                + (project.regionalHub() ? 5 : 0)
                + (project.otherProjectHolders() ? 10 : 0)
                + (project.europeanFunds() ? 10 : 0)
                + bonus
            : 0;
    long uncapped = uncappedCents(project.ownBudgetCents(), rate);
    return new Share(
        project.targetPublicNamed(),
        population,
        density,
        poverty,
        points,
        bonus,
        rate,
        uncapped,
        Math.min(uncapped, MOST_CENTS),
        uncapped > MOST_CENTS);
  }

  /** 5 for 10 % above the mean, and as much for each 10 % more, up to 50 %: bounds included. */
  private static int populationPoints(Territory territory) {
    return STEPS.stream()
        .filter(
            step ->
                territory
                        .population()
                        .compareTo(territory.scale().population.multiply(ONE.add(tenths(step))))
                    >= 0)
        .findFirst()
        .map(step -> step * POINTS_A_STEP)
        .orElse(0);
  }

  /** 5 for half of the mean, and as much for each 10 % less, down to 10 %: bounds included. */
  private static int densityPoints(Territory territory) {
    return STEPS.stream()
        .filter(
            step ->
                territory.density().compareTo(territory.scale().density.multiply(tenths(6 - step)))
                    <= 0)
        .findFirst()
        .map(step -> step * POINTS_A_STEP)
        .orElse(0);
  }

  /**
   * 5 for more than a point above the mean, and as much for each point more, up to 5. The published
   * simulator leaves the bounds out: who is above by exactly 1, 2, 3, 4 or 5 points has nothing.
   */
  private static int povertyPoints(Territory territory) {
    for (int step : STEPS) {
      BigDecimal bound = territory.scale().poverty.add(BigDecimal.valueOf(step, 2));
      int compared = territory.povertyRate().compareTo(bound);
      if (compared == 0) {
        return 0;
      }
      if (compared > 0) {
        return step * POINTS_A_STEP;
      }
    }
    return 0;
  }

  private static BigDecimal tenths(int count) {
    return BigDecimal.valueOf(count, 1);
  }

  private static int percentOf(int points) {
    if (points == 0) {
      return 0;
    }
    return Math.min(2 + points / 10, 5);
  }

  private static long uncappedCents(long ownBudgetCents, int ratePercent) {
    return BigDecimal.valueOf(ownBudgetCents, 2)
        .multiply(BigDecimal.valueOf(ratePercent))
        .divide(BigDecimal.valueOf(100L - ratePercent), 0, RoundingMode.HALF_UP)
        .movePointRight(2)
        .longValueExact();
  }
}
