package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.ResolvableType;

class ClearingApplicationTest {
  @Test
  void whoeverAsksIsToldWhyTheFactsCannotBeMadeAlsoIfAnotherHasTried() {
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
  void theCatalogueOfFactsIsMadeByWhoeverIsTheFirstToAskAndTheSameForAll() {
    FutureTask<FactCatalogue> facts =
        new FutureTask<>(() -> new FactCatalogue(List.of(), List.of()));

    assertThat(ClearingApplication.of(facts)).isSameAs(ClearingApplication.of(facts));
  }

  /** One that says nothing of its event is called with each, also with that of each request. */
  @Test
  void everyListenerSaysOfWhichEventItIsTold() {
    assertThat(ClearingApplication.application().getListeners())
        .isNotEmpty()
        .allMatch(
            listener ->
                listener instanceof SmartApplicationListener
                    || ResolvableType.forInstance(listener)
                            .as(ApplicationListener.class)
                            .getGeneric()
                            .resolve(ApplicationEvent.class)
                        != ApplicationEvent.class);
  }
}
