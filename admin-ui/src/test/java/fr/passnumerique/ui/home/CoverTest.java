package fr.passnumerique.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.ui.words.Badge;
import org.junit.jupiter.api.Test;

class CoverTest {
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
