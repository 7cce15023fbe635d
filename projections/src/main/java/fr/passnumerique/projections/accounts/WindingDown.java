package fr.passnumerique.projections.accounts;

import fr.passnumerique.projections.loop.ProjectionRunners;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a stop of the operator would come to. */
@Configuration(proxyBeanMethods = false)
public class WindingDown {
  @Bean
  WindDownQuery windDownQuery(@Qualifier("reader") DataSource reader) {
    return new WindDownQuery(reader);
  }

  @Bean
  WindDownEndpoint windDownEndpoint(
      WindDownQuery query, ProjectionRunners runners, @Qualifier("reader") DataSource reader) {
    return new WindDownEndpoint(query, runners, reader);
  }
}
