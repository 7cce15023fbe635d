package fr.passnumerique.loadtest.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    print(terminal, on, summary, _ -> full, Map.of());
  }

  /**
   * The same with pictures, which are written beside the report.
   *
   * @param full is told how the report shows them, in Markdown
   * @param pictures SVG by name
   */
  public void print(
      Terminal terminal,
      LocalDate on,
      String summary,
      UnaryOperator<String> full,
      Map<String, String> pictures)
      throws IOException {
    terminal.out().print(summary);
    terminal.out().flush();
    if (report != null) {
      Path file = file(report, "%s-%s.md".formatted(on, terminal.command()));
      String stem = file.getFileName().toString().replaceFirst("\\.md$", "");
      StringBuilder shown = new StringBuilder();
      for (Map.Entry<String, String> picture : pictures.entrySet()) {
        String name = "%s-%s.svg".formatted(stem, picture.getKey());
        Files.writeString(file.resolveSibling(name), picture.getValue());
        shown.append("%n![%s](%s)%n".formatted(picture.getKey(), name));
      }
      terminal.say("report: %s", Files.writeString(file, full.apply(shown.toString())));
    }
  }

  /** Makes the directory that it lies in. */
  private static Path file(Path to, String name) throws IOException {
    if (Files.isDirectory(to) || !to.getFileName().toString().endsWith(".md")) {
      return Files.createDirectories(to).resolve(name);
    }
    if (to.toAbsolutePath().getParent() != null) {
      Files.createDirectories(to.toAbsolutePath().getParent());
    }
    return to;
  }
}
