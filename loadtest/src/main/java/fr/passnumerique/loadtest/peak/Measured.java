package fr.passnumerique.loadtest.peak;

import static java.util.Comparator.comparingDouble;

import fr.passnumerique.loadtest.peak.Load.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was measured, turn by turn. */
final class Measured {
  private final List<One> all = new ArrayList<>();

  /** For what a round's figures count. */
  enum Part {
    /** For nothing: Java compiles what it runs often. */
    WARM_UP,
    /** Each client sends when its last request is answered. */
    CLOSED,
    /** Slips arrive at a rate that is the same for every way. */
    SAME_RATE,
    /** Slips arrive at half of what the way took at most. */
    HALF_OF_PEAK
  }

  /** One round: whichever way it is presented through. */
  record Turn(Part part, Cell cell, String name) {
    /** For who watches. */
    String named() {
      return "%-9s %3d lines, %2d clients".formatted(name, cell.lines(), cell.clients());
    }
  }

  private record One(Turn turn, Sample sample) {}

  void add(Turn turn, Sample sample) {
    all.add(new One(turn, sample));
  }

  /** In the order in which they were taken. */
  List<Sample> of(Part part, Cell cell, String way) {
    return all.stream()
        .filter(one -> one.turn().part() == part && one.turn().cell().equals(cell))
        .map(One::sample)
        .filter(sample -> sample.way().equals(way))
        .toList();
  }

  boolean has(Part part) {
    return all.stream().anyMatch(one -> one.turn().part() == part);
  }

  /** Cells of which there is something. */
  List<Cell> cells(Part part) {
    return all.stream()
        .map(One::turn)
        .filter(turn -> turn.part() == part)
        .map(Turn::cell)
        .distinct()
        .toList();
  }

  /** Lines a second at full load, until acknowledged. */
  double peak(Cell cell, String way) {
    return median(cell, way, Sample::acknowledgedRate);
  }

  /** The one that is readable fastest: with one client it need not be that of sixteen. */
  String fastest(Cell cell, List<String> ways) {
    return ways.stream()
        .max(comparingDouble(way -> median(cell, way, Sample::drainedRate)))
        .orElseThrow();
  }

  /** The one with the least write-ahead log of a line. */
  String leanest(Cell cell, List<String> ways) {
    return ways.stream()
        .min(comparingDouble(way -> median(cell, way, Sample::walOfALine)))
        .orElseThrow();
  }

  /** Of a figure at full load. */
  double median(Cell cell, String way, ToDoubleFunction<Sample> figure) {
    return Spread.of(of(Part.CLOSED, cell, way), figure).median();
  }

  /**
   * What tables and indexes grew by for each accepted line of some rounds together: a table grows
   * by many pages at once.
   */
  static double diskOfALine(List<Sample> samples) {
    return (double) samples.stream().mapToLong(sample -> sample.cost().diskBytes()).sum()
        / samples.stream().mapToLong(Sample::accepted).sum();
  }

  /** A figure of one way, divided by that of another, round by round. */
  Spread ratio(Part part, Cell cell, String way, String to, ToDoubleFunction<Sample> figure) {
    List<Sample> own = of(part, cell, way);
    List<Sample> others = of(part, cell, to);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(others.get(i)));
    }
    return Spread.of(ratios);
  }
}
