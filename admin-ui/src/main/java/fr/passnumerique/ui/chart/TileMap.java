package fr.passnumerique.ui.chart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The départements as squares of one size, each about where it lies: a small one with much is seen,
 * and a large one with little does not look like more.
 *
 * @param tiles all 101, in order of their codes
 * @param steps of colour that occur, the lowest first
 * @param elsewhereCents of collectivities that have no square here
 */
public record TileMap(List<Tile> tiles, List<Step> steps, long elsewhereCents) {
  private static final int SIDE = 44;
  private static final int STEPS = 3;
  private static final List<Square> SQUARES = squares();

  /**
   * @param step 0 for nothing, then 1 to 3
   */
  public record Tile(String departement, int x, int y, long cents, int step) {
    public int side() {
      return SIDE - 4;
    }

    public int middle() {
      return x + side() / 2;
    }

    public int baseline() {
      return y + side() / 2 + 7;
    }
  }

  /**
   * @param from the lowest amount that has it, in cents
   * @param to the highest
   */
  public record Step(int number, long from, long to) {}

  private record Square(String departement, int row, int column) {}

  /**
   * Steps are thirds by rank of those that have something: as many départements in each, as far as
   * equal amounts have one colour.
   *
   * @param cents by INSEE code; those that are left out or not above zero have nothing
   */
  public static TileMap of(Map<String, Long> cents) {
    // Not those elsewhere: a step of the legend that no tile has would explain nothing.
    long[] amounts =
        SQUARES.stream()
            .mapToLong(square -> cents.getOrDefault(square.departement(), 0L))
            .filter(c -> c > 0)
            .sorted()
            .toArray();
    List<Tile> tiles = new ArrayList<>();
    long elsewhere = cents.values().stream().mapToLong(Long::longValue).sum();
    for (Square square : SQUARES) {
      long own = cents.getOrDefault(square.departement(), 0L);
      elsewhere -= own;
      tiles.add(
          new Tile(
              square.departement(),
              square.column() * SIDE + 2,
              square.row() * SIDE + 2,
              own,
              step(own, amounts)));
    }
    List<Step> steps = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      int number = step;
      long[] within = Arrays.stream(amounts).filter(c -> step(c, amounts) == number).toArray();
      if (within.length > 0) {
        steps.add(new Step(number, within[0], within[within.length - 1]));
      }
    }
    return new TileMap(List.copyOf(tiles), List.copyOf(steps), elsewhere);
  }

  private static int step(long cents, long[] amounts) {
    if (cents <= 0) {
      return 0;
    }
    for (int step = 1; step < STEPS; step++) {
      if (cents <= amounts[Math.ceilDiv(amounts.length * step, STEPS) - 1]) {
        return step;
      }
    }
    return STEPS;
  }

  public int width() {
    return SIDE * (1 + SQUARES.stream().mapToInt(Square::column).max().orElse(0));
  }

  public int height() {
    return SIDE * (1 + SQUARES.stream().mapToInt(Square::row).max().orElse(0));
  }

  private static List<Square> squares() {
    try (InputStream file =
            Objects.requireNonNull(TileMap.class.getResourceAsStream("departements.csv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(","))
          .map(of -> new Square(of[0], Integer.parseInt(of[1]), Integer.parseInt(of[2])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
