package fr.passnumerique.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.chart.Bars.Kind;
import fr.passnumerique.ui.chart.Bars.Line;
import fr.passnumerique.ui.chart.Bars.Share;
import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.figures.Bar.Part;
import fr.passnumerique.ui.figures.Bar.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Amounts are in cents. */
class BarsTest {
  private record Money(String of, long paid, long owed, long back) {}

  @Test
  void theLargestFillsTheWidthAndTheOthersAreOfItsScale() {
    Bars bars = drawn(new Money("16", 300, 100, 0), new Money("79", 100, 0, 0));

    assertThat(bars.lines())
        .containsExactly(
            new Line(
                "16", 400, Bar.of(400, new Part(Series.PAID, 300), new Part(Series.TO_PAY, 100))),
            new Line("79", 100, Bar.of(400, new Part(Series.PAID, 100))));
  }

  @Test
  void aKindThatNoBarHasIsNotExplained() {
    assertThat(drawn(new Money("16", 0, 100, 0)).kinds())
        .containsExactly(new Kind(Series.TO_PAY, "À payer"));
  }

  @Test
  void whatIsBelowZeroTakesNoPlace() {
    assertThat(drawn(new Money("16", 300, 100, -250)).lines())
        .containsExactly(
            new Line(
                "16", 400, Bar.of(400, new Part(Series.PAID, 300), new Part(Series.TO_PAY, 100))));
  }

  @Test
  void ofNothingThereIsNothingToDraw() {
    assertThat(drawn()).isEqualTo(new Bars(List.of(), List.of()));
    assertThat(drawn(new Money("16", 0, 0, 0)).lines())
        .containsExactly(new Line("16", 0, new Bar(List.of())));
  }

  private static Bars drawn(Money... rows) {
    return Bars.of(
        List.of(rows),
        Money::of,
        new Share<>(Series.PAID, "Payé", Money::paid),
        new Share<>(Series.TO_PAY, "À payer", Money::owed),
        new Share<>(Series.ENDED, "À restituer", Money::back));
  }
}
