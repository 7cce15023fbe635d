package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlotTest {
  @Test
  void eachSeriesHasAColourOfItsOwnOnAWhiteGroundAndWhatIsMissingIsLeftOut() {
    String svg =
        new Plot("rate", "lines", "lines/s", Plot.Scale.LOGARITHMIC, false, List.of("1", "42"))
            .with("rival", List.of(1_000.0, 70_000.0))
            .with("at least", List.of(Double.NaN, 80_000.0))
            .svg();

    assertThat(svg)
        .contains("<svg", "rgb(255,255,255)", "rgb(213,94,0)", "rgb(0,114,178)")
        .doesNotContain("NaN", "Infinity");
  }
}
