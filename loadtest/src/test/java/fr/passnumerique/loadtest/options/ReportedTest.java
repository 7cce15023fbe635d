package fr.passnumerique.loadtest.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() throws Exception {
      reported.print(
          terminal,
          LocalDate.of(2026, 11, 30),
          "short",
          pictures -> "long" + pictures,
          Map.of("rates", "<svg/>"));
      return 0;
    }
  }

  private void look(Path report) {
    int exit =
        new CommandLine(new Looked())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("--report=" + report);
    assertThat(exit).isZero();
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

  private final StringWriter out = new StringWriter();

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
