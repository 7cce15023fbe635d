package fr.passnumerique.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.chart.TileMap.Step;
import fr.passnumerique.ui.chart.TileMap.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TileMapTest {
  @Test
  void everyDepartementHasASquareOfItsOwn() {
    TileMap map = TileMap.of(Map.of());

    assertThat(map.tiles()).hasSize(101);
    assertThat(map.tiles())
        .extracting(tile -> new Departement(tile.departement()))
        .doesNotHaveDuplicates();
    assertThat(map.tiles()).extracting(tile -> tile.x() + "," + tile.y()).doesNotHaveDuplicates();
    assertThat(map.tiles())
        .allSatisfy(
            tile -> {
              assertThat(tile.x() + tile.side()).isLessThan(map.width());
              assertThat(tile.y() + tile.side()).isLessThan(map.height());
              assertThat(tile.step()).isZero();
            });
    assertThat(map.steps()).isEmpty();
  }

  @Test
  void northIsAboveAndWestIsLeft() {
    Map<String, Tile> at =
        TileMap.of(Map.of()).tiles().stream()
            .collect(Collectors.toMap(Tile::departement, Function.identity()));
    for (String pair : List.of("59 75", "75 18", "18 63", "63 34", "2B 2A", "67 68", "50 35")) {
      assertThat(at.get(pair.split(" ")[0]).y()).isLessThan(at.get(pair.split(" ")[1]).y());
    }
    for (String pair : List.of("29 35", "35 75", "75 67", "33 24", "24 38", "64 13", "13 2A")) {
      assertThat(at.get(pair.split(" ")[0]).x()).isLessThan(at.get(pair.split(" ")[1]).x());
    }
  }

  @Test
  void aThirdHasEachColourAndEqualAmountsHaveOne() {
    TileMap map = TileMap.of(Map.of("01", 1L, "02", 2L, "03", 3L, "04", 3L, "05", 5L, "06", 6L));

    assertThat(map.steps())
        .containsExactly(new Step(1, 1, 2), new Step(2, 3, 3), new Step(3, 5, 6));
    assertThat(TileMap.of(Map.of("01", 7L, "02", 7L)).steps()).containsExactly(new Step(1, 7, 7));
    assertThat(TileMap.of(Map.of("01", 7L, "02", 8L)).steps())
        .containsExactly(new Step(1, 7, 7), new Step(2, 8, 8));
  }

  @Test
  void whatHasNoSquareIsToldApart() {
    Map<String, Long> cents = new HashMap<>(Map.of("16", 10L, "988", 32L));

    assertThat(TileMap.of(cents).elsewhereCents()).isEqualTo(32);
  }

  @Test
  void noStepIsOfAnAmountThatNoTileShows() {
    assertThat(TileMap.of(Map.of("16", 100L, "17", 200L, "988", 300L)).steps())
        .containsExactly(new Step(1, 100, 100), new Step(2, 200, 200));
  }

  /** By the formula of WCAG 2: neighbours 3 to 1, words 4.5 to 1. */
  @Test
  void coloursAreToldApartAndWordsOnThemAreRead() throws IOException {
    String css =
        new String(
            Objects.requireNonNull(TileMapTest.class.getResourceAsStream("/static/css/pass.css"))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    double[] tiles = new double[4];
    for (int step = 0; step < 4; step++) {
      tiles[step] = luminance(css, "--tile-" + step);
      assertThat(contrast(tiles[step], luminance(css, "--on-tile-" + step)))
          .as("words on step %d", step)
          .isGreaterThanOrEqualTo(4.5);
    }
    for (int step = 1; step < 3; step++) {
      assertThat(contrast(tiles[step], tiles[step + 1])).isGreaterThanOrEqualTo(3);
    }
    double frame = luminance(css, "--tile-frame");
    assertThat(contrast(tiles[0], frame)).isGreaterThanOrEqualTo(3);
    assertThat(contrast(tiles[1], frame)).isGreaterThanOrEqualTo(3);
    assertThat(contrast(luminance(css, "--band-edge"), luminance(css, "--card")))
        .isGreaterThanOrEqualTo(3);
    assertThat(contrast(luminance(css, "--band-edge"), luminance(css, "--band")))
        .isGreaterThanOrEqualTo(3);
    assertThat(contrast(luminance(css, "--ink"), luminance(css, "--band")))
        .isGreaterThanOrEqualTo(4.5);
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  private static double luminance(String css, String name) {
    Matcher found = Pattern.compile(name + ": #([0-9a-f]{6});").matcher(css);
    assertThat(found.find()).as(name).isTrue();
    int rgb = Integer.parseInt(found.group(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double of = (channel & 0xff) / 255.0;
    return of <= 0.03928 ? of / 12.92 : Math.pow((of + 0.055) / 1.055, 2.4);
  }
}
