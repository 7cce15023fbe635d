package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.histories.PresentedSlips.Filter;
import fr.passnumerique.projections.histories.PresentedSlips.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page of slips is found by an index: of 240 000, those of ten million lines, few are read. */
class SlipListPlansIT {
  private static TestDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = TestDatabase.fresh();
    Following.execute(
        database.owner(),
        """
        insert into projections.slip_state (position, venue, state, with_rejected, presented_at)
        select n, lpad((n % 2000)::text, 14, '1'),
               case when n % 50 = 0 then 'REJECTED' when n % 10000 = 1 then 'OWED_AGAIN'
                    when n > 230000 then 'ACCEPTED' else 'PAID' end,
               n % 20 = 0, timestamptz '2026-01-01' + n * interval '2 minutes'
          from generate_series(1, 240000) n;
        insert into projections.slip
               (position, venue, reference, presented_at, recorded_at, accepted, rejected, accepted_cents)
        select position, venue, position::text, presented_at, presented_at, 42, 0, 42000 from projections.slip_state;
        analyze projections.slip_state, projections.slip;
        """);
  }

  @AfterAll
  static void end() {
    database.close();
  }

  @Test
  void eachConditionIsAskedOfAnIndex() throws SQLException {
    String venue = "11111111110042";
    LocalDate day = LocalDate.of(2026, 6, 1);
    for (Filter filter :
        List.of(
            new Filter(null, null, null, null, null),
            new Filter(venue, null, null, null, null),
            new Filter(venue, State.PAID, null, null, null),
            new Filter(venue, null, true, day, day.plusDays(30)),
            new Filter(null, State.OWED_AGAIN, null, null, null),
            new Filter(null, State.PAID, null, day, day),
            new Filter(null, null, true, null, null),
            new Filter(null, null, null, day, day))) {
      String plan = plan(filter);
      assertThat(plan).as(filter.toString()).contains("slip_state_").doesNotContain("Seq Scan");
    }
  }

  private static String plan(Filter filter) throws SQLException {
    Conditions asked = PresentedSlips.conditions(filter);
    try (Connection connection = database.reader().getConnection();
        PreparedStatement explain =
            connection.prepareStatement("explain (analyze) " + PresentedSlips.page(asked))) {
      explain.setInt(asked.bind(explain), 101);
      StringBuilder plan = new StringBuilder();
      try (ResultSet found = explain.executeQuery()) {
        while (found.next()) {
          plan.append(found.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }
}
