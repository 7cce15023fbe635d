package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static Cycle cycle(long silentMillis, long wholeMillis) {
    return new Cycle(
        Blow.BROKER,
        200,
        silentMillis,
        wholeMillis,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        AppendsCut.NONE);
  }

  @Test
  void ofTwoCyclesTheMedianLiesBetweenThem() {
    StringWriter out = new StringWriter();

    new Tally(List.of(cycle(3_000, 1_000), cycle(1_000, 2_000))).print(new PrintWriter(out, true));

    assertThat(out.toString()).contains(" | 2 | 400 | 2.0, 3.0 | 1.5, 2.0 |");
  }
}
