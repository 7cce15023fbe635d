package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import java.util.List;
import java.util.Optional;

/**
 * What is to be reached, as a ratio to the fastest that is written by hand in one run on two
 * processors.
 *
 * @param least the rate until readable is to be so many times that one's
 * @param aim what it is meant to be one day
 */
record Target(String way, Cell cell, double least, double aim) {
  /** Write-ahead log of a line, at most so much of that by hand which has the least. */
  static final double MOST_LOG = 0.6;

  static final double LOG_AIM = 0.3;

  /** Where slips are as venues send them, and as many clients as the peak has. */
  private static final Cell USUAL = new Cell(16, 42);

  private static final List<Target> ALL =
      List.of(
          new Target("bus", USUAL, 3, 6),
          new Target("bus", new Cell(1, 42), 2, 4),
          new Target("bus", new Cell(16, 1), 1.2, 3),
          new Target("bus", new Cell(16, 500), 4, 10),
          new Target("http", USUAL, 1.2, 3));

  static Optional<Target> of(String way, Cell cell) {
    return ALL.stream()
        .filter(target -> target.way.equals(way) && target.cell.equals(cell))
        .findFirst();
  }

  /**
   * Holds the medians against the targets.
   *
   * @param byHand ways: the fastest of them and the one with the least log need not be the same
   */
  static void check(Measured measured, String way, List<String> byHand, Findings findings) {
    for (Cell cell : measured.cells(Part.CLOSED)) {
      String rival = measured.fastest(cell, byHand);
      of(way, cell)
          .ifPresent(
              target ->
                  findings.atLeast(
                      "%s / %s, %s, until readable".formatted(way, rival, cell.told()),
                      measured.ratio(Part.CLOSED, cell, way, rival, Sample::drainedRate).median(),
                      target.least(),
                      ""));
      if (cell.equals(USUAL)) {
        String leanest = measured.leanest(cell, byHand);
        findings.atMost(
            "%s / %s, %s, WAL of a line".formatted(way, leanest, cell.told()),
            measured.ratio(Part.CLOSED, cell, way, leanest, Sample::walOfALine).median(),
            MOST_LOG,
            "");
      }
    }
  }
}
