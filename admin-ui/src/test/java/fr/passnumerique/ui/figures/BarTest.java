package fr.passnumerique.ui.figures;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.figures.Bar.Part;
import fr.passnumerique.ui.figures.Bar.Segment;
import fr.passnumerique.ui.figures.Bar.Series;
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
}
