package fr.passnumerique.projections.asked;

import static fr.passnumerique.projections.asked.TwoOfEachKind.CCAS;
import static fr.passnumerique.projections.asked.TwoOfEachKind.CLERK;
import static fr.passnumerique.projections.asked.TwoOfEachKind.LIBRARY;
import static fr.passnumerique.projections.asked.TwoOfEachKind.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.Story;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is asked of a large table is looked up and never read from end to end, with its policy as
 * without: PostgreSQL uses an index for a condition only if the policy leaves it to. Where a table
 * could be read by an index it is, whatever it would cost: the tables here are small.
 */
class PoliciesUseIndexesIT {
  private static TwoOfEachKind both;

  @BeforeAll
  static void two() throws InterruptedException {
    both = new TwoOfEachKind();
  }

  @AfterAll
  static void dropped() {
    both.close();
  }

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of(STATE, "account", "funder = 'anct'"),
        Arguments.of(LIBRARY, "account", "venue = '%s'".formatted(Story.LIBRARY)),
        Arguments.of(STATE, "posting", "account_id = 1 order by position desc limit 50"),
        Arguments.of(LIBRARY, "posting", "account_id = any ('{1,2}') and position <= 9"),
        Arguments.of(STATE, "balance", "account_id = 1"),
        Arguments.of(CCAS, "stock", "prescriber = 'ccas-gueret'"),
        Arguments.of(CCAS, "stock_movement", "prescriber = 'ccas-gueret'"),
        Arguments.of(
            LIBRARY, "slip", "venue = '%s' and reference = 'S-1'".formatted(Story.LIBRARY)),
        Arguments.of(LIBRARY, "slip", "position = 9"),
        Arguments.of(LIBRARY, "range_event", "cheques @> 7::bigint"),
        Arguments.of(LIBRARY, "line_event", "serial = 7"),
        Arguments.of(LIBRARY, "rejected_line", "serial = 7"),
        Arguments.of(LIBRARY, "transfer_slip", "slip_position = any ('{1,2}')"),
        Arguments.of(LIBRARY, "transfer", "id = 'R-1-1'"),
        Arguments.of(STATE, "batch", "number = 7"));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void itIsLookedUpWithThePolicyAsWithout(Actor actor, String table, String condition) {
    assertThat(plan(CLERK, table, condition)).doesNotContain("Seq Scan on " + table);
    assertThat(plan(actor, table, condition)).doesNotContain("Seq Scan on " + table);
  }

  private static String plan(Actor actor, String table, String condition) {
    return both.asked(actor)
        .read(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(
                    "set local enable_seqscan = off; select set_config('pass.cheque', '7', true)");
                StringBuilder plan = new StringBuilder();
                ResultSet lines =
                    statement.executeQuery(
                        "explain select * from projections.%s where %s"
                            .formatted(table, condition));
                while (lines.next()) {
                  plan.append(lines.getString(1)).append('\n');
                }
                return plan.toString();
              }
            });
  }
}
