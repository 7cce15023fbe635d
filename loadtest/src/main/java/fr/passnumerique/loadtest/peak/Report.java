package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.loadtest.peak.Load.Sample;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** What a run of {@code peak} comes to, in Markdown. */
final class Report {
  private final Conditions conditions;
  private final List<Way> ways;
  private final List<Sample> samples;
  private final List<Reconciliation> reconciliations;
  private final Map<String, String> notes = new LinkedHashMap<>();

  /**
   * Under what the figures were taken.
   *
   * @param arguments with which it can be run again
   * @param warmUp how many of the size's rounds do not count
   * @param pace of the requests
   * @param machine before the first of them
   * @param settings of the server
   */
  record Conditions(
      LocalDate on,
      String arguments,
      Plan.Size size,
      int warmUp,
      Pace pace,
      Plan plan,
      Map<String, String> machine,
      boolean busy,
      Map<String, String> settings) {}

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
    this.reconciliations = reconciliations;
    ways.forEach(way -> notes.put(way.name(), way.notes()));
  }

  boolean holds() {
    return reconciliations.stream().allMatch(Reconciliation::holds);
  }

  /** Figures, ratios and the check: for a terminal. */
  String summary() {
    StringBuilder text = new StringBuilder();
    figures(text);
    ratios(text);
    costs(text);
    check(text);
    return text.toString();
  }

  /** The same with all that is needed to judge it. */
  String full() {
    StringBuilder text = new StringBuilder();
    text.append("# Peak redemption, %s%n%n".formatted(conditions.on()));
    text.append("`%s`%n%n".formatted(conditions.arguments()));
    if (conditions.busy()) {
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
    check(text);
    how(text);
    text.append("\n## Machine\n\n");
    table(text, conditions.machine());
    text.append("\n## Server\n\n");
    table(text, conditions.settings());
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
      Histogram latency = new Histogram(3);
      own.forEach(sample -> latency.add(sample.latency()));
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
              way.name(),
              spread(own, Sample::acknowledgedRate).text("%.0f"),
              spread(own, Sample::drainedRate).text("%.0f"),
              latency.getValueAtPercentile(50) / 1e6,
              latency.getValueAtPercentile(99) / 1e6,
              latency.getValueAtPercentile(99.9) / 1e6,
              latency.getMaxValue() / 1e6));
    }
    text.append("\nMedian of the rounds (least–most).\n");
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
    return spread(samples, sample -> of.applyAsDouble(sample.cost()) / sample.lines());
  }

  private void ratios(StringBuilder text) {
    Way first = ways.getFirst();
    if (ways.size() < 2 || !(conditions.pace() instanceof Pace.Closed)) {
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

  private void check(StringBuilder text) {
    text.append('\n');
    for (Reconciliation check : reconciliations) {
      if (check.holds()) {
        text.append(
            "%s: %d accepted lines = %d claims = %s owed + %s paid; every verdict and every funder's share is as the rules give them.%n"
                .formatted(
                    check.way(),
                    check.accepted(),
                    check.books().claims(),
                    new Cents(check.books().owedCents()).inEnglish(),
                    new Cents(check.books().paidCents()).inEnglish()));
      } else {
        text.append("%s: DOES NOT RECONCILE%n".formatted(check.way()));
        check.faults().forEach(fault -> text.append("  - %s%n".formatted(fault)));
      }
    }
  }

  private void how(StringBuilder text) {
    Plan.Size size = conditions.size();
    text.append(
        """

        ## How it was measured

        %d clients present %d slips of %d lines a round, %d rounds after %d to warm up, which do not count; each round's slips go through every way in turn, on one server, in a database of each way's own. Seed %d. One line in fifty is bad, one slip in a hundred is sent twice, half of these at the same moment by another client. Venues are those of the project's two real lists; %d cheques are in people's hands.

        %s

        Acknowledged: until the last answer. Until readable: until balances and the claim index hold every slip; for the rival both are one. Processor time and write-ahead log are all that is spent during a way's turn, until readable; what runs in the clients' process (for the bus, the node and its projections) is counted under clients. Visits have no limit of cheques: it would cost the rival another table.
        """
            .formatted(
                size.clients(),
                size.slips(),
                size.lines(),
                size.rounds() - conditions.warmUp(),
                conditions.warmUp(),
                conditions.plan().seed(),
                conditions.plan().batches().stream()
                    .mapToLong(batch -> batch.cheques() - Plan.KEPT_BACK)
                    .sum(),
                switch (conditions.pace()) {
                  case Pace.Closed() ->
                      "Closed loop: each client sends its next request when the last is answered."
                          + " Such latencies tell how long an answer takes at full load; they are"
                          + " not corrected for requests that would have come meanwhile.";
                  case Pace.Open(double slipsPerSecond) ->
                      "Open arrivals: %.1f slips a second are due at fixed times, whatever became of those before, and latency counts from when a request was due."
                          .formatted(slipsPerSecond);
                }));
  }

  private static void table(StringBuilder text, Map<String, String> rows) {
    text.append("| | |\n|---|---|\n");
    rows.forEach((name, value) -> text.append("| %s | %s |%n".formatted(name, value)));
  }

  private List<Sample> of(Way way) {
    return samples.stream().filter(sample -> sample.way().equals(way.name())).toList();
  }

  private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
  }
}
