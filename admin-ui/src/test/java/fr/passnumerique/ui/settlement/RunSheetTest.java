package fr.passnumerique.ui.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRun.Stage;
import fr.passnumerique.clearing.settlement.SettlementRun.State;
import fr.passnumerique.ui.words.CauseWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
                        List.of(),
                        List.of(),
                        transfers[i],
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        downloads);
  }

  private static RunSheet sheet(SettlementRun run, Actor reader) {
    return RunSheet.of(
        run, new RecordedFact(1, AT, (Fact) Set::of), venue -> venue, 0, 100, reader);
  }

  private static SettlementRun.Download download(String... leftOut) {
    return new SettlementRun.Download("c", AT, "00", List.of(leftOut));
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
  void theFileOrdersWhatHadNoEndWhenItWasTakenFirst() {
    State[] transfers = {State.CONFIRMED, State.ORDERED, State.ORDERED};
    assertThat(sheet(run(Stage.RELEASED, List.of(), transfers), CLERK).inFile())
        .isEqualTo(new RunSheet.InFile(2_000, 2));
    State[] later = {State.CONFIRMED, State.REJECTED, State.CONFIRMED};
    RunSheet taken = sheet(run(Stage.RELEASED, List.of(download("R-1-1")), later), CLERK);
    assertThat(taken.inFile()).isEqualTo(new RunSheet.InFile(2_000, 2));
    assertThat(taken.file()).isEqualTo("/reglements/R-1/fichier");
    assertThat(sheet(run(Stage.RELEASED, List.of(), State.CONFIRMED), CLERK).file()).isNull();
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
