package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class FactCatalogueOnceTest {
  @Test
  void whoeverAsksIsToldWhyItCannotBeMadeAlsoIfAnotherHasTried() {
    FutureTask<FactCatalogue> failing =
        new FutureTask<>(
            () -> {
              throw new IllegalArgumentException("two types of fact are called slip-judged");
            });
    failing.run();

    for (int time = 1; time <= 2; time++) {
      assertThatIllegalStateException()
          .isThrownBy(() -> ClearingApplication.of(failing))
          .havingCause()
          .withMessage("two types of fact are called slip-judged");
    }
  }

  @Test
  void itIsMadeByWhoeverIsTheFirstToAskAndTheSameForAll() {
    FutureTask<FactCatalogue> facts =
        new FutureTask<>(() -> new FactCatalogue(List.of(), List.of()));

    assertThat(ClearingApplication.of(facts)).isSameAs(ClearingApplication.of(facts));
  }
}
