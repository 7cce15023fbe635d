package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.access.RowSecurity;
import fr.passnumerique.clearing.ledger.LedgerReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs every {@link Projection} bean, from whichever {@link FactSources} is configured. */
@Configuration(proxyBeanMethods = false)
public class Loop {
  @Bean
  ProjectionRunners projectionRunners(
      List<Projection> projections,
      FactSources sources,
      LedgerReader ledger,
      @Qualifier("projections") DataSource dataSource,
      Clock clock,
      MeterRegistry meters) {
    return new ProjectionRunners(projections, sources, ledger, dataSource, clock, meters);
  }

  /** What who asks may see. */
  @Bean
  Snapshot asked(@Qualifier("reader") DataSource reader) {
    return new Snapshot(reader, RowSecurity.ofWhoAsks());
  }

  /** Named {@code projections} in the health document. */
  @Bean
  ProjectionHealth projectionsHealthIndicator(ProjectionRunners runners) {
    return new ProjectionHealth(runners);
  }
}
