package fr.passnumerique.projections.export;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.ProjectionRunners;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the export. */
@Configuration(proxyBeanMethods = false)
public class Exports {
  @Bean
  LedgerExport ledgerExport(
      LedgerReader ledger, @Qualifier("reader") DataSource reader, Clock clock) {
    return new LedgerExport(ledger, reader, clock);
  }

  @Bean
  ExportEndpoint exportEndpoint(
      LedgerExport export, @Qualifier("reader") DataSource reader, ProjectionRunners runners) {
    return new ExportEndpoint(export, new PublishedBalances(reader)::knowsFunder, runners);
  }

  @Bean
  LedgerFactsEndpoint ledgerFactsEndpoint(
      LedgerReader ledger, @Qualifier("reader") DataSource reader, ProjectionRunners runners) {
    return new LedgerFactsEndpoint(new LedgerFacts(ledger, reader), runners);
  }
}
