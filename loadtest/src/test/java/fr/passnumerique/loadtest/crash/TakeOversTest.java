package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.crash.Presenting.Tries;
import fr.passnumerique.loadtest.crash.TakeOvers.TakeOver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TakeOversTest {
  private static final Tries THREE = new Tries(3, 1);

  private static TakeOver takeOver(
      WriterBlow blow, long silentMillis, boolean byAnother, Tries tries) {
    return new TakeOver(
        blow,
        silentMillis,
        byAnother,
        tries,
        new TreeMap<>(Map.of(tries.sent(), 2)),
        10 * silentMillis);
  }

  private final TakeOvers takeOvers = new TakeOvers(1_000, 3);
  private final Faults faults = new Faults();

  TakeOversTest() {
    takeOvers.add(takeOver(WriterBlow.KILLED, 300, true, THREE));
    takeOvers.add(takeOver(WriterBlow.KILLED, 1_000, false, THREE));
    takeOvers.add(takeOver(WriterBlow.KILLED, 200, true, THREE));
  }

  @Test
  void aSilenceOfTheMostHolds() {
    takeOvers.hold(faults);

    assertThat(faults.kept()).isEmpty();
  }

  @Test
  void aLongerSilenceDoesNotHoldAndTheCycleIsNamed() {
    takeOvers.add(takeOver(WriterBlow.FROZEN, 1_001, true, THREE));

    takeOvers.hold(faults);

    assertThat(faults.kept())
        .containsExactly("in cycle 4, FROZEN, nobody served for 1001 ms, and 1000 are the most");
  }

  @Test
  void aSlipThatWasSentMoreOftenDoesNotHoldAndTheMostIsTold() {
    takeOvers.add(takeOver(WriterBlow.CUT_OFF, 1, true, new Tries(4, 2)));
    takeOvers.add(takeOver(WriterBlow.CUT_OFF, 1, true, new Tries(1, 0)));

    takeOvers.hold(faults);

    assertThat(faults.kept())
        .containsExactly(
            "in cycle 4, CUT_OFF, a slip was sent 4 (2 of them without any answer) times, and 3 are"
                + " the most");
    assertThat(takeOvers.mostTries()).isEqualTo(new Tries(4, 2));
  }

  @Test
  void ofEachBlowTimesTakeOversSilenceAndWaitAreTold() {
    StringWriter told = new StringWriter();

    takeOvers.add(takeOver(WriterBlow.FROZEN, 100, true, THREE));
    takeOvers.add(takeOver(WriterBlow.FROZEN, 300, true, new Tries(1, 0)));
    takeOvers.print(new PrintWriter(told, true));

    assertThat(told.toString())
        .contains(
            "| killed (kill -9), started again at once as a supervisor does | 3 | 2 | 300, 1000 |"
                + " 3000, 10000 |")
        .contains("| stopped (SIGSTOP), woken after 2 to 6 s | 2 | 2 | 200, 300 | 2000, 3000 |")
        .contains("by how often each was sent: {1=2, 3=8}")
        .doesNotContain("pg_terminate_backend");
  }
}
