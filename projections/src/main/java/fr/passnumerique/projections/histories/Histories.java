package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.Snapshot;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Histories of cheques: the projection, what asks it, its endpoint. */
@Configuration(proxyBeanMethods = false)
public class Histories {
  @Bean
  HistoriesProjection historiesProjection() {
    return new HistoriesProjection();
  }

  @Bean
  ChequeHistories chequeHistories(Snapshot asked, LedgerReader ledger) {
    return new ChequeHistories(asked, ledger);
  }

  @Bean
  ChequePostingsQuery chequePostingsQuery(
      ChequeHistories histories, PostingsQuery postings, BalancesQuery balances) {
    return new ChequePostingsQuery(histories, postings, balances);
  }

  @Bean
  ChequeHistoryEndpoint chequeHistoryEndpoint(
      ChequeHistories histories,
      PostingsQuery postings,
      BalancesQuery balances,
      ProjectionRunners runners,
      @Qualifier("reader") DataSource reader) {
    return new ChequeHistoryEndpoint(histories, postings, balances, runners, reader);
  }

  @Bean
  ConflictsOfInterestEndpoint conflictsOfInterestEndpoint(
      @Qualifier("reader") DataSource reader, ProjectionRunners runners) {
    return new ConflictsOfInterestEndpoint(new ConflictsOfInterest(reader), runners);
  }
}
