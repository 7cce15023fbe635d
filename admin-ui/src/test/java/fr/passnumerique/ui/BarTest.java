package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.ui.Bar.Part;
import fr.passnumerique.ui.Bar.Segment;
import fr.passnumerique.ui.Bar.Series;
import org.junit.jupiter.api.Test;

class BarTest {
  @Test
  void thirdsFillTheBarWithoutAGap() {
    Bar bar =
        Bar.of(3, new Part(Series.PAID, 1), new Part(Series.TO_PAY, 1), new Part(Series.REST, 1));

    assertThat(bar.segments())
        .containsExactly(
            new Segment(Series.PAID, 0, 333),
            new Segment(Series.TO_PAY, 333, 334),
            new Segment(Series.REST, 667, 333));
  }

  @Test
  void nothingOfNothingIsNoBar() {
    assertThat(Bar.of(0, new Part(Series.PAID, 0)).segments()).isEmpty();
  }

  @Test
  void aBreachIsNeverHiddenByWhatOthersHaveLeft() {
    Cover breached = new Cover(CoverRead.State.BREACH, 200, 60, 30, 10, 0, 1);

    assertThat(breached.holds()).isFalse();
    assertThat(breached.badge()).isEqualTo(Badge.bad("Rupture de couverture"));
  }

  @Test
  void whatTheBankHasNotConfirmedIsCoveredAndNotProven() {
    Cover unproven = new Cover(CoverRead.State.UNPROVEN, 200, 60, 30, 10, 5, 0);

    assertThat(unproven.holds()).isTrue();
    assertThat(unproven.commitments()).isEqualTo(105);
    assertThat(unproven.badge()).isEqualTo(Badge.warn("Couvert, non prouvé"));
  }
}
