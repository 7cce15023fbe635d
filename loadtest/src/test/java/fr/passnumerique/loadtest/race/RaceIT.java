package fr.passnumerique.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rounds and a handful of bugs; the command {@code race} plays many, and tries all bugs. */
class RaceIT {
  private static final int MOST_ROUNDS = 10;
  private static final int LOST_ANSWERS = 60;

  @TempDir private static Path directory;
  private static Stage stage;

  @BeforeAll
  static void open() throws Exception {
    Race.quiet();
    stage = Stage.open(directory, LostAnswers.wanted(LOST_ANSWERS), false);
  }

  @AfterAll
  static void close() {
    stage.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatClientsOfTwoNodesAreToldIsLinearizableForEachChequeAndEachSlip() throws Exception {
    long seed = System.nanoTime() % 1_000_000;
    for (long s = seed; s < seed + 2; s++) {
      Round.End end = Round.play(stage, s, Bug.NONE, 2);
      assertThat(end.holds())
          .as(Race.told(s, end) + System.lineSeparator() + end.faults())
          .isTrue();
      assertThat(end.counted().contested()).as("cheques that several wanted").isPositive();
    }
  }

  /** As a command is stopped from outside; {@code Resources} is what closes it then. */
  @Test
  @Tag("long")
  void aRaceThatIsStoppedLeavesNoServerAndNoDirectory(@TempDir Path place) throws Exception {
    Process race =
        new ProcessBuilder(
                JavaProgram.on(System.getProperty("java.class.path"))
                    .command(
                        JavaProgram.forMinutes("-Xmx256m"),
                        "fr.passnumerique.loadtest.Loadtest",
                        List.of("race", "--seeds=5", "--bug-seeds=0", "--directory=" + place)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Optional<Path> prepared = Optional.empty();
    while (prepared.isEmpty()) {
      assertThat(race.isAlive()).isTrue();
      try (Stream<Path> found = Files.find(place, 2, (file, _) -> file.endsWith("preparation"))) {
        prepared = found.findFirst();
      }
      Thread.sleep(20);
    }
    ProcessHandle server =
        Server.postmaster(prepared.get().resolveSibling("database")).orElseThrow();

    race.destroy();
    race.waitFor();

    // Whoever takes over a process that lost its parent may be late to bury it.
    server.onExit().get(30, TimeUnit.SECONDS);
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void aClientThatAnExceptionEndsIsNoRoundThatHolds() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    Bug breaking =
        new Bug("a check breaks") {
          @Override
          String checked(String node, long cheque, String right) {
            if (checks.getAndIncrement() > 0) {
              throw new AssertionError("out of its mind");
            }
            throw new IllegalStateException("no register");
          }
        };

    Round.End end = Round.play(stage, 1, breaking, 1);

    assertThat(end.holds()).isFalse();
    assertThat(end.unexpected())
        .anyMatch(what -> what.startsWith("check of ") && what.contains("no register"))
        .anyMatch(what -> what.startsWith("a client ended: ") && what.contains("of its mind"));
  }

  @Test
  void bugsAreFoundInWhatClientsWereTold() throws Exception {
    List<Supplier<Bug>> handful =
        Bugs.all().stream().filter(bug -> Bugs.COMMON.contains(bug.get().name())).toList();
    assertThat(handful).hasSameSizeAs(Bugs.COMMON);
    for (Supplier<Bug> bug : handful) {
      Caught caught = Caught.within(stage, bug, 1, MOST_ROUNDS);
      assertThat(caught.histories()).as(caught.toString()).isPositive();
    }
  }

  @Test
  void whoeverLostAnAnswerIsToldTheSameAgainAndTheMoneyMovesOnce() throws Exception {
    LostAnswers.Result result = LostAnswers.lose(stage, LOST_ANSWERS);

    assertThat(result.faults()).isEmpty();
    assertThat(result.ways()).as("each way loses some").allMatch(way -> way.lost() > 0);
    assertThat(result.holds(LOST_ANSWERS)).isTrue();
    assertThat(result.holds(result.lost() + 1)).as("fewer were lost than asked for").isFalse();
  }
}
