package fr.passnumerique.loadtest.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ReportedTest {
  @TempDir private Path directory;

  @Command(name = "looked")
  static final class Looked implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Reported reported;

    private final Supplier<Map<String, String>> drawn;

    Looked(Supplier<Map<String, String>> drawn) {
      this.drawn = drawn;
    }

    @Override
    public Integer call() throws Exception {
      reported.print(
          terminal, LocalDate.of(2026, 11, 30), "short", pictures -> "long" + pictures, drawn);
      return 0;
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int look(Path report, Supplier<Map<String, String>> pictures) {
    return new CommandLine(new Looked(pictures))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("--report=" + report);
  }

  private void look(Path report) {
    assertThat(look(report, () -> Map.of("rates", "<svg/>"))).isZero();
  }

  @Test
  void picturesLieBesideTheReportThatShowsThem() {
    look(directory.resolve("results"));

    Path results = directory.resolve("results");
    assertThat(results.resolve("2026-11-30-looked.md"))
        .hasContent("long\n![rates](2026-11-30-looked-rates.svg)\n");
    assertThat(results.resolve("2026-11-30-looked-rates.svg")).hasContent("<svg/>");
  }

  @Test
  void aReportUnderANameOfItsOwnNamesItsPicturesToo() {
    look(directory.resolve("mine.md"));

    assertThat(directory.resolve("mine.md")).content().contains("(mine-rates.svg)");
    assertThat(directory.resolve("mine-rates.svg")).exists();
  }

  @Test
  void aSecondReportOfTheDayLeavesTheFirstAsItIs() {
    look(directory);
    look(directory);
    look(directory);

    assertThat(directory)
        .isDirectoryContaining("glob:**/2026-11-30-looked.md")
        .isDirectoryContaining("glob:**/2026-11-30-looked-3.md");
    assertThat(directory.resolve("2026-11-30-looked.md"))
        .hasContent("long\n![rates](2026-11-30-looked-rates.svg)\n");
    assertThat(directory.resolve("2026-11-30-looked-2.md"))
        .hasContent("long\n![rates](2026-11-30-looked-2-rates.svg)\n");
  }

  @Test
  void whatWasPrintedIsNotLostWithAPictureThatCannotBeDrawn() {
    int exit =
        look(
            directory,
            () -> {
              throw new NoSuchElementException("no series");
            });

    assertThat(exit).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("short");
  }

  @Test
  void whereNoReportCanBeWrittenIsSaidBeforeAnythingIsPlayed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    for (Path report : List.of(file, file.resolve("results"), file.resolve("mine.md"))) {
      assertThat(look(report, Map::of)).isEqualTo(2);
    }
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains("Invalid value for option '--report'", "no report can be written there");
    assertThat(directory).isDirectoryNotContaining("glob:**.tried");
  }

  @Command(name = "counted")
  static final class Counted implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Reported reported;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = reported.out(terminal);
      out.printf("seed 1%n- cycles 1 to 5%n%n| a | b |%n|---|---|%n| 1 | 2 |%n%n");
      out.printf("5   cycles%nall holds%n");
      out.flush();
      reported.page(
          terminal,
          LocalDate.of(2026, 11, 30),
          "Counted",
          Map.of("Machine", Map.of("memory", "8 GB")));
      return 0;
    }
  }

  private void count(String... arguments) {
    new CommandLine(new Counted())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  @Test
  void aPageHasWhatWasPrintedAndOnWhatItWasTaken() {
    count("--report=" + directory);

    assertThat(directory.resolve("2026-11-30-counted.md"))
        .hasContent(
            """
            # Counted, 2026-11-30

            `--report=%s`

            ```
            seed 1
            ```
            - cycles 1 to 5

            | a | b |
            |---|---|
            | 1 | 2 |

            ```
            5   cycles
            all holds
            ```

            ## Machine

            | | |
            |---|---|
            | memory | 8 GB |
            """
                .formatted(directory));
    assertThat(out.toString()).startsWith("seed 1").endsWith("all holds\n");
  }

  @Test
  void withoutAReportWhatIsPrintedIsPrintedAllTheSame() {
    count();

    assertThat(out.toString()).contains("| 1 | 2 |", "all holds");
    assertThat(directory).isEmptyDirectory();
  }
}
