package fr.passnumerique.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.pages.MiniaturePages;
import fr.passnumerique.loadtest.peak.Bounds;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.MiniaturePeak;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario in miniature, on one server and with one application. What they measure is not
 * looked at: other work runs beside them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenariosIT {
  private static final Bounds ANY = new Bounds(120_000, 120_000);
  private static final Bounds NONE = new Bounds(0, 120_000);
  private static final int LINES = 10;
  private static final List<Through> OURS = List.of(Through.bus, Through.http);

  private static final Hot.Played HOT = new Hot.Played(LINES, 40, 1, 0, OURS, 0);
  private static final Growth.Played GROWTH =
      new Growth.Played(List.of(400L, 1_500L), LINES, 40, 1, List.of(Through.bus), 0);
  private static final HandOuts.Played HAND_OUTS = new HandOuts.Played(40, 0);
  private static final Season.Played SEASON = new Season.Played(530, 4, 0.5, NONE);
  private static final Mixed.Played MIXED = new Mixed.Played(3, new LineRate(200), 10, 12, 20, ANY);

  /** All at once, and so more than are let in at once on however many processors. */
  private static final Overload.Played OVERLOAD =
      new Overload.Played(
          100_000, 60, 600, 40, 1, LINES, new Overload.Kept(120_000, 1_000_000, 0, 1_000_000));

  /** For three seconds: the last of the looks that tell a rise are taken when it is over. */
  private static final Soak.Played SOAK =
      new Soak.Played(3, new LineRate(200), 1, new Soak.Growing(0, 10_000, 10_000, 10_000, -1_000));

  private static final Restart.Played RESTART = new Restart.Played(400, LINES, 1, 600, 20);

  private static final List<Staging.Scenario> SCENARIOS =
      List.of(
          HOT, GROWTH, SEASON, MIXED, MiniaturePages.SCENARIO, OVERLOAD, SOAK, RESTART, HAND_OUTS);

  @TempDir private static Path directory;
  private static Stage stage;

  @BeforeAll
  static void open() throws Exception {
    Path home = Files.createDirectory(directory.resolve("stage")).toRealPath();
    stage =
        MiniaturePeak.open(
            home, SCENARIOS.stream().flatMap(scenario -> scenario.shapes().stream()).toList());
  }

  private static Findings play(Staging.Scenario scenario) throws Exception {
    int from = MiniaturePeak.ROUNDS;
    for (Staging.Scenario before : SCENARIOS.subList(0, SCENARIOS.indexOf(scenario))) {
      from += before.shapes().size();
    }
    return scenario.play(
        stage, stage.plan().rounds().subList(from, from + scenario.shapes().size()));
  }

  @AfterAll
  static void close() {
    if (stage != null) {
      stage.close();
    }
  }

  /** What it tells, which is all within bounds. */
  private static AbstractStringAssert<?> held(Staging.Scenario scenario) throws Exception {
    Findings findings = play(scenario);
    assertThat(findings.hold()).as(findings.summary()).isTrue();
    return assertThat(findings.summary())
        .contains("within bounds", "the sum over all accounts is 0")
        .doesNotContain("OUT OF BOUNDS");
  }

  @Test
  @Order(1)
  void slipsThatArriveAtAStatedRateAreAnsweredAndLagIsLookedAt() throws Exception {
    MiniaturePeak.isAnsweredAndItsLagLookedAt(stage);
  }

  @Test
  @Order(2)
  void oneVenueIsComparedWithAllVenues() throws Exception {
    held(HOT)
        .contains("| bus | spread |", "| bus | of one venue |", "| http | of one venue |")
        .contains("http: one venue / spread, until readable is")
        .contains("10 cheques were wanted by all clients at once")
        .containsPattern("one venue is \\[\\d+], its cheques are of \\[peak-\\d]");
  }

  @Test
  @Order(3)
  void theRateIsMeasuredAtEachSizeOfTheLedger() throws Exception {
    held(GROWTH)
        .containsPattern("\\| bus \\| (39|4[01])\\d \\| \\d+\\.\\d\\d \\(")
        .containsPattern("\\| bus \\| 1[45]\\d\\d \\|")
        .contains("at the last size / at the first");
  }

  @Test
  @Order(4)
  void aYearIsToldWeekByWeekAndWhatIsOutOfBoundsIsSaid() throws Exception {
    Findings findings = play(SEASON);

    assertThat(findings.hold()).as("nothing is answered in no time").isFalse();
    assertThat(findings.summary())
        .contains("| 1 | February |", "| 4 | November |", "1 OUT OF BOUNDS")
        .contains("OUT OF BOUNDS: http: p99 from when a slip was due")
        .contains("the sum over all accounts is 0");
  }

  @Test
  @Order(5)
  void everythingAtOnceIsAnswered() throws Exception {
    held(MIXED)
        .contains("no request failed", "| hand-out | 30 |", "| query: a slip | 6 |")
        .contains("| settlement: released | 1 |", "| rebuild of accounts |", "| slip |");
  }

  @Test
  @Tag("long")
  @Order(6)
  void everyPageOfEveryRoleIsFoundAndRead() throws Exception {
    Findings findings = play(MiniaturePages.SCENARIO);

    assertThat(findings.hold()).as("no page is there in no time").isFalse();
    assertThat(findings.summary())
        .contains("every link leads to a page, and every page was answered each time")
        .contains(
            "| clerk | `/` |",
            "| clerk | `/reglements/mixed-run` |",
            "| auditor | `/projections` |")
        .contains("| funder | `/` |", "| venue | `/bordereaux/nouveau` |", "| prescriber | `/` |")
        .doesNotContain("OUT OF BOUNDS: first byte")
        .contains("OUT OF BOUNDS: whole page of");
  }

  @Test
  @Order(7)
  void whoeverIsRefusedComesAgainUntilEachSlipIsRecordedOnce() throws Exception {
    held(OVERLOAD)
        .containsPattern("\\| at the most, closed loop \\| 4\\d ")
        .containsPattern("\\| accepted, from when the request was due \\| 5\\d\\d ")
        .containsPattern("\\| refused \\(429\\) \\| [1-9]")
        .containsPattern("\\| of both: late when it was sent, by the clients \\| [1-9]")
        .containsPattern("(5\\d\\d) slips of \\1 were taken")
        .contains("every request was answered 200, 201 or 429");
  }

  @Test
  @Order(8)
  void heapFilesAndThreadsAreLookedAtAndWhatRisesIsSaid() throws Exception {
    Findings findings = play(SOAK);

    assertThat(findings.hold()).as("a thousand threads less are never there").isFalse();
    assertThat(findings.summary())
        .contains("| after | heap MB, collected | resident MB | open files | threads |")
        .containsPattern("(\\| \\d+s \\| \\d+\\.\\d \\| [1-9]\\d\\d+ \\| \\d+ \\| \\d+ \\|\n){4,}")
        .containsPattern("\\| resident MB \\| `[▁▂▃▄▅▆▇█]+` \\| [1-9]\\d\\d+\\.\\d \\|")
        .contains("OUT OF BOUNDS: threads: rise over the last two thirds", "1 OUT OF BOUNDS")
        .contains("the sum over all accounts is 0");
  }

  /** It ends the node of this process. */
  @Tag("long")
  @Test
  @Order(9)
  void theTimeToTheFirstAcceptedSlipIsToldInParts() throws Exception {
    held(RESTART)
        .contains(
            "| registers folded and elected, beside Spring |",
            "| the snapshot read, beside Spring |",
            "| **all** |")
        .contains("after a kill, from a snapshot 20 slips behind | ms |")
        .contains("first accepted slip after a kill, 20 slips behind is")
        .containsPattern("Heap of the application after a full collection, MB: [1-9]\\d+\\.\\d")
        .containsPattern("\\| ledger\\.event \\| \\d+\\.\\d \\| [1-9]\\d*\\.\\d \\|");
  }

  /** The last: no node of before is left. */
  @Test
  @Order(10)
  void whatASingleHandOutTakesIsTold() throws Exception {
    held(HAND_OUTS)
        .containsPattern("\\| 36, by 8 clients \\| [1-9]\\d+ \\| [1-9]")
        .containsPattern("\\| 4, by one client \\| [1-9]\\d+ \\| [1-9]")
        // The ledger's own table may have had room for so few.
        .containsPattern("\\| \\*\\*all\\*\\* \\| \\d+\\.\\d \\| [1-9]")
        .contains("40 hand-outs are recorded of 40");
  }
}
