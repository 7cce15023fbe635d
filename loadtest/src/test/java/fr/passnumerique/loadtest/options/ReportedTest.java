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
}
