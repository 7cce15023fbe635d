package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.funding.FundedCents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whose cents cheques of any number of batches are, summed where they come from the same place. */
public final class SumOfCheques {
  private final Map<CentsOfCheques, long[]> totals = new LinkedHashMap<>();

  /**
   * @param first ordinal, inclusive
   * @param last ordinal, inclusive
   */
  public SumOfCheques add(CentsOfCheques batch, int first, int last) {
    batch.addTo(totals.computeIfAbsent(batch, cents -> new long[cents.funders()]), first, last);
    return this;
  }

  /** By place and funder, in the order in which batches were first added, funders in the key's. */
  public List<FundedCents> shares() {
    Map<FundedCents, Long> sums = new LinkedHashMap<>();
    totals.forEach(
        (batch, cents) ->
            batch
                .shares(cents)
                .forEach(part -> sums.merge(part.withCents(0), part.cents(), Math::addExact)));
    return sums.entrySet().stream().map(sum -> sum.getKey().withCents(sum.getValue())).toList();
  }
}
