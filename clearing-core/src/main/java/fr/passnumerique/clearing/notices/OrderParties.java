package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whom an order concerns until it expires: the funders of its cheques and those whose cash stands
 * for them, and the prescribers that they were delivered to.
 */
final class OrderParties {
  private final Set<String> funders = new TreeSet<>();
  private final SortedMap<String, Integer> inStock = new TreeMap<>();

  /** By first ordinal. A cheque that came back and was delivered again is the later one's. */
  private final TreeMap<Integer, Delivered> delivered = new TreeMap<>();

  private record Delivered(int last, String prescriber) {}

  OrderParties(ChequesIssued issued) {
    for (FundedCents part : issued.shares()) {
      funders.add(part.funder().value());
      funders.add(part.cashOwner().value());
    }
  }

  Set<String> funders() {
    return Collections.unmodifiableSet(funders);
  }

  /** How many of the cheques each prescriber has in stock, none left out. */
  SortedMap<String, Integer> inStock() {
    return Collections.unmodifiableSortedMap(inStock);
  }

  void deliver(String prescriber, ChequeRange cheques) {
    cut(cheques.first());
    cut(cheques.last() + 1);
    delivered.subMap(cheques.first(), true, cheques.last(), true).clear();
    delivered.put(cheques.first(), new Delivered(cheques.last(), prescriber));
    move(prescriber, cheques, 1);
  }

  /** So that a delivery begins here, if one goes over it. */
  private void cut(int ordinal) {
    Map.Entry<Integer, Delivered> over = delivered.lowerEntry(ordinal);
    if (over != null && over.getValue().last() >= ordinal) {
      String prescriber = over.getValue().prescriber();
      delivered.put(over.getKey(), new Delivered(ordinal - 1, prescriber));
      delivered.put(ordinal, new Delivered(over.getValue().last(), prescriber));
    }
  }

  /**
   * @param sign −1 out of the stock, 1 back into it
   */
  void move(String prescriber, ChequeRange cheques, int sign) {
    inStock.merge(prescriber, sign * cheques.count(), Integer::sum);
  }

  /** How many of these were delivered to each prescriber last. */
  Map<String, Integer> holders(List<ChequeRange> cheques) {
    Map<String, Integer> holders = new HashMap<>();
    for (ChequeRange range : cheques) {
      Integer from = delivered.floorKey(range.first());
      delivered
          .subMap(from == null ? range.first() : from, true, range.last(), true)
          .forEach(
              (first, span) -> {
                int common =
                    Math.min(span.last(), range.last()) - Math.max(first, range.first()) + 1;
                if (common > 0) {
                  holders.merge(span.prescriber(), common, Integer::sum);
                }
              });
    }
    return holders;
  }
}
