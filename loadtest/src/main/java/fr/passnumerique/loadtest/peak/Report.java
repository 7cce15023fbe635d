package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** What a run of {@code peak} comes to, in Markdown. */
final class Report {
  private final Conditions conditions;
  private final List<Way> ways;
  private final List<Sample> samples;
  private final Findings findings = new Findings();
  private final Map<String, String> notes = new LinkedHashMap<>();

  /**
   * Under what the figures were taken.
   *
   * @param arguments with which it can be run again
   */
  record Conditions(
      String arguments, Peak.Settings settings, Plan plan, Surroundings surroundings) {}

  /**
   * Asks the ways for their notes; the rest is here.
   *
   * @param samples of the counted rounds
   */
  Report(
      Conditions conditions,
      List<Way> ways,
      List<Sample> samples,
      List<Reconciliation> reconciliations) {
    this.conditions = conditions;
    this.ways = ways;
    this.samples = samples;
    ways.forEach(way -> notes.put(way.name(), way.notes()));
    reconciliations.forEach(findings::reconciled);
    if (conditions.settings().pace() instanceof Pace.Open) {
      ways.forEach(way -> conditions.settings().bounds().check(way.name(), of(way), findings));
    }
  }

  boolean holds() {
    return findings.hold();
  }

  /** Figures, ratios and the check: for a terminal. */
  String summary() {
    StringBuilder text = new StringBuilder();
    figures(text);
    ratios(text);
    costs(text);
    text.append(findings.summary());
    return text.toString();
  }

  /** The same with all that is needed to judge it. */
  String full() {
    StringBuilder text = new StringBuilder();
    text.append("# Peak redemption, %s%n%n".formatted(conditions.surroundings().on()));
    text.append("`%s`%n%n".formatted(conditions.arguments()));
    if (conditions.surroundings().busy()) {
      text.append(
          "**The machine was in use by others when this began: the figures are rough.**\n\n");
    }
    for (Way way : ways) {
      text.append("- **%s**: %s%n".formatted(way.name(), way.description()));
    }
    text.append('\n');
    figures(text);
    ratios(text);
    costs(text);
    text.append(findings.summary());
    how(text);
    Findings.surroundings(text, conditions.surroundings());
    notes.forEach(
        (way, note) -> {
          if (!note.isEmpty()) {
            text.append("\n## Notes on %s%n%n%s".formatted(way, note));
          }
        });
    return text.toString();
  }

  private void figures(StringBuilder text) {
    text.append(
        """
        | way | lines/s acknowledged | lines/s until readable | p50 ms | p99 ms | p99.9 ms | most ms |
        |---|---|---|---|---|---|---|
        """);
    for (Way way : ways) {
      List<Sample> own = of(way);
      Histogram latency = Bounds.latency(own);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
              way.name(),
              Spread.of(own, Sample::acknowledgedRate).text("%.0f"),
              Spread.of(own, Sample::drainedRate).text("%.0f"),
              latency.getValueAtPercentile(50) / 1e6,
              latency.getValueAtPercentile(99) / 1e6,
              latency.getValueAtPercentile(99.9) / 1e6,
              latency.getMaxValue() / 1e6));
    }
    text.append("\nMedian of the rounds (least–most).\n");
    lag(text);
  }

  private void lag(StringBuilder text) {
    if (samples.stream().allMatch(sample -> sample.lag().getTotalCount() == 0)) {
      return;
    }
    text.append(
        """

        | way | lag of projections: p50 ms | p99 ms | most ms | looked at |
        |---|---|---|---|---|
        """);
    for (Way way : ways) {
      Histogram lag = Bounds.lag(of(way));
      if (lag.getTotalCount() > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %d |%n",
                way.name(),
                lag.getValueAtPercentile(50) / 1e6,
                lag.getValueAtPercentile(99) / 1e6,
                lag.getMaxValue() / 1e6,
                lag.getTotalCount()));
      }
    }
  }

  private void costs(StringBuilder text) {
    text.append(
        """

        | way | processor µs/line | of these: clients | application | database | WAL bytes/line |
        |---|---|---|---|---|---|
        """);
    for (Way way : ways) {
      List<Sample> own = of(way);
      text.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  way.name(),
                  perLine(own, cost -> cost.processorNanos() / 1e3).text("%.1f"),
                  perLine(own, cost -> cost.clientNanos() / 1e3).text("%.1f"),
                  perLine(own, cost -> cost.applicationNanos() / 1e3).text("%.1f"),
                  perLine(own, cost -> cost.serverNanos() / 1e3).text("%.1f"),
                  perLine(own, Cost::walBytes).text("%.0f")));
    }
  }

  private static Spread perLine(List<Sample> samples, ToDoubleFunction<Cost> of) {
    return Spread.of(samples, sample -> of.applyAsDouble(sample.cost()) / sample.lines());
  }

  private void ratios(StringBuilder text) {
    Way first = ways.getFirst();
    if (ways.size() < 2 || !(conditions.settings().pace() instanceof Pace.Closed)) {
      return;
    }
    text.append(
        """

        | ratio, round by round | acknowledged | until readable |
        |---|---|---|
        """);
    for (Way way : ways.subList(1, ways.size())) {
      text.append(
          "| %s / %s | %s | %s |%n"
              .formatted(
                  way.name(),
                  first.name(),
                  ratio(way, first, Sample::acknowledgedRate).text("%.2f"),
                  ratio(way, first, Sample::drainedRate).text("%.2f")));
    }
  }

  private Spread ratio(Way way, Way to, ToDoubleFunction<Sample> rate) {
    List<Sample> own = of(way);
    List<Sample> others = of(to);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(rate.applyAsDouble(own.get(i)) / rate.applyAsDouble(others.get(i)));
    }
    return Spread.of(ratios);
  }

  private void how(StringBuilder text) {
    Plan.Size size = conditions.settings().size();
    Shape shape = size.rounds().getLast();
    int rounds = size.rounds().size() - conditions.settings().warmUp();
    text.append(
        """

        ## How it was measured

        %d clients present %d slips of %d lines a round, %d rounds after %d to warm up, which do not count; each round's slips go through every way in turn, on one server, in a database of each way's own. Seed %d. One line in fifty is bad, one slip in a hundred is sent twice, half of these at the same moment by another client. Venues are those of the project's two real lists; %d cheques are in people's hands.

        %s

        Acknowledged: until the last answer. Until readable: until balances and the claim index hold every slip; for the rival both are one. Processor time and write-ahead log are all that is spent during a way's turn, until readable; what runs in the clients' process (for the bus, the node and its projections) is counted under clients. Visits have no limit of cheques: it would cost the rival another table.
        """
            .formatted(
                size.clients(),
                shape.slips(),
                shape.lines().applyAsInt(new Random(conditions.plan().seed())),
                rounds,
                conditions.settings().warmUp(),
                conditions.plan().seed(),
                conditions.plan().batches().stream()
                    .mapToLong(batch -> batch.cheques() - Plan.KEPT_BACK)
                    .sum(),
                switch (conditions.settings().pace()) {
                  case Pace.Closed() ->
                      "Closed loop: each client sends its next request when the last is answered."
                          + " Such latencies tell how long an answer takes at full load; they are"
                          + " not corrected for requests that would have come meanwhile.";
                  case Pace.Open(double slipsPerSecond) ->
                      "Open arrivals: %.1f slips a second are due at fixed times, whatever became of those before, and latency counts from when a request was due. Every 20 ms the age of the oldest slip that some projection does not hold yet is looked at: the lag."
                          .formatted(slipsPerSecond);
                }));
  }

  private List<Sample> of(Way way) {
    return samples.stream().filter(sample -> sample.way().equals(way.name())).toList();
  }
}
