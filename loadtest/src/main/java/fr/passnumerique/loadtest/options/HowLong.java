package fr.passnumerique.loadtest.options;

import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import picocli.CommandLine.Option;

/** How often something is struck, and how long at most. */
public final class HowLong {
  @Option(
      names = "--cycles",
      paramLabel = "<n>",
      description =
          "Blows in all; of a command that goes on in its directory, those of earlier runs"
              + " included. Default: ${DEFAULT-VALUE}.")
  private int cycles;

  @Option(
      names = "--minutes",
      defaultValue = "1000000",
      paramLabel = "<n>",
      description = "Begins no further cycle after this time, however many there were.")
  private int minutes;

  /**
   * @param byDefault how many cycles, unless the command is told another number
   */
  public HowLong(int byDefault) {
    this.cycles = byDefault;
  }

  public void check(Terminal terminal) {
    check(terminal, 1);
  }

  /**
   * @param least cycles that make sense
   */
  public void check(Terminal terminal, int least) {
    terminal.require(cycles >= least, "--cycles", "%d or more".formatted(least));
    terminal.require(minutes >= 1, "--minutes", "1 or more");
  }

  public int cycles() {
    return cycles;
  }

  /**
   * @return whether, after so many cycles, another begins; the time runs from now on
   */
  public IntPredicate begin() {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    return done -> done < cycles && System.nanoTime() < end;
  }
}
