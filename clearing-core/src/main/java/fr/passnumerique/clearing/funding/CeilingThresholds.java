package fr.passnumerique.clearing.funding;

import java.util.List;
import java.util.stream.Stream;

/** Percent of a funder's ceiling at which it is told how much of it is used. */
public final class CeilingThresholds {
  /** {@code pass.budget.thresholds}, as a configuration asks for it. */
  public static final String SETTING = "${pass.budget.thresholds:50,80,95}";

  private CeilingThresholds() {}

  /**
   * @param setting whole numbers from 1 on, between commas
   * @return the lowest first, each once
   * @throws IllegalArgumentException if it is no such list: nothing starts
   */
  public static List<Integer> of(String setting) {
    try {
      List<Integer> percents =
          Stream.of(setting.split(",")).map(String::strip).map(Integer::valueOf).toList();
      if (percents.stream().allMatch(percent -> percent > 0)) {
        return percents.stream().sorted().distinct().toList();
      }
    } catch (NumberFormatException _) {
      // Told below, with the name of the setting.
    }
    throw new IllegalArgumentException(
        "pass.budget.thresholds is %s; give percents from 1 on, such as 50,80,95"
            .formatted(setting));
  }
}
