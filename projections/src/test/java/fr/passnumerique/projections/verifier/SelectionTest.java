package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final List<Long> AMOUNTS = List.of(300L, -100L, 300L, 50L);

  @Test
  void someOfTheGivenNumberComeToTheSum() {
    assertThat(Selection.mayComeTo(AMOUNTS, 0, 0)).isTrue();
    assertThat(Selection.mayComeTo(AMOUNTS, 1, -100)).isTrue();
    assertThat(Selection.mayComeTo(AMOUNTS, 2, 600)).isTrue();
    assertThat(Selection.mayComeTo(AMOUNTS, 3, 250)).isTrue();
    assertThat(Selection.mayComeTo(AMOUNTS, 4, 550)).isTrue();
  }

  @Test
  void noneDo() {
    assertThat(Selection.mayComeTo(AMOUNTS, 1, 600)).isFalse();
    assertThat(Selection.mayComeTo(AMOUNTS, 2, 100)).isFalse();
    assertThat(Selection.mayComeTo(AMOUNTS, 3, 300)).isFalse();
    assertThat(Selection.mayComeTo(AMOUNTS, 4, 551)).isFalse();
    assertThat(Selection.mayComeTo(AMOUNTS, 5, 550)).isFalse();
    assertThat(Selection.mayComeTo(AMOUNTS, -1, 0)).isFalse();
    assertThat(Selection.mayComeTo(List.of(), 0, 1)).isFalse();
  }

  /** Only what is certain is said of them. */
  @Test
  void ofManyItIsNotSaidThatNoneDo() {
    List<Long> many = LongStream.range(0, 400).map(i -> 2 * i * i * i * i).boxed().toList();
    assertThat(Selection.mayComeTo(many, 3, 1)).isTrue();
    assertThat(Selection.mayComeTo(many, 3, -1)).isFalse();
    assertThat(Selection.mayComeTo(many, 401, 1)).isFalse();
    assertThat(Selection.mayComeTo(many, 1, 1)).isFalse();
  }
}
