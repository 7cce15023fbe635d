package fr.passnumerique.loadtest.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an application holds of its machine, looked at once.
 *
 * @param second since the first look
 * @param residentBytes of memory that the process has, whatever for; 0 where it was not looked at
 * @param heapBytes that are left after a full collection
 * @param files open: connections, logs, libraries
 */
record Vitals(double second, double residentBytes, double heapBytes, double files, double threads) {
  /**
   * Without resident memory, which no metric tells.
   *
   * @param metrics as {@code /actuator/prometheus} tells them
   */
  static Vitals of(double second, byte[] metrics) {
    List<String> lines = new String(metrics, UTF_8).lines().toList();
    return at(second)
        .heap(sum(lines, "jvm_memory_used_bytes{area=\"heap\""))
        .files(sum(lines, "process_files_open_files"))
        .threads(sum(lines, "jvm_threads_live_threads"));
  }

  /** Of nothing yet: each figure is given by its name, since all are numbers. */
  static Vitals at(double second) {
    return new Vitals(second, 0, 0, 0, 0);
  }

  Vitals heap(double bytes) {
    return new Vitals(second, residentBytes, bytes, files, threads);
  }

  Vitals files(double open) {
    return new Vitals(second, residentBytes, heapBytes, open, threads);
  }

  Vitals threads(double live) {
    return new Vitals(second, residentBytes, heapBytes, files, live);
  }

  Vitals resident(double bytes) {
    return new Vitals(second, bytes, heapBytes, files, threads);
  }

  private static double sum(List<String> lines, String start) {
    List<String> found = lines.stream().filter(line -> line.startsWith(start)).toList();
    if (found.isEmpty()) {
      throw new IllegalStateException("the application does not tell " + start);
    }
    return found.stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /**
   * By how much the line through the last two thirds (least squares) rises from the first of them
   * to the last. Two medians would pass what leaks slowly, and what is noise from look to look
   * weighs little here. The first third is left out: code is compiled and caches are filled then.
   *
   * @param looks four or more
   */
  static double risen(List<Vitals> looks, ToDoubleFunction<Vitals> of) {
    List<Vitals> last = looks.subList(looks.size() / 3, looks.size());
    double middle = last.stream().mapToDouble(Vitals::second).average().orElseThrow();
    double mean = last.stream().mapToDouble(of).average().orElseThrow();
    double rise = 0;
    double run = 0;
    for (Vitals look : last) {
      double aside = look.second - middle;
      rise += aside * (of.applyAsDouble(look) - mean);
      run += aside * aside;
    }
    return rise / run * (last.getLast().second - last.getFirst().second);
  }
}
