package fr.passnumerique.loadtest.options;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.asof.AsOfCost;
import fr.passnumerique.loadtest.race.Race;
import fr.passnumerique.loadtest.rebuild.RebuildRate;
import fr.passnumerique.loadtest.relay.Relay;
import fr.passnumerique.loadtest.simulator.Bite;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options by which nothing would be tried, and all would seem to hold. */
class RefusedOptionsTest {
  /** By what they are called. */
  enum Tried {
    RACE(Race::new),
    BITE(Bite::new),
    RELAY(Relay::new),
    REBUILD(RebuildRate::new),
    AS_OF(AsOfCost::new);

    private final Supplier<Callable<Integer>> command;

    Tried(Supplier<Callable<Integer>> command) {
      this.command = command;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RACE, --seeds=0, --seeds must be 1 or more",
    "BITE, --seeds=0, --seeds must be 1 or more",
    "RACE, --only=fence;fnece, none has \"fnece\"",
    "BITE, --only=no such bug, none has \"no such bug\"",
    "RACE, --nodes=0, '--nodes must be 2, or 1 of this process'",
    "RACE, --nodes=3, '--nodes must be 2, or 1 of this process'",
    "RACE, --nodes=1 --processes, '--nodes must be 2, or 1 of this process'",
    "RACE, --bug-seeds=-1, --bug-seeds must be 0 or more",
    "RACE, --lost-answers=-1, --lost-answers must be 0 to 1000000",
    "RACE, --lost-answers=2000000000, --lost-answers must be 0 to 1000000",
    "RACE, --check=missing, --check must be the file of a history",
    "RELAY, --minutes=0, --minutes must be 1 or more",
    "RELAY, --minutes=-4, --minutes must be 1 or more",
    "REBUILD, --lines=-4, --lines must be 1 or more",
    "REBUILD, --rounds=0, --rounds must be 1 or more",
    "AS_OF, --reads=0, --reads must be 1 or more",
    "AS_OF, '--postings=1,0', --postings must be 1 or more each"
  })
  void areRefusedBeforeAnythingIsStarted(Tried tried, String option, String why) {
    StringWriter err = new StringWriter();

    int exit =
        new CommandLine(tried.command.get())
            .setErr(new PrintWriter(err, true))
            .execute(option.split(" (?=--)"));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains(why);
  }
}
