package fr.passnumerique.loadtest.peak;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Under what figures were taken.
 *
 * @param machine before the first of them
 * @param busy others used it then, or meanwhile
 * @param settings of the server
 */
record Surroundings(
    LocalDate on, Map<String, String> machine, boolean busy, Map<String, String> settings) {
  /**
   * @param share of the processors in others' use, in the round in which it was the most
   * @param much more than this is
   */
  Surroundings usedByOthers(double share, double much) {
    Map<String, String> told = new LinkedHashMap<>(machine);
    told.put(
        "used by others and the system itself, in a round, at the most",
        "%.0f %%".formatted(100 * share));
    return new Surroundings(on, told, busy || share > much, settings);
  }

  Surroundings lasted(Duration all) {
    Map<String, String> told = new LinkedHashMap<>(machine);
    told.put("all of it took", "%d minutes".formatted(Math.ceilDiv(all.toSeconds(), 60)));
    return new Surroundings(on, told, busy, settings);
  }
}
