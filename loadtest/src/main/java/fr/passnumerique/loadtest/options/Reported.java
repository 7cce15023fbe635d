package fr.passnumerique.loadtest.options;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether what was printed is kept, with all that is needed to judge it. */
public final class Reported {
  @Option(
      names = "--report",
      paramLabel = "<path>",
      converter = Writable.class,
      description =
          "Writes a full report in Markdown: into this file, or into this directory under the"
              + " day's name, with a number from the second of a day on.")
  private @Nullable Path report;

  private final StringWriter printed = new StringWriter();

  /**
   * Makes the directory and tries it: what an hour of measuring came to is not lost at its end.
   * Permissions do not tell, of a full disk or of a file system that is written by nobody.
   */
  static final class Writable implements ITypeConverter<Path> {
    @Override
    public Path convert(String given) {
      Path report = Path.of(given);
      try {
        Files.delete(Files.createTempFile(directory(report), "report-", ".tried"));
        if (isPage(report) && Files.exists(report) && !Files.isWritable(report)) {
          throw new AccessDeniedException(given);
        }
      } catch (IOException e) {
        throw new TypeConversionException("no report can be written there: " + e);
      }
      return report;
    }
  }

  /**
   * Prints, and writes the report if there is to be one.
   *
   * @param summary for the terminal
   * @param full with all that is needed to judge it
   */
  public void print(Terminal terminal, LocalDate on, String summary, String full)
      throws IOException {
    print(terminal, on, summary, _ -> full, Map::of);
  }

  /**
   * The same with pictures, which are written beside the report.
   *
   * @param full is told how the report shows them, in Markdown
   * @param pictures SVG by name; asked for once the summary is printed, and only for a report
   */
  public void print(
      Terminal terminal,
      LocalDate on,
      String summary,
      UnaryOperator<String> full,
      Supplier<Map<String, String>> pictures)
      throws IOException {
    terminal.out().print(summary);
    terminal.out().flush();
    if (report != null) {
      Path file = file(report, "%s-%s".formatted(on, terminal.command()));
      String stem = file.getFileName().toString().replaceFirst("\\.md$", "");
      StringBuilder shown = new StringBuilder();
      for (Map.Entry<String, String> picture : pictures.get().entrySet()) {
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
    facts.forEach((of, rows) -> page.append(section(of, rows)));
    print(terminal, on, "", page.toString());
  }

  /**
   * A section of a page, in Markdown.
   *
   * @param facts by name, of the machine or whatever it is headed by
   */
  public static String section(String heading, Map<String, String> facts) {
    StringBuilder section = new StringBuilder("%n## %s%n%n| | |%n|---|---|%n".formatted(heading));
    facts.forEach((name, value) -> section.append("| %s | %s |%n".formatted(name, value)));
    return section.toString();
  }

  private static Path file(Path to, String name) throws IOException {
    Path directory = directory(to);
    if (isPage(to)) {
      return to;
    }
    Path file = directory.resolve(name + ".md");
    for (int number = 2; Files.exists(file); number++) {
      file = directory.resolve("%s-%d.md".formatted(name, number));
    }
    return file;
  }

  /** Made if it is not there yet. */
  private static Path directory(Path to) throws IOException {
    return Files.createDirectories(isPage(to) ? to.toAbsolutePath().resolveSibling("") : to);
  }

  private static boolean isPage(Path to) {
    return !Files.isDirectory(to) && to.toString().endsWith(".md");
  }
}
