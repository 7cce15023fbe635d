package fr.passnumerique.loadtest.options;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Option;

/** How much is played side by side. */
public final class AtOnce {
  @Option(
      names = "--at-once",
      defaultValue = "2",
      paramLabel = "<n>",
      description = "Seeds or bugs played side by side. Default: ${DEFAULT-VALUE}.")
  private int atOnce;

  public void check(Terminal terminal) {
    terminal.require(atOnce >= 1, "--at-once", "1 or more");
  }

  public ExecutorService threads() {
    return Executors.newFixedThreadPool(atOnce);
  }
}
