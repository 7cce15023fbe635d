package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cents summed where they come from and go to the same places. */
final class SumOfParts {
  private final Map<SpentCents, Long> sums = new LinkedHashMap<>();

  SumOfParts plus(List<SpentCents> parts) {
    parts.forEach(part -> sums.merge(part.withCents(0), part.cents(), Math::addExact));
    return this;
  }

  SumOfParts minus(List<SpentCents> parts) {
    parts.forEach(part -> sums.merge(part.withCents(0), -part.cents(), Math::addExact));
    return this;
  }

  /** In the order in which they first came; what sums to nothing is left out. */
  List<SpentCents> parts() {
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue() != 0)
        .map(sum -> sum.getKey().withCents(sum.getValue()))
        .toList();
  }
}
