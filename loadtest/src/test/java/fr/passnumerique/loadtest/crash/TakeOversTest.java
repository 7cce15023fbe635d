package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.crash.Presenting.Tries;
import fr.passnumerique.loadtest.crash.TakeOvers.TakeOver;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TakeOversTest {
  private static final Tries THREE = new Tries(3, 1);

  private final TakeOvers takeOvers = new TakeOvers(1_000, 3);
  private final Faults faults = new Faults();

  TakeOversTest() {
    takeOvers.add(new TakeOver(WriterBlow.KILLED, 300, true, THREE));
    takeOvers.add(new TakeOver(WriterBlow.KILLED, 1_000, false, THREE));
    takeOvers.add(new TakeOver(WriterBlow.KILLED, 200, true, THREE));
  }

  @Test
  void aSilenceOfTheMostHolds() {
    takeOvers.hold(faults);

    assertThat(faults.kept()).isEmpty();
  }

  @Test
  void aLongerSilenceDoesNotHoldAndTheCycleIsNamed() {
    takeOvers.add(new TakeOver(WriterBlow.FROZEN, 1_001, true, THREE));

    takeOvers.hold(faults);

    assertThat(faults.kept())
        .containsExactly("in cycle 4, FROZEN, nobody served for 1001 ms, and 1000 are the most");
  }

  @Test
  void aSlipThatWasSentMoreOftenDoesNotHoldAndTheMostIsTold() {
    takeOvers.add(new TakeOver(WriterBlow.CUT_OFF, 1, true, new Tries(4, 2)));
    takeOvers.add(new TakeOver(WriterBlow.CUT_OFF, 1, true, new Tries(1, 0)));

    takeOvers.hold(faults);

    assertThat(faults.kept())
        .containsExactly(
            "in cycle 4, CUT_OFF, a slip was sent 4 (2 of them without any answer) times, and 3 are"
                + " the most");
    assertThat(takeOvers.mostTries()).isEqualTo(new Tries(4, 2));
  }

  @Test
  void ofEachBlowTimesTakeOversMedianAndLongestSilenceAreTold() {
    StringWriter told = new StringWriter();

    takeOvers.add(new TakeOver(WriterBlow.FROZEN, 100, true, THREE));
    takeOvers.add(new TakeOver(WriterBlow.FROZEN, 300, true, THREE));
    takeOvers.print(new PrintWriter(told, true));

    assertThat(told.toString())
        .contains(
            "| killed (kill -9), started again at once as a supervisor does | 3 | 2 | 300, 1000 |")
        .contains("| stopped (SIGSTOP), woken after 2 to 6 s | 2 | 2 | 200, 300 |")
        .doesNotContain("pg_terminate_backend");
  }
}
