package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Terminal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which numbers of clients and lines are measured: each with each. */
final class Cells {
  private static final int MOST_LINES = 1_000;

  /**
   * Of {@code peak}: a way that is several times as fast as the rival is to be busy for seconds
   * too, since beginning and end of a round are no full load.
   */
  static final double LONG_SECONDS = 6;

  /** Of {@code rivals}: they are about as fast, and each has the cheques of all rounds on disk. */
  static final double SHORT_SECONDS = 1.6;

  private final double seconds;

  @Option(
      names = "--clients",
      split = ",",
      defaultValue = "16",
      paramLabel = "<n>",
      description = "Clients at once, as many numbers as are to be measured. Default: 16.")
  private List<Integer> clients;

  @Option(
      names = "--lines",
      split = ",",
      defaultValue = "42",
      paramLabel = "<n>",
      description = "Lines of a slip, as many numbers as are to be measured. Default: 42.")
  private List<Integer> lines;

  @Option(
      names = "--slips",
      paramLabel = "<n>",
      description =
          "Slips of a round. Default: as many as keep the rival of peak busy on two processors,"
              + " whatever their lines: in peak for "
              + LONG_SECONDS
              + " s, since faster ways are through the sooner; in rivals for "
              + SHORT_SECONDS
              + " s.")
  private @Nullable Integer slips;

  /**
   * @param seconds that a round is to keep the rival busy, unless slips are given
   */
  @SuppressWarnings("NullAway.Init") // picocli sets the options
  Cells(double seconds) {
    this.seconds = seconds;
  }

  void check(Terminal terminal) {
    terminal.require(clients.stream().allMatch(n -> n >= 1), "--clients", "1 or more");
    terminal.require(
        lines.stream().allMatch(n -> n >= 1 && n <= MOST_LINES), "--lines", "1 to " + MOST_LINES);
    terminal.require(
        slips == null || slips >= clients.stream().max(Integer::compare).orElseThrow(),
        "--slips",
        "at least one per client");
  }

  /** By lines, then clients, each once. */
  List<Cell> all() {
    return lines.stream().sorted().distinct().flatMap(this::ofLines).toList();
  }

  private Stream<Cell> ofLines(int number) {
    return clients.stream().sorted().distinct().map(client -> new Cell(client, number));
  }

  /** Slips of a round. */
  int slips(Cell cell) {
    return slips != null ? slips : cell.slips(seconds);
  }

  /**
   * @param seconds that slips arrive at the rate
   */
  int slips(Cell cell, double slipsPerSecond, int seconds) {
    return slips != null ? slips : (int) Math.max(cell.clients(), seconds * slipsPerSecond);
  }
}
