package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.crash.Installation.Prepared;
import fr.passnumerique.loadtest.options.Terminal;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which slips are presented, and by how many clients. */
final class Traffic {
  private static final int MOST_CLIENTS = 16;

  /** All of them are held in memory. */
  private static final int MOST_SLIPS = 5_000_000;

  /** For each client, beside those that cycles take: clients do not come to the same number. */
  private static final int SPARE = 100;

  private static final String ALL_SLIPS = "--cycles and --slips";

  @Option(
      names = "--slips",
      paramLabel = "<n>",
      description =
          "Acknowledged at least, in each cycle or stretch of what is told above. Default:"
              + " ${DEFAULT-VALUE}.")
  private int slips;

  @Option(
      names = "--lines",
      defaultValue = "3",
      paramLabel = "<n>",
      description =
          "Per slip. Default: ${DEFAULT-VALUE}; of a command that goes on in its directory, those"
              + " of before.")
  private int lines;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      description =
          "Default: ${DEFAULT-VALUE}; of a command that goes on in its directory, those of before.")
  private int clients;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description =
          "Of the slips, and of blows and their moments. Default: one that is printed; of a"
              + " command that goes on in its directory, that of before.")
  private @Nullable Long seed;

  /** With these numbers, unless the command is told others. */
  Traffic(int slips, int clients) {
    this.slips = slips;
    this.clients = clients;
  }

  void check(Terminal terminal, int leastClients) {
    terminal.require(slips >= 4, "--slips", "4 or more");
    terminal.require(lines >= 1 && lines <= 500, "--lines", "1 to 500");
    terminal.require(
        clients >= leastClients && clients <= MOST_CLIENTS,
        "--clients",
        "%d to %d".formatted(leastClients, MOST_CLIENTS));
  }

  int slips() {
    return slips;
  }

  int clients() {
    return clients;
  }

  /**
   * @param inAll slips that may be presented
   */
  Prepared prepare(Terminal terminal, long inAll) {
    terminal.require(
        inAll <= MOST_SLIPS,
        ALL_SLIPS,
        "of at most %d slips in all, and come to %d".formatted(MOST_SLIPS, inAll));
    return new Prepared(
        seed == null ? new Random().nextInt(1_000_000) : seed,
        Paris.dayOf(Instant.now()),
        clients,
        (int) inAll + SPARE * clients,
        lines);
  }

  /**
   * Refuses to go on with what was prepared otherwise than it is asked for now.
   *
   * @param inAll slips that may be presented, those of before included
   */
  void check(Terminal terminal, Prepared prepared, long inAll) {
    asBefore(terminal, "--seed", seed == null ? prepared.seed() : seed, prepared.seed());
    asBefore(terminal, "--lines", lines, prepared.lines());
    asBefore(terminal, "--clients", clients, prepared.clients());
    int left = prepared.slips() - SPARE * prepared.clients();
    terminal.require(
        inAll <= left,
        ALL_SLIPS,
        "of at most the %d slips that the directory was prepared for, and may come to %d; name another --directory"
            .formatted(left, inAll));
  }

  private static void asBefore(Terminal terminal, String option, long asked, long before) {
    terminal.require(
        !terminal.given(option) || asked == before, option, "that of the directory, " + before);
  }
}
