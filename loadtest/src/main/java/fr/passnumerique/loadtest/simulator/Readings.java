package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.loadtest.model.Pot;
import fr.passnumerique.projections.accounts.Accounts;
import fr.passnumerique.projections.accounts.Reconciliation;
import fr.passnumerique.projections.accounts.ReconciliationQuery;
import fr.passnumerique.projections.claims.Claims;
import fr.passnumerique.projections.histories.Histories;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.registers.Registers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The product's projections in their own tables, brought forward a batch at a time, without the
 * threads that do it in production.
 */
final class Readings {
  private final DataSource dataSource;
  private final List<Projection> projections;
  private int position;

  Readings(DataSource dataSource) {
    this.dataSource = dataSource;
    try (var context = new AnnotationConfigApplicationContext()) {
      context.register(Registers.class, Claims.class, Accounts.class, Histories.class);
      context.addBeanFactoryPostProcessor(
          factory -> {
            for (String name : factory.getBeanDefinitionNames()) {
              factory.getBeanDefinition(name).setLazyInit(true);
            }
          });
      context.refresh();
      projections = List.copyOf(context.getBeansOfType(Projection.class).values());
    }
  }

  /**
   * @param facts all, from the first
   */
  void follow(List<RecordedFact> facts) throws SQLException {
    List<RecordedFact> more = facts.subList(position, facts.size());
    if (more.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      for (Projection projection : projections) {
        projection.fold(more).write(connection);
      }
      connection.commit();
    }
    position = facts.size();
  }

  Map<Pot, Long> pots() throws SQLException {
    Map<Pot, Long> pots = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select a.kind, a.programme, a.agreement, a.funder, a.funding_departement, a.venue,
                       a.spending_departement, a.prescriber, b.cents
                  from projections.account a
                  join projections.balance b on b.account_id = a.id
                 where b.cents <> 0 and not starts_with(a.kind, 'EVER')
                """)) {
      while (rows.next()) {
        pots.put(
            new Pot(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getString(8)),
            rows.getLong(9));
      }
    }
    return pots;
  }

  /** Differences between stages of a co-financing that the accounts do not explain: none. */
  Map<String, Long> unexplained(Set<String> agreements) {
    ReconciliationQuery reconciliations = new ReconciliationQuery(dataSource);
    Map<String, Long> unexplained = new TreeMap<>();
    for (String agreement : agreements) {
      Reconciliation read = reconciliations.read(agreement, AsOf.NOW);
      Stream.concat(read.funders().stream(), Stream.of(read.total()))
          .forEach(
              of -> {
                String who = agreement + "/" + of.funder() + "/";
                of.differences()
                    .forEach(d -> unexplained.put(who + d.from(), d.unexplainedCents()));
                unexplained.put(who + "held", of.held().unexplainedCents());
              });
    }
    unexplained.values().removeIf(cents -> cents == 0);
    return unexplained;
  }

  /** Where the balances of funders are not what they paid in, or do not add up: nowhere. */
  Set<String> paidIn(List<RecordedFact> facts, Set<String> agreements) {
    return PaidIn.of(facts).differences(dataSource, agreements);
  }

  /** Claimed cheques, as batch/ordinal. */
  TreeSet<String> claims() throws SQLException {
    TreeSet<String> claims = new TreeSet<>();
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select c.chunk * 512 + n.place
                  from (select distinct on (chunk) chunk, claimed
                          from projections.claim order by chunk, position desc) c
                 cross join generate_series(0, 511) as n(place)
                 where get_bit(c.claimed, n.place) = 1
                """)) {
      while (rows.next()) {
        Serial serial = Serial.ofKey(rows.getLong(1));
        claims.add(serial.batch().number() + "/" + serial.ordinal());
      }
    }
    return claims;
  }

  /** Cheques in each prescriber's hands, by the stock register. */
  Map<String, Integer> stock() throws SQLException {
    Map<String, Integer> stock = new TreeMap<>();
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select prescriber, sum(delivered - handed_out - opposed - returned - expired)
                  from projections.stock
                 group by prescriber
                having sum(delivered - handed_out - opposed - returned - expired) <> 0
                """)) {
      while (rows.next()) {
        stock.put(rows.getString(1), rows.getInt(2));
      }
    }
    return stock;
  }
}
