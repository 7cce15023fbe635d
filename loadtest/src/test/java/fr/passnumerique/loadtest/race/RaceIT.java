package fr.passnumerique.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    assertThat(result.lost()).isGreaterThanOrEqualTo(LOST_ANSWERS);
  }
}
