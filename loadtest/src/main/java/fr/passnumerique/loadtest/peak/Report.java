package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a run of {@code peak} comes to, in Markdown. */
final class Report {
  private static final String NO_TARGET = "–";

  private final Conditions conditions;
  private final List<Way> ways;
  private final Measured measured;
  private final Findings findings = new Findings();
  private final Map<String, String> notes = new LinkedHashMap<>();

  /**
   * Under what the figures were taken.
   *
   * @param arguments with which it can be run again
   * @param diskBefore bytes of each way's tables and indexes before the first slip
   * @param profiles where Java's time went, in Markdown; empty where it was not looked at
   */
  record Conditions(
      String arguments,
      Peak.Settings settings,
      Plan plan,
      Map<String, Long> diskBefore,
      Surroundings surroundings,
      String profiles) {}

  /**
   * Asks the ways for their notes; the rest is here.
   *
   * @param ways the others are compared with those that are written by hand; where there are none,
   *     with the first
   */
  Report(
      Conditions conditions,
      List<Way> ways,
      Measured measured,
      List<Reconciliation> reconciliations) {
    this.conditions = conditions;
    this.ways = ways;
    this.measured = measured;
    ways.forEach(way -> notes.put(way.name(), way.notes()));
    if (measured.has(Part.CLOSED)) {
      ratios();
      rates();
      costs(Part.CLOSED);
    }
    if (measured.has(Part.SAME_RATE)) {
      arrivals(Part.SAME_RATE);
      if (!measured.has(Part.CLOSED)) {
        costs(Part.SAME_RATE);
      }
    }
    if (measured.has(Part.HALF_OF_PEAK)) {
      arrivals(Part.HALF_OF_PEAK);
    }
    reconciliations.forEach(findings::reconciled);
    bounds();
  }

  private void bounds() {
    Bounds bounds = conditions.settings().bounds();
    for (Way way : ways) {
      if (conditions.settings().open()) {
        for (Cell cell : measured.cells(Part.SAME_RATE)) {
          bounds.check(way.name(), of(Part.SAME_RATE, cell, way), findings);
        }
      }
      for (Cell cell : measured.cells(Part.HALF_OF_PEAK)) {
        bounds.checkLag(
            "%s, %s, at half of its peak".formatted(way.name(), cell.told()),
            of(Part.HALF_OF_PEAK, cell, way),
            findings);
      }
    }
    if (isComparedWithHandWritten()) {
      List<String> byHand = byHand().stream().map(Way::name).toList();
      compared().forEach(way -> Target.check(measured, way.name(), byHand, findings));
      if (byHand.size() == 1 && !compared().isEmpty()) {
        findings.line(
            "Of the two ways by hand only %s is in this run: what is said to be reached is reached"
                + " against it, and the other may be the faster one.",
            byHand.getFirst());
      }
    }
  }

  boolean holds() {
    return findings.hold();
  }

  /** Figures, ratios and the check: for a terminal. */
  String summary() {
    return findings.summary();
  }

  /**
   * The same with all that is needed to judge it.
   *
   * @param pictures shown, in Markdown
   */
  String full(String pictures) {
    StringBuilder text = new StringBuilder();
    text.append(
        findings.full(
            "Peak redemption", conditions.arguments(), pictures, how(), conditions.surroundings()));
    notes.forEach(
        (way, note) -> {
          if (!note.isEmpty()) {
            text.append("\n## Notes on %s%n%n%s".formatted(way, note));
          }
        });
    if (isComparedWithHandWritten()) {
      text.append(RivalVariants.told());
    }
    return text.append(conditions.profiles()).toString();
  }

  /** SVG by name. */
  Map<String, String> pictures() {
    return new Pictures(
            ways.stream().map(Way::name).toList(),
            byHand().stream().map(Way::name).toList(),
            measured)
        .all();
  }

  private List<Way> compared() {
    return ways.stream().filter(way -> !rivals().contains(way)).toList();
  }

  private List<Way> rivals() {
    return isComparedWithHandWritten() ? byHand() : List.of(ways.getFirst());
  }

  private List<Way> byHand() {
    return ways.stream().filter(way -> Through.byHand(way.name())).toList();
  }

  /** Else targets say nothing. */
  private boolean isComparedWithHandWritten() {
    return !byHand().isEmpty();
  }

  /** The rival that targets are meant against. */
  private String strongest(Cell cell) {
    return measured.fastest(cell, rivals().stream().map(Way::name).toList());
  }

  private String first() {
    return ways.getFirst().name();
  }

  private void ratios() {
    if (compared().isEmpty()) {
      return;
    }
    findings.table(
        "lines",
        "clients",
        "ratio, round by round",
        "acknowledged",
        "until readable",
        "at least",
        "aim",
        "WAL of a line");
    for (Cell cell : measured.cells(Part.CLOSED)) {
      for (Way way : compared()) {
        for (Way rival : rivals()) {
          Optional<Target> target =
              Target.of(way.name(), cell)
                  .filter(_ -> isComparedWithHandWritten())
                  .filter(_ -> rival.name().equals(strongest(cell)));
          findings.row(
              cell.lines(),
              cell.clients(),
              way.name() + " / " + rival.name(),
              ratio(cell, way, rival, Sample::acknowledgedRate),
              ratio(cell, way, rival, Sample::drainedRate),
              target.map(t -> "%.1f".formatted(t.least())).orElse(NO_TARGET),
              target.map(t -> "%.1f".formatted(t.aim())).orElse(NO_TARGET),
              ratio(cell, way, rival, Sample::walOfALine));
        }
      }
    }
    findings.line(
        "Median of the rounds (least–most). What is to be reached, and aimed at, is meant against"
            + " the fastest that is written by hand, until readable (–: it is not, or nothing is"
            + " meant); of the log, against the one"
            + " that has the least, at most %.1f, aimed at %.1f, with 42 lines and 16 clients.",
        Target.MOST_LOG, Target.LOG_AIM);
  }

  private String ratio(Cell cell, Way way, Way rival, ToDoubleFunction<Sample> figure) {
    return measured.ratio(Part.CLOSED, cell, way.name(), rival.name(), figure).text("%.2f");
  }

  private void rates() {
    findings.table(
        "lines",
        "clients",
        "way",
        "lines/s acknowledged",
        "lines/s until readable",
        "p50 ms",
        "p99 ms",
        "p99.9 ms",
        "most ms");
    rows(Part.CLOSED)
        .forEach(
            row ->
                findings.row(
                    row.with(
                        row.spread(Sample::acknowledgedRate, "%.0f"),
                        row.spread(Sample::drainedRate, "%.0f"),
                        Millis.at(row.latency(), 50),
                        Millis.at(row.latency(), 99),
                        Millis.at(row.latency(), 99.9),
                        Millis.at(row.latency(), 100))));
    findings.line(
        "At full load: each client sends its next request when the last is answered. Such latencies"
            + " tell how long an answer takes then; they are not corrected for requests that would"
            + " have come meanwhile.");
  }

  private void arrivals(Part part) {
    findings.line(
        part == Part.HALF_OF_PEAK
            ? "Slips arrive at half of the rate that each way has taken at full load."
            : conditions.settings().open()
                ? "Slips arrive at the stated rate."
                : "Slips arrive at half of the rate that %s has taken at full load, whichever way they take."
                    .formatted(first()));
    findings.table(
        "lines",
        "clients",
        "way",
        "lines/s due",
        "answered",
        "until readable",
        "p50 ms",
        "p99 ms",
        "p99.9 ms",
        "most ms",
        "lag of projections: p50 ms",
        "p99 ms",
        "most ms");
    rows(part)
        .forEach(
            row -> {
              Histogram lag = Bounds.lag(row.samples());
              findings.row(
                  row.with(
                      "%.0f".formatted(due(part, row)),
                      row.spread(Sample::acknowledgedRate, "%.0f"),
                      row.spread(Sample::drainedRate, "%.0f"),
                      Millis.at(row.latency(), 50),
                      Millis.at(row.latency(), 99),
                      Millis.at(row.latency(), 99.9),
                      Millis.at(row.latency(), 100),
                      Millis.at(lag, 50),
                      Millis.at(lag, 99),
                      Millis.at(lag, 100)));
            });
    if (part == Part.HALF_OF_PEAK) {
      return;
    }
    findings.line(
        "Open arrivals: slips are due at fixed times, whatever became of those before, and latency"
            + " counts from when a request was due, so that no way is spared the requests that come"
            + " while it stalls. Every 20 ms the age of the oldest slip that some projection does"
            + " not hold yet is looked at: the lag.");
  }

  /** Lines a second at which slips were due. */
  private double due(Part part, Row row) {
    Turn turn = new Turn(part, row.cell(), "");
    return switch (conditions.settings().pace(turn, row.way().name(), first(), measured)) {
      case Pace.Open(double slipsPerSecond) -> slipsPerSecond * row.cell().lines();
      case Pace.Closed() -> throw new IllegalStateException(part + " has a rate");
    };
  }

  private void costs(Part part) {
    findings.table(
        "lines",
        "clients",
        "way",
        "processor µs/line",
        "of these: clients",
        "application",
        "database",
        "WAL bytes/line",
        "disk bytes/accepted line",
        "used by others, %");
    rows(part)
        .forEach(
            row ->
                findings.row(
                    row.with(
                        row.perLine(cost -> cost.processorNanos() / 1e3, "%.1f"),
                        row.perLine(cost -> cost.clientNanos() / 1e3, "%.1f"),
                        row.perLine(cost -> cost.applicationNanos() / 1e3, "%.1f"),
                        row.perLine(cost -> cost.serverNanos() / 1e3, "%.1f"),
                        row.spread(Sample::walOfALine, "%.0f"),
                        "%.0f".formatted(Measured.diskOfALine(row.samples())),
                        row.spread(sample -> 100 * sample.usedByOthers(), "%.1f"))));
    findings.line(
        "Used by others: processor time of the whole machine but for ours, as a share of all"
            + " processors; the system's own work for us is among it. Disk: what the way's tables"
            + " and indexes grew by in these rounds. Before the first slip they took, for each"
            + " cheque in people's hands: %s.",
        String.join(
            ", ",
            ways.stream()
                .map(
                    way ->
                        "%s %.0f bytes"
                            .formatted(
                                way.name(),
                                (double) conditions.diskBefore().getOrDefault(way.name(), 0L)
                                    / cheques()))
                .toList()));
  }

  /** A cell and a way, and what was measured of it. */
  private record Row(Cell cell, Way way, List<Sample> samples) {
    Object[] with(Object... figures) {
      return Stream.concat(Stream.of(cell.lines(), cell.clients(), way.name()), Stream.of(figures))
          .toArray();
    }

    Histogram latency() {
      return Bounds.latency(samples);
    }

    String spread(ToDoubleFunction<Sample> figure, String format) {
      return Spread.of(samples, figure).text(format);
    }

    String perLine(ToDoubleFunction<Cost> cost, String format) {
      return spread(sample -> cost.applyAsDouble(sample.cost()) / sample.lines(), format);
    }
  }

  private Stream<Row> rows(Part part) {
    return measured.cells(part).stream()
        .flatMap(cell -> ways.stream().map(way -> new Row(cell, way, of(part, cell, way))))
        .filter(row -> !row.samples().isEmpty());
  }

  private List<Sample> of(Part part, Cell cell, Way way) {
    return measured.of(part, cell, way.name());
  }

  /** In people's hands. */
  private long cheques() {
    return conditions.plan().batches().stream()
        .mapToLong(batch -> batch.cheques() - Plan.KEPT_BACK)
        .sum();
  }

  private String how() {
    StringBuilder text = new StringBuilder();
    for (Way way : ways) {
      text.append("- **%s**: %s%n".formatted(way.name(), way.description()));
    }
    Peak.Settings settings = conditions.settings();
    return text.append(
            """

            %d rounds of each after %d to warm up, which do not count; every round's slips go through every way in turn, each round from another way on, on one server, in a database of each way's own; each number of lines and clients has its turn before any has its next. Slips of a round: %s. Seed %d. One line in fifty is bad, one slip in a hundred is sent twice, half of these at the same moment by another client where there is one. Venues are those of the project's two real lists; %d cheques are in people's hands.

            Acknowledged: until the last answer. Until readable: until balances and the claim index hold every slip; for what is written by hand both are one. Processor time and write-ahead log are all that is spent during a way's turn, until readable; what runs in the clients' process (for the bus, the node and its projections) is counted under clients. Visits have no limit of cheques: it would cost the rival another table.\
            """
                .formatted(
                    settings.rounds(),
                    settings.warmUp(),
                    String.join(
                        ", ",
                        settings.cells().stream()
                            .map(
                                cell ->
                                    "%d of %d lines by %d clients"
                                        .formatted(
                                            settings.slips().applyAsInt(cell),
                                            cell.lines(),
                                            cell.clients()))
                            .toList()),
                    conditions.plan().seed(),
                    cheques()))
        .toString();
  }
}
