package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Stage.Through;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small peak at a stated rate, on the stage of the scenarios that are played after it: a server
 * and an application of its own would take longer than it does.
 */
public final class MiniaturePeak {
  private static final Peak.Settings SETTINGS =
      new Peak.Settings(
          List.of(new Cell(8, 10)), _ -> 40, 1, 1, 0, 400, new Bounds(120_000, 120_000));

  /** So many of the stage's rounds, the first ones, are its own. */
  public static final int ROUNDS = SETTINGS.size().rounds().size();

  private MiniaturePeak() {}

  /**
   * @param home an empty directory, deleted in the end
   * @param after what is played after it
   */
  public static Stage open(Path home, List<Shape> after) throws Exception {
    List<Shape> shapes = new ArrayList<>(SETTINGS.size().rounds());
    shapes.addAll(after);
    return Stage.open(
        home,
        1,
        new Plan.Size(SETTINGS.clients(), shapes),
        List.of(Through.bus, Through.http),
        Rival.strongest(),
        Map.of(),
        (format, values) -> {});
  }

  /** Through both ways of the stage: the lag of projections in this process and in another. */
  public static void isAnsweredAndItsLagLookedAt(Stage stage) throws Exception {
    Report report =
        Peak.play(
            stage, SETTINGS, stage.plan().rounds().subList(0, ROUNDS), "peak", Profiles.none());

    assertThat(report.holds()).as(report.summary()).isTrue();
    assertThat(report.full(""))
        .contains("| lag of projections: p50 ms |", "| 10 | 8 | http | 400 |")
        .contains("http: p99 from when a slip was due is", "http: longest lag of a projection is");
  }
}
