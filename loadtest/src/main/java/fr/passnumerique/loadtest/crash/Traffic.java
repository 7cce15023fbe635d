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
      description = "Per slip. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(names = "--clients", paramLabel = "<n>", description = "Default: ${DEFAULT-VALUE}.")
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
   * @param inAll slips that may be presented, beside a hundred for each client
   */
  Prepared prepare(int inAll) {
    return new Prepared(
        seed == null ? new Random().nextInt(1_000_000) : seed,
        Paris.dayOf(Instant.now()),
        clients,
        Math.addExact(inAll, 100 * clients),
        lines);
  }

  /** Whether what lies there already is what was asked for. */
  boolean agreesWith(Prepared prepared) {
    return seed == null || seed == prepared.seed();
  }
}
