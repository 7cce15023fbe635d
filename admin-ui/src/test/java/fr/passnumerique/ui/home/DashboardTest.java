package fr.passnumerique.ui.home;

import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.cover.CoverRead.State;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.accounts.Balances.OfDepartement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final Cover COVER = new Cover(State.UNPROVEN, 0, 0, 0, 0, 0, 0);

  @Test
  void theTenHighestOfATableAreShownAndItsPageHoldsAll() {
    Balances read = accepted(11);
    Dashboard all = Dashboard.of(read, COVER, NOW, null);

    assertThat(all.spending()).hasSize(11);
    assertThat(all.first(all.spending()))
        .hasSize(10)
        .isSortedAccordingTo((one, other) -> Long.compare(other.accepted(), one.accepted()))
        .noneMatch(row -> row.accepted() == 1);
    assertThat(all.spendingDrawn().lines()).hasSize(10);
    assertThat(all.whole("SPENDING")).isEqualTo("/soldes/departements-de-depense?" + NOW.query());

    Dashboard ten = Dashboard.of(accepted(10), COVER, NOW, null);
    assertThat(ten.first(ten.spending())).isEqualTo(ten.spending());
  }

  @Test
  void aFunderSeesAllRowsOfItsOwn() {
    Dashboard own = Dashboard.of(accepted(11), COVER, NOW, "d16");

    assertThat(own.first(own.spending())).hasSize(11);
  }

  /** Département {@code 10 + n} has accepted n cents. */
  private static Balances accepted(int departements) {
    return new Balances(
        NOW.position(),
        NOW.recordedAt(),
        null,
        NOW.position(),
        null,
        amounts(0),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        IntStream.rangeClosed(1, departements)
            .mapToObj(n -> new OfDepartement(String.valueOf(10 + n), amounts(n)))
            .toList(),
        null,
        null);
  }

  private static Amounts amounts(long accepted) {
    return new Amounts(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        accepted, null, 0, 0, 0, 0);
  }
}
