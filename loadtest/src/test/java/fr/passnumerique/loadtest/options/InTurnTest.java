package fr.passnumerique.loadtest.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private static List<String> round(long seed, int number) {
    return IntStream.range(3 * number, 3 * number + 3)
        .mapToObj(at -> InTurn.at(List.of("a", "b", "c"), seed, at))
        .toList();
  }

  @Test
  void eachRoundHasAllOfThemInAnOrderThatTheSeedChooses() {
    assertThat(IntStream.range(0, 20).mapToObj(number -> round(1, number)))
        .allSatisfy(round -> assertThat(round).containsExactlyInAnyOrder("a", "b", "c"))
        .anySatisfy(round -> assertThat(round).isNotEqualTo(round(1, 0)));
    assertThat(round(1, 7)).isEqualTo(round(1, 7));
  }
}
