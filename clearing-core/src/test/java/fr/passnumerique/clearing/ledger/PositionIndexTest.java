package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionIndexTest {
  private final PositionIndex index = new PositionIndex();

  @Test
  void everyKeyIsFoundAtItsPositionHoweverManyThereAre() {
    for (int i = 1; i <= 50_000; i++) {
      index.put("hand-out:ccas/" + i, i);
    }
    for (int i = 1; i <= 50_000; i++) {
      assertThat(index.position("hand-out:ccas/" + i)).isEqualTo(i);
    }
    assertThat(index.position("hand-out:ccas/0")).isZero();
  }

  @Test
  void aKeyHasOnePosition() {
    index.put("hand-out:ccas/1", 7);

    assertThatThrownBy(() -> index.put("hand-out:ccas/1", 8)).hasMessageContaining("7 and 8");
  }
}
