package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.LedgerFactSources;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.yaml.snakeyaml.Yaml;

/** An alert on a metric that nobody tells never rings. */
class AlertRulesTest {
  private static final Path RULES = Path.of("..", "docs", "alerts", "projections.yaml");
  private static final Pattern METRIC = Pattern.compile("pass_[a-z_]+");

  @Test
  void everyMetricThatAnAlertLooksAtIsToldByARunningProjection() throws IOException {
    Set<String> told = told();
    int rules = 0;
    for (Map<String, Object> rule : rules()) {
      Matcher metric = METRIC.matcher((String) rule.get("expr"));
      assertThat(metric.find()).as("%s", rule).isTrue();
      do {
        assertThat(told).as("%s", rule.get("alert")).contains(metric.group());
      } while (metric.find());
      assertThat(asMap(rule.get("annotations"))).containsKeys("summary", "remedy");
      assertThat(asMap(rule.get("labels"))).containsKey("severity");
      rules++;
    }
    assertThat(rules).isEqualTo(4);
  }

  @Test
  void lagByTimeByCountAndAStopAreEachAlerted() throws IOException {
    assertThat(rules().stream().map(rule -> (String) rule.get("expr")).toList())
        .anyMatch(expr -> expr.startsWith("pass_projection_stopped"))
        .anyMatch(expr -> expr.startsWith("pass_projection_lag_seconds"))
        .anyMatch(expr -> expr.startsWith("pass_projection_lag_facts"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, Object> document = new Yaml().load(Files.readString(RULES));
    List<Map<String, Object>> groups = (List<Map<String, Object>>) document.get("groups");
    assertThat(groups).hasSize(1);
    return (List<Map<String, Object>>) groups.getFirst().get("rules");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }

  private static Set<String> told() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LedgerReader ledger = new Specimens().ledgerReader();
    Projection one =
        new Projection() {
          @Override
          public String name() {
            return "one";
          }

          @Override
          public Changes fold(List<RecordedFact> facts) {
            return connection -> {};
          }
        };
    // Not started: it tells of itself from when it is made.
    ProjectionRunners runners =
        new ProjectionRunners(
            List.of(one),
            new LedgerFactSources(ledger),
            ledger,
            new PGSimpleDataSource(),
            Clock.systemUTC(),
            meters);
    assertThat(runners.statuses()).hasSize(1);
    Set<String> names = new HashSet<>();
    Matcher name = METRIC.matcher(meters.scrape());
    while (name.find()) {
      names.add(name.group());
    }
    return names;
  }
}
