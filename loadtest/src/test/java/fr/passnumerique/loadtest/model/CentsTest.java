package fr.passnumerique.loadtest.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CentsTest {
  @Test
  void nobodyIsEverACentAwayFromItsExactShare() {
    for (List<Integer> key :
        List.of(
            List.of(10_000),
            List.of(5_714, 4_286),
            List.of(1, 1, 1, 1, 1, 1, 9_994),
            List.of(12, 17, 19, 1, 10, 27, 9_914))) {
      Cents cents = new Cents(key);
      long[] held = new long[key.size()];
      for (int cent = 0; cent < 20_000; cent++) {
        held[cents.owner(cent)]++;
        for (int place = 0; place < held.length; place++) {
          long off = Math.abs(held[place] * 10_000 - (long) key.get(place) * (cent + 1));
          assertThat(off)
              .as("funder %d of %s after %d cents", place, key, cent + 1)
              .isLessThan(10_000);
        }
      }
    }
  }

  @Test
  void halvesTakeTurns() {
    Cents cents = new Cents(List.of(5_000, 5_000));
    assertThat(IntStream.range(0, 6).map(cents::owner)).containsExactly(0, 1, 0, 1, 0, 1);
  }
}
