package fr.passnumerique.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Findings;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTest {
  private static final double MEGABYTE = 1 << 20;
  private static final double LINES_PER_SECOND = 500;
  private static final double BYTES_OF_LINE = 60;

  /** A hundred looks, ten seconds apart: 660 seconds from the first of their last two thirds on. */
  private static Findings check(IntFunction<Vitals> look) {
    Findings findings = new Findings();
    new Soak.Growing(BYTES_OF_LINE, 10, 10, 20, 10)
        .check(IntStream.range(0, 100).mapToObj(look).toList(), LINES_PER_SECOND, 1_000, findings);
    return findings;
  }

  private static Vitals look(
      int number, double heapOfLine, double resident, double files, double threads) {
    double second = 10.0 * number;
    return Vitals.at(second)
        .heap(100 * MEGABYTE + heapOfLine * LINES_PER_SECOND * second)
        .resident(resident * MEGABYTE)
        .files(files)
        .threads(threads);
  }

  @Test
  void whatRegistersMustKeepIsNoGrowth() {
    Findings findings = check(n -> look(n, BYTES_OF_LINE, 500 + 0.29 * n, 40, 60));

    assertThat(findings.hold()).as(findings.summary()).isTrue();
    assertThat(findings.summary())
        .contains("330000 lines were recorded", "heap rose by 18.9 MB, 60 bytes a line");
  }

  /** All looks that count, from second 550 on, are taken after the last slip. */
  @Test
  void registersKeepNothingOfLinesThatDidNotComeAnyMore() {
    Findings findings = new Findings();
    List<Vitals> looks =
        IntStream.range(33, 100).mapToObj(n -> look(n, BYTES_OF_LINE, 500, 40, 60)).toList();
    new Soak.Growing(BYTES_OF_LINE, 10, 10, 20, 10).check(looks, LINES_PER_SECOND, 100, findings);

    assertThat(findings.summary()).contains(" 0 lines were recorded");
    assertThat(findings.hold()).as("12.6 MB are kept of nothing").isFalse();
  }

  @Test
  void whatIsKeptOfEachLineBesideIsALeak() {
    Findings findings = check(n -> look(n, BYTES_OF_LINE + 40, 500, 40, 60));

    assertThat(findings.hold()).isFalse();
    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: heap, but for what registers must keep", "1 OUT OF BOUNDS");
  }

  /** Of 280 MB an hour, 51 MB in these eleven minutes. */
  @Test
  void whatLeaksSlowlyOutsideOfTheHeapIsALeak() {
    Findings findings = check(n -> look(n, BYTES_OF_LINE, 500 + 280.0 * n / 360, 40, 60));

    assertThat(findings.summary())
        .contains("OUT OF BOUNDS: resident memory, but for what registers", "1 OUT OF BOUNDS");
  }

  @Test
  void memoryOutsideTheHeapFilesAndThreadsAreBoundedEach() {
    List<String> out =
        List.of(
            check(n -> look(n, 0, 500 + 3 * n, 40, 60)).summary(),
            check(n -> look(n, 0, 500, 40 + n, 60)).summary(),
            check(n -> look(n, 0, 500, 40, 60 + n)).summary());

    assertThat(out.get(0)).contains("OUT OF BOUNDS: resident memory", "1 OUT OF BOUNDS");
    assertThat(out.get(1)).contains("OUT OF BOUNDS: open files", "1 OUT OF BOUNDS");
    assertThat(out.get(2)).contains("OUT OF BOUNDS: threads", "1 OUT OF BOUNDS");
  }
}
