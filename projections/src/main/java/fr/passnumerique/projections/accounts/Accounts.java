package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.Stages;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.Snapshot;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Balances and the postings behind them: the projection, its queries and endpoints. */
@Configuration(proxyBeanMethods = false)
public class Accounts {
  @Bean
  AccountsProjection accountsProjection() {
    return new AccountsProjection(Accounts::entries);
  }

  /** Of the money and the titles, and of what has ever passed a stage. */
  static List<Entry> entries(Fact fact) {
    return Stream.concat(Postings.of(fact).stream(), Stages.of(fact).stream()).toList();
  }

  @Bean
  ReconciliationQuery reconciliationQuery(Snapshot asked) {
    return new ReconciliationQuery(asked);
  }

  @Bean
  ReconciliationEndpoint reconciliationEndpoint(
      ReconciliationQuery reconciliations,
      BalancesQuery balances,
      ProjectionRunners runners,
      @Qualifier("reader") DataSource reader) {
    return new ReconciliationEndpoint(reconciliations, balances, runners, reader);
  }

  @Bean
  BalancesQuery balancesQuery(Snapshot asked) {
    return new BalancesQuery(asked);
  }

  @Bean
  BalancesEndpoint balancesEndpoint(
      BalancesQuery balances, ProjectionRunners runners, @Qualifier("reader") DataSource reader) {
    return new BalancesEndpoint(balances, runners, reader);
  }

  @Bean
  FlowsQuery flowsQuery(Snapshot asked) {
    return new FlowsQuery(asked);
  }

  @Bean
  FlowsEndpoint flowsEndpoint(
      FlowsQuery flows,
      BalancesQuery balances,
      ProjectionRunners runners,
      @Qualifier("reader") DataSource reader) {
    return new FlowsEndpoint(flows, new AskedAccounts(balances, runners), runners, reader);
  }

  @Bean
  PostingsQuery postingsQuery(Snapshot asked) {
    return new PostingsQuery(asked);
  }

  @Bean
  KindSums kindSums(Snapshot asked) {
    return new KindSums(asked);
  }

  @Bean
  PostingsEndpoint postingsEndpoint(
      PostingsQuery postings,
      BalancesQuery balances,
      ProjectionRunners runners,
      @Qualifier("reader") DataSource reader) {
    return new PostingsEndpoint(postings, balances, runners, reader);
  }

  @Bean
  ExportsEndpoint exportsEndpoint(
      BalancesQuery balances,
      PostingsQuery postings,
      ReconciliationQuery reconciliations,
      ProjectionRunners runners,
      @Qualifier("reader") DataSource reader) {
    return new ExportsEndpoint(balances, postings, reconciliations, runners, reader);
  }
}
