package fr.passnumerique.loadtest.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether what was printed is kept, with all that is needed to judge it. */
public final class Reported {
  @Option(
      names = "--report",
      paramLabel = "<path>",
      description =
          "Writes a full report in Markdown: into this file, or into this directory under the"
              + " day's name.")
  private @Nullable Path report;

  /**
   * Prints, and writes the report if there is to be one.
   *
   * @param summary for the terminal
   * @param full with all that is needed to judge it
   */
  public void print(Terminal terminal, LocalDate on, String summary, String full)
      throws IOException {
    terminal.out().print(summary);
    terminal.out().flush();
    if (report != null) {
      terminal.say("report: %s", write(report, "%s-%s.md".formatted(on, terminal.command()), full));
    }
  }

  private static Path write(Path to, String name, String text) throws IOException {
    Path file = to;
    if (Files.isDirectory(to) || !to.getFileName().toString().endsWith(".md")) {
      Files.createDirectories(to);
      file = to.resolve(name);
    } else if (to.toAbsolutePath().getParent() != null) {
      Files.createDirectories(to.toAbsolutePath().getParent());
    }
    return Files.writeString(file, text);
  }
}
