package fr.passnumerique.ui.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRun.NetState;
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
    return run(stage, downloads, List.of(), transfers);
  }

  private static SettlementRun run(
      Stage stage,
      List<SettlementRun.Download> downloads,
      List<SettlementRun.Net> nettings,
      State... transfers) {
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
        nettings,
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
    assertThat(released.againCents()).isEqualTo(1_000);
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
  void whatIsNettedWithATransferThatWaitsWouldBeOwedAgainAsWell() {
    List<SettlementRun.Net> nettings =
        List.of(
            netting("R-1-1", NetState.NETTED, 1),
            netting("R-1-2", NetState.NETTED, 20),
            netting("R-1-3", NetState.UNDONE, 300),
            netting("", NetState.NETTED, 4_000));
    State[] transfers = {State.ORDERED, State.CONFIRMED, State.ORDERED};

    assertThat(sheet(run(Stage.RELEASED, List.of(), nettings, transfers), CLERK).againCents())
        .isEqualTo(2_001);
  }

  @Test
  void soWouldWhateverAnOpenRunIsToNet() {
    List<SettlementRun.Net> nettings =
        List.of(netting("R-1-1", NetState.PLANNED, 1), netting("", NetState.PLANNED, 20));

    assertThat(sheet(run(Stage.OPENED, List.of(), nettings, State.ORDERED), CLERK).againCents())
        .isEqualTo(1_021);
  }

  private static SettlementRun.Net netting(String transfer, NetState state, long cents) {
    return new SettlementRun.Net(
        "v", Optional.of(transfer).filter(t -> !t.isEmpty()), state, cents, 1, List.of());
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
