package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a page says where two people decide about a projection. */
class DecisionRefusalsTest {
  private static final Problem NOT_NOW =
      Problem.notNow("TOO_BUSY", "too many requests", Duration.ofSeconds(1));
  private static final Problem SAME_PERSON =
      new Problem(422, "SECOND_PERSON_NEEDED", "clerk-1 proposed it", "ask another clerk");

  @Test
  void aRefusalOfTheDecisionIsToldInFrench() {
    assertThat(Acceptance.refused(SAME_PERSON).title())
        .isEqualTo(FactAside.refused(SAME_PERSON).title());
    assertThat(Acceptance.refused(SAME_PERSON).title()).contains("une autre personne");
  }

  @Test
  void whatIsNoRefusalOfItIsLeftToThePageOfErrors() {
    assertThatThrownBy(() -> Acceptance.refused(NOT_NOW)).isSameAs(NOT_NOW);
    assertThatThrownBy(() -> FactAside.refused(NOT_NOW)).isSameAs(NOT_NOW);
  }
}
