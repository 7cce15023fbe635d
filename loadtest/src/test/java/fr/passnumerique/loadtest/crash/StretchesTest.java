package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StretchesTest {
  @TempDir private Path directory;

  /** One that holds. */
  private void whole(int from) throws IOException {
    Stretches stretches = Stretches.in(directory);
    stretches.begin(from, "commit a", new Faults());
    stretches.held();
    stretches.close();
  }

  private String told(int cycles) throws IOException {
    StringWriter told = new StringWriter();
    Stretches.in(directory).print(new PrintWriter(told, true), cycles);
    return told.toString();
  }

  @Test
  void whatDidNotHoldIsNotForgottenThoughTheNextStretchHolds() throws Exception {
    Stretches stretches = Stretches.in(directory);
    Faults faults = new Faults();
    stretches.begin(0, "commit a", faults);
    faults.add("a slip is gone:%nthe second of %d lines", 2);
    stretches.held();
    stretches.close();
    whole(3);

    assertThat(Stretches.in(directory).hold()).isFalse();
    assertThat(Stretches.in(directory).faults())
        .containsExactly("a slip is gone:\nthe second of 2 lines");
    assertThat(told(5))
        .containsPattern("- cycles 1 to 3, begun .*Z, commit a: DOES NOT HOLD\n")
        .containsPattern("- cycles 4 to 5, begun .*Z, commit a: all holds\n");
  }

  @Test
  void aStretchThatIsKilledOrBrokenOffIsToldApartFromOneThatHolds() throws Exception {
    whole(0);
    Stretches.in(directory).begin(2, "commit b", new Faults());
    try (Stretches brokenOff = Stretches.in(directory)) {
      brokenOff.begin(2, "commit c", new Faults());
    }

    assertThat(told(2))
        .containsPattern("- cycles 1 to 2, begun .*, commit a: all holds\n")
        .containsPattern("- after cycle 2, begun .*, commit b: killed before its end\n")
        .containsPattern("- after cycle 2, begun .*, commit c: broken off before its end\n");
    assertThat(Stretches.in(directory).hold()).isTrue();
  }

  @Test
  void whatIsFoundAfterItsEndIsOfTheEndingAndNoFault() throws Exception {
    Faults faults = new Faults();
    Stretches stretches = Stretches.in(directory).begin(0, "commit a", faults);
    stretches.close();
    faults.add("nothing answers");
    stretches.close();

    assertThat(Stretches.in(directory).hold()).isTrue();
  }

  @Test
  void cyclesOfADirectoryFromBeforeStretchesWereKeptAreToldAsSuch() throws Exception {
    assertThat(told(232))
        .isEqualToNormalizingNewlines(
            "- cycles 1 to 232: of runs that kept no word of themselves\n");

    whole(232);

    assertThat(told(233))
        .startsWith("- cycles 1 to 232: of runs that kept no word of themselves")
        .contains("- cycles 233 to 233, begun ");
  }
}
