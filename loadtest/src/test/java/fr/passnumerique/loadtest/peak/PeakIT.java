package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command in miniature. What it measures is not looked at: other work runs beside it. */
class PeakIT {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int peak(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--directory=" + directory.resolve("data"));
    return new CommandLine(new Peak())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void everyWayGivesTheSameVerdictsAndItsBooksReconcile() throws Exception {
    int exit =
        peak(
            "--clients=8",
            "--slips=60",
            "--rounds=1",
            "--warm-up=0",
            "--lines=1,20",
            "--arrivals=1",
            "--most-lag=120000",
            "--together=slips together, 2 writers, carnets, never alone",
            "--setting=shared_buffers=256MB",
            "--report=" + directory.resolve("results"));

    assertThat(exit).as("%s%n%s", err, out).isZero();
    assertThat(err.toString())
        .contains("fsync = on", "synchronous_commit = on", "full_page_writes = on", "seed 1")
        .contains("shared_buffers = 256MB");
    assertThat(out.toString())
        .contains(
            "| 1 | 8 | bus / rival |",
            "| 20 | 8 | bus / rival |",
            "| 20 | 8 | http / rival |",
            "| 20 | 8 | http / together |")
        .contains("Slips arrive at half of the rate that rival has taken at full load")
        .contains(
            "| disk bytes/accepted line | used by others, % |",
            "bus, 20 lines, 8 clients, at half of its peak")
        .containsPattern("rival: \\d+ accepted lines = \\d+ claims = .* owed")
        .containsPattern("together: \\d+ accepted lines = \\d+ claims = .* owed")
        .containsPattern("bus: \\d+ accepted lines = \\d+ claims = .* owed")
        .containsPattern("http: \\d+ accepted lines = \\d+ claims = .* owed")
        .containsPattern("http: .* since the slip was sent again: \\d+ of \\d{3} requests")
        .doesNotContain("DOES NOT RECONCILE");
    try (var files = Files.list(directory.resolve("results"))) {
      List<Path> all = files.sorted().toList();
      assertThat(all)
          .extracting(
              file -> file.getFileName().toString().replaceFirst("^\\d{4}-\\d\\d-\\d\\d", ""))
          .containsExactly(
              "-peak-latency-1-lines-8-clients.svg",
              "-peak-latency-20-lines-8-clients.svg",
              "-peak-rates.svg",
              "-peak-ratios.svg",
              "-peak.md");
      assertThat(all.getLast())
          .content()
          .contains(
              "Update on cheque c",
              "Index Scan using cheque_pkey",
              "Update on carnet c",
              "| fsync | on |",
              "every check on but the limit of false codes an hour",
              "| pass.slips.false-check-parts-an-hour | 1000000000, as good as no limit",
              "-rates.svg)");
    }
    assertThat(directory.resolve("data")).as("what the run made is gone").isEmptyDirectory();
  }

  @Test
  @Tag("long")
  void ofEachSizeAndWayAProfileIsKeptAndTold() throws Exception {
    int exit =
        peak(
            "--clients=8",
            "--slips=60",
            "--rounds=1",
            "--warm-up=0",
            "--lines=1,20",
            "--arrivals=0",
            "--through=bus,http",
            "--jfr=" + directory.resolve("jfr"),
            "--report=" + directory.resolve("results"));

    assertThat(exit).as("%s%n%s", err, out).isZero();
    try (var files = Files.list(directory.resolve("results"))) {
      assertThat(files.filter(file -> file.toString().endsWith("-peak.md")))
          .singleElement()
          .satisfies(
              page ->
                  assertThat(page)
                      .content()
                      .contains("## Where the time goes", "### http, 20 lines, 8 clients"));
    }
    try (var files = Files.list(directory.resolve("jfr"))) {
      assertThat(files).hasSize(4).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }
  }

  @Test
  void moreSlipsThanTheHeapHoldsAreRefusedBeforeAnythingIsStarted() {
    assertThat(peak("--lines=1000", "--slips=100000000")).isEqualTo(2);
    assertThat(err.toString()).contains("The heap must be ").contains("JAVA_TOOL_OPTIONS=-Xmx");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aServerThatIsNotDurableIsRefusedBeforeAnythingIsStarted() {
    for (String setting : List.of("fsync", "synchronous_commit", "Full_Page_Writes")) {
      assertThat(peak("--setting=" + setting + "=off")).isEqualTo(2);
    }
    assertThat(err.toString()).contains("--setting must be of another than fsync");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeAnythingIsStarted() throws Exception {
    Path taken = Files.createFile(directory.resolve("taken"));

    assertThat(peak("--report=" + taken.resolve("results"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("Invalid value for option '--report'", "no report can be written there");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void anOptionOutOfRangeIsRefusedBeforeAnythingIsStarted() {
    assertThat(peak("--lines=1001")).isEqualTo(2);
    assertThat(err.toString()).contains("--lines must be 1 to 1000");
    assertThat(directory.resolve("data")).doesNotExist();
  }
}
