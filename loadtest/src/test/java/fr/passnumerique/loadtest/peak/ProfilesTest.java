package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
  private static final Cell CELL = new Cell(1, 42);

  @TempDir private Path directory;

  private static Sample sample() {
    return new Sample(
        "bus",
        0,
        1,
        0,
        1,
        1,
        1_000,
        1,
        1,
        new Histogram(3),
        new Histogram(3),
        Cost.NOTHING,
        List.of());
  }

  private static Way way(String name) {
    return new MemoryWay() {
      @Override
      public String name() {
        return name;
      }
    };
  }

  /** By a thread of its own: the one that measures is not looked at. */
  private static Sample busy() throws InterruptedException {
    Thread thread = new Thread(ProfilesTest::burn);
    thread.start();
    thread.join();
    return sample();
  }

  private static void burn() {
    long end = System.nanoTime() + 1_500_000_000L;
    double sum = 0;
    while (System.nanoTime() < end) {
      for (int i = 1; i < 100_000; i++) {
        sum += Math.sqrt(i) / (sum + 1);
      }
    }
    assertThat(sum).isPositive();
  }

  private String told(Part part, String way) throws Exception {
    Profiles profiles = Profiles.in(directory);
    profiles.of(new Turn(part, CELL, "round 1"), way(way), ProfilesTest::busy);
    return profiles.told();
  }

  @Test
  void whatIsAtWorkAtFullLoadIsTold() throws Exception {
    assertThat(told(Part.CLOSED, "bus"))
        .contains("### bus, 42 lines, 1 client", "ProfilesTest.burn`");
    assertThat(directory.resolve("bus-42-lines-1-client-1.jfr")).isNotEmptyFile();
  }

  @Test
  void whatDoesNotCountAndWhatIsWrittenByHandIsNot() throws Exception {
    assertThat(told(Part.WARM_UP, "bus")).isEmpty();
    assertThat(told(Part.CLOSED, "together")).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
