package fr.passnumerique.loadtest.options;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
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

  private final StringWriter printed = new StringWriter();

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

  /** As the terminal's, of which what is said is kept for {@link #page}. */
  public PrintWriter out(Terminal terminal) {
    PrintWriter out = terminal.out();
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            out.write(text, from, length);
            printed.write(text, from, length);
          }

          @Override
          public void flush() {
            out.flush();
          }

          @Override
          public void close() {
            out.flush();
          }
        });
  }

  /**
   * Writes what was printed as a page, if there is to be one: tables and lists as such, the rest
   * line by line.
   *
   * @param facts of the machine, the server and so on, by what they are of
   */
  public void page(
      Terminal terminal, LocalDate on, String title, Map<String, Map<String, String>> facts)
      throws IOException {
    StringBuilder page =
        new StringBuilder("# %s, %s%n%n`%s`%n%n".formatted(title, on, terminal.arguments()));
    boolean fenced = false;
    for (String line : printed.toString().strip().lines().toList()) {
      boolean text = !line.isBlank() && !line.startsWith("|") && !line.startsWith("- ");
      if (text != fenced) {
        page.append("```\n");
        fenced = text;
      }
      page.append(line).append('\n');
    }
    page.append(fenced ? "```\n" : "");
    facts.forEach(
        (of, rows) -> {
          page.append("%n## %s%n%n| | |%n|---|---|%n".formatted(of));
          rows.forEach((name, value) -> page.append("| %s | %s |%n".formatted(name, value)));
        });
    print(terminal, on, "", page.toString());
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
