package fr.passnumerique.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.chart.Path.Stop;
import fr.passnumerique.ui.chart.Sankey.Band;
import fr.passnumerique.ui.chart.Sankey.Node;
import fr.passnumerique.ui.chart.Sankey.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of any amounts: what goes in comes out, and nothing lies on anything else. */
class SankeyTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private static List<Path> random(Random random) {
    int departements = 1 + random.nextInt(6);
    int venues = 1 + random.nextInt(9);
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(30); i++) {
      paths.add(
          path(
              "f" + random.nextInt(2),
              "d" + random.nextInt(departements),
              "v" + random.nextInt(venues),
              1 + (long) Math.pow(10, random.nextInt(9)) * random.nextInt(1, 9)));
    }
    return paths;
  }

  private static Path path(String funder, String departement, String venue, long cents) {
    return new Path(
        List.of(
            new Stop(funder, funder), new Stop(departement, departement), new Stop(venue, venue)),
        cents);
  }

  @Test
  void everyNodeIsFilledToTheUnitOnBothSides() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      List<Path> paths = random(random);
      for (Shape shape : List.of(Shape.WIDE, Shape.NARROW)) {
        Sankey drawn = Sankey.of(paths, shape);
        Map<Node, Integer> out = new HashMap<>();
        Map<Node, Integer> in = new HashMap<>();
        for (Band band : drawn.bands()) {
          assertThat(band.fromY()).isEqualTo(band.from().y() + out.getOrDefault(band.from(), 0));
          out.merge(band.from(), band.fromHeight(), Integer::sum);
          in.merge(band.to(), band.toHeight(), Integer::sum);
        }
        for (int column = 0; column < 3; column++) {
          List<Node> nodes = drawn.columns().get(column);
          assertThat(nodes.stream().mapToInt(Node::height).sum())
              .as("column %d, seed %d", column, SEED)
              .isEqualTo(shape.flow());
          assertThat(nodes.stream().mapToLong(Node::cents).sum())
              .isEqualTo(paths.stream().mapToLong(Path::cents).sum());
          for (Node node : nodes) {
            if (column < 2) {
              assertThat(out.getOrDefault(node, 0)).as("seed %d", SEED).isEqualTo(node.height());
            }
            if (column > 0) {
              assertThat(in.getOrDefault(node, 0)).as("seed %d", SEED).isEqualTo(node.height());
            }
          }
        }
      }
    }
  }

  @Test
  void betweenTwoNodesThereIsRoomForTheirNumbersAndNoneLeavesTheDrawing() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      Sankey drawn = Sankey.of(random(random), Shape.NARROW);
      assertThat(drawn.columns().stream().flatMap(List::stream).map(Node::number))
          .as("column by column")
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, drawn.columns().stream().mapToInt(List::size).sum())
                  .boxed()
                  .toList());
      for (List<Node> nodes : drawn.columns()) {
        for (int i = 0; i < nodes.size(); i++) {
          Node node = nodes.get(i);
          assertThat(node.middleY()).as("a number fits on it").isGreaterThanOrEqualTo(10);
          assertThat(node.middleX()).isBetween(10, drawn.width() - 10);
          assertThat(node.y() + node.height()).isLessThan(drawn.height());
          assertThat(node.x() + node.width()).isLessThanOrEqualTo(drawn.width());
          if (i > 0) {
            Node above = nodes.get(i - 1);
            assertThat(node.y() - above.y() - above.height())
                .as("seed %d", SEED)
                .isEqualTo(Shape.NARROW.gap());
          }
        }
      }
    }
  }

  @Test
  void whatNeedNotCrossDoesNotCross() {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      // Venues are named against the order of their départements.
      paths.add(path("f", "d" + i / 5, "v" + (99 - i), 100 - i));
    }
    Collections.shuffle(paths, new Random(SEED));

    assertThat(crossings(Sankey.of(paths, Shape.WIDE))).as("seed %d", SEED).isZero();
  }

  @Test
  void itCrossesFarLessThanAnOrderByName() {
    Random random = new Random(SEED);
    long drawn = 0;
    long byName = 0;
    for (int round = 0; round < 300; round++) {
      Sankey one = Sankey.of(random(random), Shape.WIDE);
      drawn += crossings(one);
      byName += crossingsByName(one);
    }
    assertThat(drawn).as("seed %d", SEED).isLessThan(byName * 3 / 4);
  }

  private static long crossings(Sankey drawn) {
    long crossings = 0;
    for (Band one : drawn.bands()) {
      for (Band other : drawn.bands()) {
        if (one.from().x() == other.from().x()
            && one.from().y() < other.from().y()
            && one.to().y() > other.to().y()) {
          crossings++;
        }
      }
    }
    return crossings;
  }

  private static long crossingsByName(Sankey drawn) {
    long crossings = 0;
    for (Band one : drawn.bands()) {
      for (Band other : drawn.bands()) {
        if (one.from().x() == other.from().x()
            && one.from().stop().id().compareTo(other.from().stop().id()) < 0
            && one.to().stop().id().compareTo(other.to().stop().id()) > 0) {
          crossings++;
        }
      }
    }
    return crossings;
  }

  @Test
  void theSmallAreOneAndNoCentIsLost() {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      paths.add(path("f", "d", "v" + i, 10 + i));
    }

    List<Path> few = Path.few(paths, 2, 4, n -> "autres lieux (" + n + ")");
    Sankey drawn = Sankey.of(few, Shape.WIDE);

    assertThat(drawn.columns().get(2))
        .extracting(node -> node.stop().label() + " " + node.cents())
        .containsExactly("v9 19", "v8 18", "v7 17", "autres lieux (7) 91");
    assertThat(Path.few(paths, 2, 10, n -> "")).isEqualTo(paths);
  }

  @Test
  void nothingIsNoDrawing() {
    assertThat(Sankey.of(List.of(), Shape.WIDE).bands()).isEmpty();
  }
}
