package fr.passnumerique.clearing.bookkeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StagesTest {
  private record Novelty() implements Fact {
    @Override
    public Set<String> tags() {
      return Set.of("novelty:1");
    }
  }

  @Test
  void aTypeThatNoTableKnowsIsRefusedByName() {
    assertThatThrownBy(() -> Stages.of(new Novelty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Novelty");
  }

  @Test
  void whatMovesNothingPassesNoStage() {
    assertThat(Stages.of(new DayOpened(LocalDate.of(2026, 3, 29)))).isEmpty();
  }
}
