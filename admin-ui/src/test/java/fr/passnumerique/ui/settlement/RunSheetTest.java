package fr.passnumerique.ui.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.settlement.RunPage;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRun.Stage;
import fr.passnumerique.clearing.settlement.SettlementRun.State;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSheetTest {
  private static final Actor CLERK = new Actor("c", Role.CLERK, "");
  private static final Actor AUDITOR = new Actor("a", Role.AUDITOR, "");
  private static final Instant AT = Instant.parse("2026-04-02T10:00:00Z");

  private static SettlementRun run(
      Stage stage, List<SettlementRun.Download> downloads, State... transfers) {
    return new SettlementRun(
        "R-1",
        "pass",
        AT,
        LocalDate.parse("2026-04-03"),
        stage,
        Optional.empty(),
        Optional.of("c"),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        IntStream.range(0, transfers.length)
            .mapToObj(
                i ->
                    new SettlementRun.Order(
                        "R-1-" + (i + 1),
                        1_000,
                        0,
                        List.of(),
                        List.of(),
                        transfers[i],
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        List.of("v-1", "v-2"),
        List.of(new SettlementRun.CarriedOver("v-3", 500)),
        List.of(),
        List.of(),
        downloads);
  }

  private static RunSheet sheet(SettlementRun run, Actor reader) {
    return sheet(run, new RunSheet.Shown(0, 100, 0, 100), reader);
  }

  private static RunSheet sheet(SettlementRun run, RunSheet.Shown shown, Actor reader) {
    int waiting =
        (int)
            run.transfers().stream()
                .filter(order -> order.state() == SettlementRun.State.ORDERED)
                .count();
    return RunSheet.of(
        new RunPage(
            run,
            1,
            AT,
            run.transfers().size(),
            waiting,
            new RunPage.InFile(1_000L * waiting, waiting),
            Optional.empty()),
        shown,
        new Names(_ -> Optional.empty(), _ -> Optional.empty(), _ -> List.of()),
        reader);
  }

  private static SettlementRun.Download download(String... leftOut) {
    return new SettlementRun.Download("c", AT, "00", List.of(leftOut));
  }

  /** As a name used before, it would be refused or be the same run again. */
  @Test
  void eachOpeningProposesAnotherName() {
    LocalDate day = LocalDate.parse("2026-12-01");

    assertThat(RunDeeds.proposed(day).get("run"))
        .startsWith("reglement-2026-12-01-")
        .isNotEqualTo(RunDeeds.proposed(day).get("run"));
  }

  @Test
  void aClerkCancelsARunUntilItsFileIsHandedOut() {
    assertThat(sheet(run(Stage.OPENED, List.of(), State.ORDERED), CLERK).cancel())
        .isEqualTo("/reglements/R-1/annulation");
    RunSheet released =
        sheet(run(Stage.RELEASED, List.of(), State.ORDERED, State.CONFIRMED), CLERK);
    assertThat(released.cancel()).isEqualTo("/reglements/R-1/annulation");
    assertThat(sheet(run(Stage.RELEASED, List.of(download()), State.ORDERED), CLERK).cancel())
        .isNull();
    assertThat(sheet(run(Stage.CANCELLED, List.of(), State.CANCELLED), CLERK).cancel()).isNull();
  }

  @Test
  void ofAReleasedRunWithNoTransferThatWaitsNothingIsLeftToCancel() {
    assertThat(sheet(run(Stage.RELEASED, List.of(), State.CONFIRMED), CLERK).cancel()).isNull();
    assertThat(sheet(run(Stage.RELEASED, List.of()), CLERK).cancel()).isNull();
  }

  @Test
  void whoOpenedItIsToldThatAnotherReleasesIt() {
    SettlementRun run = run(Stage.OPENED, List.of(), State.ORDERED);
    RunSheet other = sheet(run, new Actor("c-2", Role.CLERK, ""));

    assertThat(sheet(run, CLERK).release()).isNull();
    assertThat(sheet(run, CLERK).awaitsOther()).isTrue();
    assertThat(other.release()).isEqualTo("/reglements/R-1/liberation");
    assertThat(other.awaitsOther()).isFalse();
    assertThat(sheet(run, AUDITOR).release()).isNull();
  }

  @Test
  void aFileThatOrdersNothingIsNotToBeTaken() {
    assertThat(sheet(run(Stage.RELEASED, List.of(), State.ORDERED), CLERK).file())
        .isEqualTo("/reglements/R-1/fichier");
    assertThat(sheet(run(Stage.RELEASED, List.of(), State.CONFIRMED), CLERK).file()).isNull();
  }

  @Test
  void whatIsCarriedOverGoesOnWhereTheTransfersStay() {
    SettlementRun run = run(Stage.RELEASED, List.of(), State.ORDERED);

    RunSheet first = sheet(run, new RunSheet.Shown(100, 100, 0, 2), CLERK);
    assertThat(first.carried()).extracting(RunSheet.Carried::venue).containsExactly("v-1", "v-2");
    assertThat(first.carriedCount()).isEqualTo(3);
    assertThat(first.nextCarried()).isEqualTo("/reglements/R-1?after=100&reportes=2");
    RunSheet last = sheet(run, new RunSheet.Shown(0, 100, 2, 2), CLERK);
    assertThat(last.carried()).extracting(RunSheet.Carried::venue).containsExactly("v-3");
    assertThat(last.nextCarried()).isNull();
    assertThat(sheet(run, new RunSheet.Shown(0, 100, 9, 2), CLERK).carried()).isEmpty();
  }

  @Test
  void anAuditorCancelsNothing() {
    assertThat(sheet(run(Stage.OPENED, List.of(), State.ORDERED), AUDITOR).cancel()).isNull();
    assertThat(sheet(run(Stage.RELEASED, List.of(), State.ORDERED), AUDITOR).cancel()).isNull();
  }

  @Test
  void whatTheFirstFileLeftOutIsNamedOnceAndOpens() {
    SettlementRun run =
        run(
            Stage.RELEASED,
            List.of(download("R-1-1"), download("R-1-1")),
            State.CONFIRMED,
            State.ORDERED);
    assertThat(sheet(run, AUDITOR).leftOut())
        .containsExactly(new CauseWords("Virement", "R-1-1", "/reglements/R-1/virements/R-1-1"));
    assertThat(sheet(run(Stage.RELEASED, List.of(), State.ORDERED), CLERK).leftOut()).isEmpty();
  }
}
