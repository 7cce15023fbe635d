package fr.passnumerique.loadtest.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command makes its database. */
public final class Workplace {
  @Option(
      names = "--directory",
      defaultValue = ".data/loadtest",
      paramLabel = "<path>",
      description =
          "Where the database is made, on the disk to be measured; deleted afterwards. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path directory;

  /** For picocli, which sets the option. */
  @SuppressWarnings("NullAway.Init")
  public Workplace() {}

  public Path directory() {
    return directory;
  }

  /**
   * Makes a directory of this run's own in it; to be deleted by whoever asked for it.
   *
   * @param name with which its name begins
   */
  public Path fresh(String name) throws IOException {
    Files.createDirectories(directory);
    return Files.createTempDirectory(directory, name + "-").toRealPath();
  }
}
