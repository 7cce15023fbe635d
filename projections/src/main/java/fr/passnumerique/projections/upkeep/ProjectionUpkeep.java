package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.ProjectionRunners;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the projections: lag, rebuilds, and what waits for people. */
@Configuration(proxyBeanMethods = false)
public class ProjectionUpkeep {
  @Bean
  Lags lags(
      @Qualifier("reader") DataSource reader,
      LedgerReader ledger,
      ProjectionRunners runners,
      Clock clock) {
    return new Lags(reader, ledger, runners, clock);
  }

  @Bean
  Rebuilds rebuilds(@Qualifier("reader") DataSource reader) {
    return new Rebuilds(reader);
  }

  @Bean
  Rebuilder rebuilder(
      List<Projection> projections,
      LedgerReader ledger,
      @Qualifier("projections") DataSource dataSource,
      Clock clock) {
    return new Rebuilder(projections, ledger, dataSource, clock);
  }

  @Bean
  ProjectionsEndpoint projectionsEndpoint(
      Lags lags, Rebuilds rebuilds, Rebuilder rebuilder, Clock clock) {
    return new ProjectionsEndpoint(lags, rebuilds, rebuilder, clock);
  }
}
