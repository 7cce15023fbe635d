package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.options.Terminal;
import picocli.CommandLine.Option;

/** Rounds of slips that are alike, as many of each kind. */
final class SlipRounds {
  @Option(
      names = "--lines",
      defaultValue = "42",
      paramLabel = "<n>",
      description = "Lines of a slip. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(
      names = "--slips",
      defaultValue = "12000",
      paramLabel = "<n>",
      description = "Slips of a round. Default: ${DEFAULT-VALUE}.")
  private int slips;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "<n>",
      description = "Rounds of each kind, or at each size, that count. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  void require(Terminal terminal) {
    terminal.require(lines >= 1 && lines <= 1_000, "--lines", "1 to 1000");
    terminal.require(slips >= 1, "--slips", "1 or more");
    terminal.require(rounds >= 1, "--rounds", "1 or more");
  }

  int lines() {
    return lines;
  }

  int slips() {
    return slips;
  }

  int rounds() {
    return rounds;
  }
}
