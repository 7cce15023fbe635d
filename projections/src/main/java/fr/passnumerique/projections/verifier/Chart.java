package fr.passnumerique.projections.verifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chart of accounts: {@code chart.txt}, which is the table of {@code docs/format.md}. */
final class Chart {
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /** On which side an account of a kind stands. */
  enum Side {
    DEBIT,
    CREDIT,
    ANY
  }

  /**
   * @param dimensions by name; {@code owner} is whose cash it is, and stands as the funder
   */
  record Kind(String name, Side side, List<String> dimensions) {}

  Chart() {
    for (List<String> row : TextTable.read("chart.txt", 3)) {
      String dimensions = row.get(2);
      kinds.put(
          row.get(0),
          new Kind(
              row.get(0),
              Side.valueOf(row.get(1).toUpperCase(java.util.Locale.ROOT)),
              dimensions.isEmpty() ? List.of() : List.of(dimensions.split(" "))));
    }
  }

  Kind kind(String name) {
    Kind kind = kinds.get(name);
    if (kind == null) {
      throw new IllegalArgumentException("the chart has no account of kind " + name);
    }
    return kind;
  }
}
