package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.ProjectionRunners;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Balances and the postings behind them: the projection, its queries and endpoints. */
@Configuration(proxyBeanMethods = false)
public class Accounts {
  @Bean
  AccountsProjection accountsProjection() {
    return new AccountsProjection(Postings::of);
  }

  @Bean
  BalancesQuery balancesQuery(@Qualifier("reader") DataSource reader) {
    return new BalancesQuery(reader);
  }

  @Bean
  BalancesEndpoint balancesEndpoint(BalancesQuery balances, ProjectionRunners runners) {
    return new BalancesEndpoint(balances, runners);
  }

  @Bean
  PostingsQuery postingsQuery(@Qualifier("reader") DataSource reader, LedgerReader ledger) {
    return new PostingsQuery(reader, ledger);
  }

  @Bean
  PostingsEndpoint postingsEndpoint(
      PostingsQuery postings, BalancesQuery balances, ProjectionRunners runners) {
    return new PostingsEndpoint(postings, balances, runners);
  }
}
