package fr.passnumerique.loadtest.options;

import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** Which seeds are played, one after the other. */
public final class Seeds {
  @Option(
      names = "--seeds",
      paramLabel = "<n>",
      description = "How many are played, or tried at most for a bug. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--from",
      defaultValue = "1",
      paramLabel = "<seed>",
      description = "The first. Default: ${DEFAULT-VALUE}.")
  private long from;

  /**
   * @param byDefault how many, unless the command is told another number
   */
  public Seeds(int byDefault) {
    this.count = byDefault;
  }

  public void check(Terminal terminal) {
    terminal.require(count >= 1, "--seeds", "1 or more");
  }

  public int count() {
    return count;
  }

  public long from() {
    return from;
  }

  public LongStream all() {
    return LongStream.range(from, from + count);
  }

  public boolean contains(long seed) {
    return seed >= from && seed < from + count;
  }
}
